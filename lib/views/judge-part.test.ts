import { describe, expect, it } from 'vitest';
import { judgePart } from './judge-part.ts';

const NOW_MS = Date.parse('2026-11-28T20:00:00Z');
const CLOCK = { sentAtMs: NOW_MS, nowMs: NOW_MS };
const at = (ageS: number, base = NOW_MS) => new Date(base - ageS * 1000).toISOString();
const judge = (from_s: number, to_s: number, ageS = 10) => judgePart({ from_s, to_s, at: at(ageS) }, 10, CLOCK);

describe('a part', () => {
  it('counts as it is told, no further than the clip goes', () => {
    expect(judge(1, 4)).toEqual({ fromS: 1, toS: 4, atMs: NOW_MS - 10_000, endedAtMs: NOW_MS - 10_000 });
    expect(judge(8, 99)).toMatchObject({ fromS: 8, toS: 10 });
  });

  it.each<[string, Parameters<typeof judge>]>([
    ['empty', [4, 4]],
    ['empty', [4, 3]],
    ['beyond', [-0.1, 4]],
    ['beyond', [10, 12]],
    ['future', [0, 4, -3]],
    ['too_old', [0, 4, 32 * 86_400]],
  ])('is %s', (refusal, part) => {
    expect(judge(...part)).toBe(refusal);
  });

  it('is no longer than a player tells at a time', () => {
    expect(judgePart({ from_s: 0, to_s: 121, at: at(0) }, 300, CLOCK)).toBe('too_long');
  });

  it('ended as long ago as its player says, whatever that one’s clock shows', () => {
    const sentAtMs = NOW_MS + 5 * 3_600_000;
    const told = judgePart({ from_s: 0, to_s: 4, at: at(60, sentAtMs) }, 10, { sentAtMs, nowMs: NOW_MS });
    expect(told).toMatchObject({ endedAtMs: NOW_MS - 60_000, atMs: sentAtMs - 60_000 });
    // A second ahead is a clock, and not the future.
    expect(judge(0, 4, -1)).toMatchObject({ endedAtMs: NOW_MS });
  });
});
