import { describe, expect, it } from 'vitest';
import { deriveRuns } from '#lib/plays/derive-runs.ts';
import { deriveShifts } from '#lib/plays/derive-shifts.ts';
import { readPlayFile } from '#lib/plays/read-play-file.ts';
import { SAMPLE_MASTER_S } from './make-sample-master.ts';
import { SAMPLE_PERIODS, sampleClipsOf } from './sample-clips.ts';
import { samplePlays } from './sample-plays.ts';
import { SAMPLE_STORY } from './sample-story.ts';

const file = await readPlayFile(Buffer.from(samplePlays()));
const { plays } = file;
const acted = plays.filter(({ player_id }) => player_id !== null);
const runs = SAMPLE_PERIODS.flatMap((period) => SAMPLE_STORY[period].map((run) => ({ period, ...run })));

describe('the plays of the sample game', () => {
  it('are the same ones every time, and all of them are read', () => {
    expect(samplePlays()).toBe(samplePlays());
    expect(file).toMatchObject({ format: 'playsequence', skipped: [], isWhole: true, unknownNames: [] });
    expect(plays.length).toBeGreaterThan(500);
    expect(new Set(plays.map(({ period }) => period))).toEqual(new Set(SAMPLE_PERIODS));
    expect(new Set(plays.map(({ name }) => name)).size).toBeGreaterThan(15);
  });

  it('go on with the film, and their clock stands from each whistle to the next face-off', () => {
    for (const period of SAMPLE_PERIODS) {
      const times = plays.filter((play) => play.period === period).map(({ video_s, clock_s }) => [video_s, clock_s]);
      expect(times).toEqual(times.toSorted(([a], [b]) => (a ?? 0) - (b ?? 0)));
      expect(times.at(-1)?.[0]).toBeLessThan(SAMPLE_MASTER_S);
    }
    expect(deriveRuns(plays).map(({ period, video_s }) => [period, Math.round(video_s * 10) / 10])).toEqual(
      runs.map(({ period, fromS }) => [period, fromS]),
    );
    expect(plays.filter(({ name }) => name === 'whistle')).toHaveLength(runs.length);
  });

  it('are where hockey is played: face-offs at their dots, from both sides, all else on the ice', () => {
    const dots = runs.map(({ dot: [x, y] }) => [Math.abs(x), Math.abs(y)]);
    const drawn = acted.filter(({ name }) => name === 'faceoff');
    expect(drawn.map(({ x_ft, y_ft }) => [Math.abs(x_ft ?? 0), Math.abs(y_ft ?? 0)])).toEqual(
      dots.flatMap((dot) => [dot, dot]),
    );
    expect(drawn.map(({ outcome }) => outcome)).toEqual(dots.flatMap(() => ['successful', 'failed']));
    for (const { x_ft, y_ft, zone } of acted) {
      expect(Math.abs(x_ft ?? 999)).toBeLessThan(100);
      expect(Math.abs(y_ft ?? 999)).toBeLessThan(42.5);
      expect(zone).toBe((x_ft ?? 0) > 25 ? 'oz' : (x_ft ?? 0) < -25 ? 'dz' : 'nz');
    }
    const shots = acted.filter(({ name }) => name === 'shot' || name === 'goal');
    expect(shots.every(({ zone }) => zone === 'oz')).toBe(true);
  });

  it('name who is on the ice, who changes', () => {
    for (const { on_ice, against, strength, player_id } of acted) {
      const [own = 0, other = 0] = (strength ?? '').split('v').map(Number);
      // Six skaters, and no goalie.
      expect(on_ice).toHaveLength(own === 6 ? 6 : own + 1);
      expect(against).toHaveLength(other === 6 ? 6 : other + 1);
      expect(on_ice).toContain(player_id);
    }
    const shifts = deriveShifts(plays);
    expect(shifts.length).toBeGreaterThan(80);
    expect(new Set(shifts.map(({ player_id }) => player_id)).size).toBeGreaterThan(24);
    expect(new Set(acted.map(({ strength }) => strength))).toEqual(new Set(['5v5', '5v4', '4v5', '4v4', '5v6', '6v5']));
  });

  it('tell of what the clips show: each goal and each penalty, by the same player', () => {
    const told = SAMPLE_PERIODS.flatMap(sampleClipsOf).filter(({ event_type }) =>
      ['goal', 'penalty'].includes(event_type),
    );
    expect(told).toHaveLength(6);
    for (const { event_type, player_id, period, start_timecode_s, end_timecode_s } of told) {
      const moments = acted
        .filter((play) => play.name === event_type && play.period === period && play.player_id === player_id)
        .flatMap(({ video_s }) => video_s ?? []);
      expect(moments.filter((at) => at > start_timecode_s && at < end_timecode_s)).toHaveLength(1);
    }
    const goals = plays.filter(({ name }) => name === 'goal');
    expect(goals.map(({ acting_team }) => acting_team)).toEqual(['MTL', null, 'CHI', null, 'MTL', null, 'MTL', null]);
  });
});
