import { expect, it } from 'vitest';
import { deriveShifts } from './derive-shifts.ts';
import { blankPlay, type Play } from './play.ts';

let line = 0;
const play = (period: number, clock_s: number, facts: Partial<Play> = {}): Play => {
  line += 1;
  return {
    ...blankPlay({ line, source_id: String(line), part: String(period), name: 'pass' }),
    ...{ period, clock_s, acting_team: 'MTL', ...facts },
  };
};

it('derives who was on the ice from when to when, whichever team acts', () => {
  const shifts = deriveShifts([
    play(1, 0, { on_ice: ['a', 'b'], against: ['x'], video_s: 10 }),
    play(1, 20, { acting_team: 'CHI', on_ice: ['x'], against: ['a', 'b'] }),
    // A stoppage says nothing of who is on.
    play(1, 30, { acting_team: null }),
    play(1, 40, { on_ice: ['a', 'c'], against: ['x'], video_s: 70 }),
    play(1, 60, { on_ice: ['b', 'c'], against: ['x'] }),
    play(2, 5, { on_ice: ['a'], against: ['x'] }),
    play(2, 25, { on_ice: ['a'], against: ['y'] }),
  ]);
  const told = shifts.map(({ player_id, acting_team, period, clock_s, end_clock_s }) =>
    [player_id, acting_team, period, clock_s, end_clock_s].join(' '),
  );
  expect(told.toSorted()).toEqual([
    'a MTL 1 0 60',
    'a MTL 2 5 25',
    'b MTL 1 0 40',
    'c MTL 1 40 60',
    'x CHI 1 0 60',
    'x CHI 2 5 25',
  ]);
  expect(shifts.find(({ player_id }) => player_id === 'b')).toMatchObject({
    ...{ kind: 'shift', name: 'shift', source_id: 'shift:1:0:b', part: '1', video_s: 10, end_video_s: 70 },
  });
});
