import { describe, expect, it } from 'vitest';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { playOf } from './play-fixture.ts';
import { inView, laneOf, layOut, nearestPlay } from './time-line-layout.ts';

const FILM = '00000000-0000-4000-8000-000000000001';
const at = (id: number, period: number, atS: number, others: Partial<PlayJson> = {}) =>
  playOf({ id, period, clock_s: atS, video: { master_id: FILM, at_s: atS, is_exact: true }, ...others });

const PLAYS = [
  at(1, 1, 10, { name: 'faceoff', player_id: null }),
  at(2, 1, 40, { name: 'goal', acting_team: 'MTL' }),
  at(3, 1, 40, { name: 'goal', acting_team: 'CHI', player_id: null }),
  at(4, 1, 60, { name: 'faceoff', player_id: null }),
  at(5, 1, 110, { name: 'shot' }),
  at(6, 2, 0, { name: 'faceoff', player_id: null }),
  at(7, 2, 100, { name: 'goal', acting_team: 'CHI' }),
];

describe('the time line', () => {
  it('has the periods in a row, each as long as its film goes', () => {
    const { periods, places, lastsS } = layOut(PLAYS, true);
    expect(lastsS).toBe(200);
    expect(periods).toEqual([
      { period: 1, isFilmed: true, from: 0, to: 0.5 },
      { period: 2, isFilmed: true, from: 0.5, to: 1 },
    ]);
    expect([places.get(1), places.get(4), places.get(6), places.get(7)]).toEqual([0, 0.25, 0.5, 1]);
  });

  it('goes by the clock where no film shows all of a period', () => {
    const { periods, places } = layOut([...PLAYS, playOf({ id: 8, period: 2, clock_s: 200, video: null })], true);
    expect(periods.at(-1)).toEqual({ period: 2, isFilmed: true, from: 1 / 3, to: 1 });
    expect(places.get(7)).toBeCloseTo(2 / 3);
  });

  it('says which score a goal makes, once though it has two rows, and where play stood still', () => {
    const { marks, stoppages } = layOut(PLAYS, true);
    expect(marks.map(({ play, score }) => [play.id, score])).toEqual([
      [2, { own: 1, other: 0 }],
      [7, { own: 1, other: 1 }],
    ]);
    expect(stoppages).toEqual([{ from: 0.15, to: 0.25 }]);
  });

  it('says no score where some goals are not told of', () => {
    const { marks } = layOut(PLAYS, false);
    expect(marks.map(({ play, kind, score }) => [play.id, kind, score])).toEqual([
      [2, 'goal', null],
      [7, 'goal', null],
    ]);
  });

  it('is empty without plays', () => {
    expect(layOut([], true)).toMatchObject({ periods: [], stoppages: [], marks: [] });
  });

  it('leads from a place in view to the nearest play, of the lane that is pointed at first', () => {
    const line = layOut(PLAYS, true);
    const whole = { from: 0, to: 1 };
    const shown = PLAYS.slice(3, 5);
    expect(nearestPlay(shown, line, whole, { at: 0.4, lane: undefined })?.id).toBe(5);
    expect(nearestPlay(PLAYS, line, whole, { at: 0.501, lane: 'shots' })?.id).toBe(5);
    expect(nearestPlay(PLAYS, line, whole, { at: 0.501, lane: 'stops' })?.id).toBe(6);
    // In view of the second period alone nothing of the first is met.
    expect(nearestPlay(shown, line, { from: 0.6, to: 1 }, { at: 0, lane: 'shots' })).toBeNull();
    expect(inView(0.75, { from: 0.5, to: 1 })).toBe(0.5);
  });

  it('has a lane for every event', () => {
    expect(['goal', 'shot-on-goal', 'dumpin', 'pass', 'hit', 'whistle', 'something new'].map(laneOf)).toEqual([
      ...['goals', 'shots', 'entries', 'puck', 'defence', 'stops', 'puck'],
    ]);
  });
});
