import { describe, expect, it } from 'vitest';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import { masterFilenameSchema } from '#lib/storage/port/object-keys.ts';
import { SAMPLE_MASTER_S } from './make-sample-master.ts';
import { SAMPLE_GAME, SAMPLE_PERIODS, sampleClipsOf, sampleFilename } from './sample-clips.ts';

const clips = SAMPLE_PERIODS.flatMap(sampleClipsOf);
const distinct = (field: keyof (typeof clips)[number]) => new Set(clips.map((clip) => clip[field])).size;

describe('the sample library', () => {
  it('is as large and as varied as the demo promises', () => {
    expect(clips.length).toBeGreaterThanOrEqual(36);
    expect(distinct('clip_id')).toBe(clips.length);
    expect(distinct('team_code')).toBe(2);
    expect(distinct('period')).toBe(3);
    expect(distinct('player_id')).toBeGreaterThanOrEqual(3);
    expect(distinct('event_type')).toBeGreaterThanOrEqual(8);
    for (const field of ['outcome', 'zone', 'strength'] as const) expect(distinct(field)).toBeGreaterThanOrEqual(3);
  });

  it.each(clips.map((clip) => [clip.clip_id, clip] as const))('%s is a request that the API accepts', (_, clip) => {
    const parsed = createClipSchema.parse({ ...clip, source_gcs_uri: 'gs://lake/x' });
    expect(parsed).toMatchObject(clip);
    const lengthS = clip.end_timecode_s - clip.start_timecode_s;
    expect(lengthS).toBeGreaterThanOrEqual(4);
    expect(lengthS).toBeLessThanOrEqual(8);
    expect(clip.end_timecode_s).toBeLessThanOrEqual(SAMPLE_MASTER_S);
  });

  it('has masters whose names say where they belong', () => {
    for (const period of SAMPLE_PERIODS) {
      const name = masterFilenameSchema.parse(sampleFilename(period));
      expect(readMasterName(name)).toEqual({
        period,
        gameDate: SAMPLE_GAME.gameDate,
        teams: ['MTL', 'CHI'],
        teamCode: 'MTL',
        opponentCode: 'CHI',
        season: SAMPLE_GAME.season,
        gameId: SAMPLE_GAME.gameId,
      });
    }
  });
});
