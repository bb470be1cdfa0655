import { describe, expect, it } from 'vitest';
import { clockOf, gapsBetween } from './clock.ts';

const FILM = { num: 30_000, den: 1001 };
const at = (count: number, timeOf: (i: number) => number, ticksPerS: number, round = Math.round): number[] =>
  Array.from({ length: count }, (_, i) => round(timeOf(i) * ticksPerS));
const per = (den: number) => ({ num: 1, den });

describe('frames that keep one rate', () => {
  it.for([
    ['in whole ticks', at(300, (i) => 7 + (i * 1001) / 30_000, 90_000), 90_000],
    ['rounded to the milliseconds of Matroska', at(300, (i) => 7 + (i * 1001) / 30_000, 1000), 1000],
    ['rounded down to 1/600 s, as QuickTime did', at(300, (i) => 7 + (i * 1001) / 30_000, 600, Math.floor), 600],
    [
      'rounded to a millisecond on their way to MPEG',
      at(300, (i) => Math.round((i * 1e6) / 29_970) / 1000, 90_000),
      90_000,
    ],
    ['for one frame', [1234], 90_000],
  ] as const)('%s', ([, ticks, den]) => {
    expect(clockOf({ ticks, timeBase: per(den), frameRate: FILM })).toEqual({ frameRate: FILM, isVariable: false });
  });

  it('are known by their times where the header has only an average', () => {
    const ticks = at(50, (i) => i / 50, 90_000);
    expect(clockOf({ ticks, timeBase: per(90_000), frameRate: { num: 2400, den: 53 } })).toEqual({
      ...{ frameRate: { num: 50, den: 1 }, isVariable: false },
    });
  });
});

describe('frames of a variable rate', () => {
  const rateOf = (ticks: number[]) => {
    const { frameRate, isVariable } = clockOf({ ticks, timeBase: per(90_000), frameRate: { num: 30, den: 1 } });
    return { fps: frameRate.num / frameRate.den, isVariable };
  };

  it('are told though the header averages to one', () => {
    const early = at(240, (i) => i / 30 - (i === 101 || i === 161 ? 0.026 : 0), 90_000);
    expect(rateOf(early)).toEqual({ fps: 30, isVariable: true });
    const slow = at(240, (i) => i / 30 + (i > 120 ? 0.004 : 0), 90_000);
    expect(rateOf(slow).isVariable).toBe(true);
  });

  it('are told where one frame is empty and a tick is as long as a frame', () => {
    const held = [0, ...Array.from({ length: 28 }, (_, i) => i + 2)];
    expect(clockOf({ ticks: held, timeBase: per(30), frameRate: { num: 30, den: 1 } })).toEqual({
      ...{ frameRate: { num: 30, den: 1 }, isVariable: true },
    });
  });

  it('have the rate of the faster of them', () => {
    expect(rateOf(at(200, (i) => (i < 100 ? i / 60 : 100 / 60 + (i - 100) / 30), 90_000))).toEqual({
      ...{ fps: 60, isVariable: true },
    });
  });
});

describe('gaps', () => {
  const gaps = (ticks: number[], frameRate = { num: 25, den: 1 }) =>
    gapsBetween({ ticks, timeBase: per(1000), frameRate });

  it('begin where the picture before them would end, and end with the next', () => {
    expect(gaps([0, 40, 80, 420, 460, 500, 3000, 3040])).toEqual([
      { startS: 0.12, endS: 0.42 },
      { startS: 0.54, endS: 3 },
    ]);
  });

  it('are none where frames always come seldom, or a few are dropped', () => {
    expect(gaps([0, 1000, 2000, 3000, 4000], { num: 1, den: 1 })).toEqual([]);
    expect(gaps([0, 40, 80, 200, 240, 280])).toEqual([]);
  });

  it('are found where a hole has spoiled the average', () => {
    expect(gaps([0, 40, 80, 120, 94_000, 94_040], { num: 6, den: 94 })).toEqual([{ startS: 0.16, endS: 94 }]);
  });
});
