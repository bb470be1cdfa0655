import { describe, expect, it } from 'vitest';
import { faultOfRange, rangeAround, touchesDamage } from './cut-range.ts';

describe('rangeAround', () => {
  it('leads by 3 s and lags by 5 s', () => {
    expect(rangeAround(20, 60)).toEqual({ startS: 17, endS: 25 });
  });

  it('stays within the master at both ends', () => {
    expect(rangeAround(1, 60)).toEqual({ startS: 0, endS: 6 });
    expect(rangeAround(58, 60)).toEqual({ startS: 55, endS: 60 });
    expect(rangeAround(58, null)).toEqual({ startS: 55, endS: 63 });
  });

  it.each([
    [61, 60, 3, 5],
    [-1, 60, 3, 5],
    [Number.NaN, 60, 3, 5],
    [10, 60, -1, 5],
    [10, 60, 0, 0],
  ])('has no range for an event at %f of %f with %f/%f', (event, duration, lead, lag) => {
    expect(rangeAround(event, duration, lead, lag)).toBeNull();
  });
});

describe('faultOfRange', () => {
  it.each([
    [{ startS: 5, endS: 5 }, 'end_before_start'],
    [{ startS: 6, endS: 5 }, 'end_before_start'],
    [{ startS: 0, endS: 300.5 }, 'too_long'],
    [{ startS: 590, endS: 601 }, 'beyond_master'],
    [{ startS: 0, endS: 300 }, null],
    [{ startS: 590, endS: 600 }, null],
    [{ startS: 100, endS: 110 }, 'in_gap'],
    [{ startS: 99.9, endS: 105 }, null],
    [{ startS: 105, endS: 110.1 }, null],
  ])('%j is %s', (range, fault) => {
    expect(faultOfRange(range, { duration_s: 600, gaps: [{ start_s: 100, end_s: 110 }] })).toBe(fault);
  });

  it('cannot know the end of a master without a duration', () => {
    expect(faultOfRange({ startS: 590, endS: 601 }, { duration_s: null, gaps: [] })).toBeNull();
  });
});

it('touchesDamage tells a range that overlaps a spot, and none that ends or begins there', () => {
  const damage = [{ start_s: 10, end_s: 12 }];
  const touches = (startS: number, endS: number) => touchesDamage({ startS, endS }, damage);
  expect([touches(5, 10), touches(5, 10.1), touches(11, 11.5), touches(12, 20)]).toEqual([false, true, true, false]);
});
