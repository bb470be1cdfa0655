import { describe, expect, it } from 'vitest';
import { EDITED_FIELDS, type ProcessingStatus } from '#lib/clips/clip-field-schemas.ts';
import { type ClipJson, clipSchema } from '#lib/clips/clip-schemas.ts';
import { type ClipPages, finishedSince } from './live-clips.ts';

const clip = (id: string, status: ProcessingStatus): ClipJson =>
  clipSchema.parse({
    ...Object.fromEntries(
      [...EDITED_FIELDS, 'season', 'play_id', 'frame_rate', 'audio_note', 'error_message'].map((f) => [f, null]),
    ),
    ...{
      id: 1,
      clip_id: id,
      version: 'v1',
      player_id: '8480018',
      team_code: 'MTL',
      game_id: '20031',
      event_type: 'pass',
    },
    ...{ start_timecode_s: 0, end_timecode_s: 8, duration_s: 8, processing_status: status, progress: 0 },
    ...{
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
      playback: null,
      assets: [],
      tags: [],
    },
  });

const pages = (...clips: ClipJson[][]): ClipPages => ({
  pages: clips.map((page) => ({ clips: page, total: 5, total_capped: false, limit: 2, offset: 0, next_cursor: null })),
  pageParams: clips.map(() => null),
});

describe('finishedSince', () => {
  const before = pages([clip('a', 'ready'), clip('b', 'processing')], [clip('e', 'pending')]);

  it('tells what became ready or failed, and only that', () => {
    const fresh = [clip('a', 'ready'), clip('b', 'ready'), clip('e', 'processing'), clip('new', 'ready')];
    expect(finishedSince(before, pages(fresh)).map((done) => done.clip_id)).toEqual(['b']);
    expect(finishedSince(before, pages([], [clip('e', 'failed')])).map((done) => done.clip_id)).toEqual(['e']);
  });

  it('has nothing to tell before there is a list', () => {
    expect(finishedSince(undefined, before)).toEqual([]);
    expect(finishedSince(before, undefined)).toEqual([]);
  });
});
