import { expect, it } from 'vitest';
import { heatBands } from './heat-map.ts';
import { RINK_SHEETS } from './rink-geometry.ts';
import { markOf, marksPath } from './rink-marks.ts';

const sheet = RINK_SHEETS.nhl;

/** The coordinates that a path goes through. */
const pointsOf = (path: string): { x: number; y: number }[] =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

it('a heat map is warmest where most plays are, and keeps within the drawing', () => {
  const crowd = Array.from({ length: 40 }, (_, index) => ({ x_ft: 78 + (index % 5), y_ft: 10 + (index % 7) }));
  const bands = heatBands([...crowd, { x_ft: -60, y_ft: -20 }], sheet);
  expect(bands.length).toBeGreaterThan(2);
  expect(bands.at(-1)?.level).toBe(1);
  const hottest = pointsOf(bands.at(-1)?.path ?? '');
  expect(hottest.length).toBeGreaterThan(3);
  // On screen, what is on the left of who attacks is above.
  for (const { x, y } of hottest) expect(Math.hypot(x - 80, y + 13)).toBeLessThan(12);
  for (const { x, y } of bands.flatMap(({ path }) => pointsOf(path))) {
    expect(Math.abs(x)).toBeLessThan(112);
    expect(Math.abs(y)).toBeLessThan(54);
  }
});

it('there is no heat without plays', () => {
  expect(heatBands([], sheet)).toEqual([]);
});

it('plays are told apart by their marks, each drawn once', () => {
  const play = { id: 1, name: 'shot', outcome: null, x_ft: 10, y_ft: 5 };
  const plays = [
    { ...play, name: 'goal', outcome: 'successful' },
    { ...play, outcome: 'successful' },
    { ...play, outcome: 'failed' },
    { ...play, outcome: 'undetermined' },
    { ...play },
  ];
  expect(plays.map(markOf)).toEqual(['goal', 'successful', 'failed', 'other', 'other']);
  expect(marksPath(plays, 'other').split('M')).toHaveLength(3);
  expect(marksPath(plays, 'failed')).toBe('M8.9,-6.1l2.2,2.2M8.9,-3.9l2.2,-2.2');
});
