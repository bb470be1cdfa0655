import { expect, it } from 'vitest';
import { clockAt } from './clip-clock-schemas.ts';

const NOT_TIED = { period: 2, clock_s: 725, stretches: [] };
const TIED = {
  ...NOT_TIED,
  stretches: [
    { at_s: 0, clock_s: 720, until_clock_s: 724.5, rate: 1 },
    { at_s: 30, clock_s: 724.5, until_clock_s: null, rate: 1.001 },
  ],
};

it('runs with the film, stands while the game does, and goes on with the next face-off', () => {
  expect([0, 2.5, 4.5, 20, 30, 40.01].map((atS) => clockAt(TIED, atS))).toEqual([
    720, 722.5, 724.5, 724.5, 724.5, 734.5,
  ]);
});

it('waits for the first face-off', () => {
  const { stretches } = TIED;
  expect(clockAt({ ...TIED, stretches: stretches.slice(1) }, 3)).toBe(724.5);
});

it('is the one of the clip’s play where nothing ties it, and none without', () => {
  expect([clockAt(NOT_TIED, 0), clockAt(NOT_TIED, 7)]).toEqual([725, 725]);
  expect(clockAt({ ...NOT_TIED, clock_s: null }, 0)).toBeNull();
});
