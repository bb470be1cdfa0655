import { expect, it } from 'vitest';
import { joinRanges } from './time-ranges.ts';

it('ranges are in order, once, to the millisecond, and joined where they touch', () => {
  const known = [
    { startS: 10, endS: 12 },
    { startS: 4.000_04, endS: 6 },
  ];
  expect(
    joinRanges(known, [
      { startS: 4, endS: 5.999_96 },
      { startS: 12.02, endS: 13 },
      { startS: 30, endS: 31 },
    ]),
  ).toEqual([
    { startS: 4, endS: 6 },
    { startS: 10, endS: 13 },
    { startS: 30, endS: 31 },
  ]);
  const many = Array.from({ length: 500 }, (_, i) => ({ startS: i * 2, endS: i * 2 + 1 }));
  expect(joinRanges(many)).toHaveLength(200);
});
