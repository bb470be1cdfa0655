import { describe, expect, it } from 'vitest';
import { type FilmPart, filmRangesOf, filmTimeOf, nativeTimeOf, takenUntil } from './film-part.ts';

const PART: FilmPart = { beginsS: 1.5, lastsS: 4 };
const rangesOf = (...pairs: [number, number][]): TimeRanges => ({
  length: pairs.length,
  start: (at) => pairs[at]?.[0] ?? Number.NaN,
  end: (at) => pairs[at]?.[1] ?? Number.NaN,
});
const listed = (ranges: TimeRanges) =>
  Array.from({ length: ranges.length }, (_, at) => [ranges.start(at), ranges.end(at)]);

describe('the clock of a film that is a part of what is played', () => {
  it('begins with the film and ends with it', () => {
    expect([0, 1.5, 3, 5.5, 7].map((at) => filmTimeOf(at, PART))).toEqual([0, 0, 1.5, 4, 4]);
    expect(filmTimeOf(3, null)).toBe(3);
  });

  it('leads into the frame that is on screen, also where time stamps were rounded', () => {
    for (const fps of [25, 29.97, 30, 50, 59.94, 60]) {
      for (let frame = 0; frame < 4 * fps; frame++) {
        const nativeS = nativeTimeOf(Math.round((frame / fps) * 1000) / 1000, PART);
        expect(Math.floor((nativeS - PART.beginsS) * fps)).toBe(frame);
      }
    }
    expect(nativeTimeOf(-1, PART)).toBeCloseTo(1.501, 9);
    expect(nativeTimeOf(9, PART)).toBeCloseTo(5.499, 9);
    expect(nativeTimeOf(9, null)).toBe(9);
  });

  it('may go on to the end of what is played, wherever that comes to lie', () => {
    const open: FilmPart = { beginsS: 0.1, lastsS: null };
    expect([0, 0.1, 3, 1200.1].map((at) => filmTimeOf(at, open))).toEqual([0, 0, 2.9, 1200]);
    expect(filmTimeOf(Number.POSITIVE_INFINITY, open)).toBe(Number.POSITIVE_INFINITY);
    expect(nativeTimeOf(1200, open)).toBeCloseTo(1200.101, 9);
    expect(takenUntil(open)).toBe(Number.POSITIVE_INFINITY);
    expect(takenUntil(PART)).toBe(6);
  });

  it('tells what is loaded of the film', () => {
    expect(listed(filmRangesOf(rangesOf([0, 1], [1.2, 3], [5, 9]), PART))).toEqual([
      [0, 1.5],
      [3.5, 4],
    ]);
    const ranges = rangesOf([0, 1]);
    expect(filmRangesOf(ranges, null)).toBe(ranges);
    expect(() => filmRangesOf(ranges, PART).start(0)).toThrow(/no such range/);
  });
});
