import { expect, it } from 'vitest';
import { playerChange, rosterOf } from './roster.ts';

const facet = (value: string, label: string | null) => ({ value, label, count: 1 });
const ROSTER = rosterOf({ player_id: [facet('77', null), facet('14', 'Nick Suzuki'), facet('4', 'Jean Béliveau')] });

it('has the known players by name, then those of whom only the number is known', () => {
  expect(ROSTER.map(({ id }) => id)).toEqual(['4', '14', '77']);
  expect(rosterOf(undefined)).toEqual([]);
});

it('brings the name of a known player along, and leaves the name alone where none is known', () => {
  expect(playerChange(ROSTER, '14')).toEqual({ player_id: '14', player_name: 'Nick Suzuki' });
  expect(playerChange(ROSTER, '77')).toEqual({ player_id: '77' });
  expect(playerChange(ROSTER, '99')).toEqual({ player_id: '99' });
});
