import { describe, expect, it } from 'vitest';
import { startRung, UNKNOWN_BPS } from './start-rung.ts';

/** 360, 720 and 1080, as the worker cuts them. */
const LADDER = [700_000, 2_500_000, 5_000_000];

describe('startRung', () => {
  it.each([
    [1_000_000, 0],
    [2_799_999, 0],
    [9_999_999, 0],
    [10_000_000, 1],
    [19_999_999, 1],
    [20_000_000, 2],
    [500_000_000, 2],
  ])('at %i bit/s is rendition %i', (bandwidthBps, rung) => {
    expect(startRung(LADDER, bandwidthBps)).toBe(rung);
  });

  it('is the smallest while nothing is known, and the only one there is', () => {
    expect(startRung(LADDER, UNKNOWN_BPS)).toBe(0);
    expect(startRung([9_000_000], 1)).toBe(0);
  });
});
