import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatFrame,
  formatTimecode,
  frameAt,
  frameRateOf,
  parseTimecode,
  secondsOfFrame,
} from './timecode.ts';

const RATES = [23.976, 24, 25, 29.97, 30, 50, 59.94, 60] as const;
const anyRate = fc.constantFrom(...RATES).map(frameRateOf);
/** A day of frames at 60 fps. */
const anyFrame = fc.integer({ min: 0, max: 86_400 * 60 });

describe('frameRateOf', () => {
  it.each([
    [29.97, 30_000, 1001, 30],
    [29.97002997002997, 30_000, 1001, 30],
    [59.94, 60_000, 1001, 60],
    [23.976, 24_000, 1001, 24],
    [25, 25, 1, 25],
    [30, 30, 1, 30],
    [50, 50, 1, 50],
    [60, 60, 1, 60],
    [12.5, 12.5, 1, 13],
  ])('%f is %i/%i, counted by %i', (value, num, den, nominal) => {
    expect(frameRateOf(value)).toEqual({ num, den, nominal });
  });

  it.each([0, -25, Number.NaN, Number.POSITIVE_INFINITY])('refuses %f', (value) => {
    expect(() => frameRateOf(value)).toThrow(RangeError);
  });
});

describe('frames and seconds', () => {
  it('come back the same, at every rate, over a day', () => {
    fc.assert(fc.property(anyFrame, anyRate, (frame, rate) => frameAt(secondsOfFrame(frame, rate), rate) === frame));
  });

  it('a frame is on screen until the next one starts', () => {
    fc.assert(
      fc.property(anyFrame, anyRate, fc.double({ min: 0, max: 0.99, noNaN: true }), (frame, rate, part) => {
        expect(frameAt(secondsOfFrame(frame + part, rate), rate)).toBe(frame);
      }),
    );
  });
});

describe('timecodes', () => {
  it.each([
    [0, 25, '00:00:00:00'],
    [12.5, 30, '00:00:12:15'],
    [3661.04, 25, '01:01:01:01'],
    [59.96, 50, '00:00:59:48'],
    [100 * 3600, 25, '100:00:00:00'],
  ])('%f s at %f is %s', (seconds, rate, expected) => {
    expect(formatTimecode(seconds, frameRateOf(rate))).toBe(expected);
  });

  it('counts 30 frames a labelled second at 29.97 and drops none', () => {
    const rate = frameRateOf(29.97);
    expect(formatFrame(1799, rate)).toBe('00:00:59:29');
    expect(formatFrame(1800, rate)).toBe('00:01:00:00');
    expect(parseTimecode('00:01:00:00', rate)).toBeCloseTo(60.06, 9);
  });

  it('read back to the moment that they were written from, at every rate', () => {
    fc.assert(
      fc.property(anyFrame, anyRate, (frame, rate) => {
        const seconds = parseTimecode(formatFrame(frame, rate), rate);
        expect(seconds).not.toBeNull();
        expect(frameAt(seconds ?? -1, rate)).toBe(frame);
      }),
    );
  });

  it('rise with the frame number', () => {
    fc.assert(
      fc.property(anyFrame, anyRate, (frame, rate) => {
        fc.pre(frame < 99 * 3600 * rate.nominal);
        expect(formatFrame(frame, rate) < formatFrame(frame + 1, rate)).toBe(true);
      }),
    );
  });

  it.each([
    ['12.5', 12.5],
    ['12,5', 12.5],
    [' 90 ', 90],
    ['1:30', 90],
    ['75:00', 4500],
    ['01:02:03', 3723],
    ['00:00:01.040', 1.04],
    ['00:00:01;01', 1.04],
  ])('%j is read as %f s', (text, seconds) => {
    expect(parseTimecode(text, frameRateOf(25))).toBeCloseTo(seconds, 9);
  });

  it.each(['', 'abc', '-1', '00:00:00:25', '00:60:00:00', '00:00:60:00', '1:60', '1:61:00', '1:2:3:4:5', '1e3', '٣'])(
    '%j is refused',
    (text) => {
      expect(parseTimecode(text, frameRateOf(25))).toBeNull();
    },
  );
});

describe('the clock', () => {
  it('writes milliseconds when the rate is not known', () => {
    expect(formatClock(3723.0405)).toBe('01:02:03.041');
    expect(formatClock(59.9999)).toBe('00:01:00.000');
  });
});
