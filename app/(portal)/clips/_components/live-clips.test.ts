import { describe, expect, it } from 'vitest';
import type { ClipJson, ProcessingStatus } from '#lib/clips/clip-schemas.ts';
import { type ClipPages, finishedAmong, pagesToPoll, withTotal } from './live-clips.ts';

const clip = (id: string, status: ProcessingStatus): ClipJson => ({
  id: 1,
  clip_id: id,
  player_id: '8480018',
  player_name: null,
  team_code: 'MTL',
  opponent_code: null,
  game_id: '20031',
  game_date: null,
  season: null,
  period: null,
  event_type: 'pass',
  outcome: null,
  zone: null,
  strength: null,
  start_timecode_s: 0,
  end_timecode_s: 8,
  duration_s: 8,
  frame_rate: null,
  processing_status: status,
  progress: 0,
  error_message: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  assets: [],
  tags: [],
});

const data: ClipPages = {
  pages: [
    {
      clips: [clip('a', 'ready'), clip('b', 'processing')],
      total: 5,
      total_capped: false,
      limit: 2,
      offset: 0,
      next_cursor: 'one',
    },
    {
      clips: [clip('c', 'ready'), clip('d', 'failed')],
      total: 5,
      total_capped: false,
      limit: 2,
      offset: 0,
      next_cursor: 'two',
    },
    { clips: [clip('e', 'pending')], total: 5, total_capped: false, limit: 2, offset: 0, next_cursor: null },
  ],
  pageParams: [null, 'one', 'two'],
};

describe('pagesToPoll', () => {
  it('asks for the pages with unfinished clips, by the cursors that led there', () => {
    expect(pagesToPoll(data)).toEqual([
      { cursor: null, clipIds: ['b'] },
      { cursor: 'two', clipIds: ['e'] },
    ]);
  });

  it('has nothing to ask before there is a list', () => {
    expect(pagesToPoll(undefined)).toEqual([]);
  });
});

describe('finishedAmong', () => {
  it('tells what became ready or failed, and only that', () => {
    const fresh = [clip('a', 'ready'), clip('b', 'ready'), clip('e', 'processing'), clip('new', 'ready')];
    expect(finishedAmong(data, fresh).map((done) => done.clip_id)).toEqual(['b']);
    expect(finishedAmong(data, [clip('e', 'failed')]).map((done) => done.clip_id)).toEqual(['e']);
  });
});

describe('withTotal', () => {
  it('writes the newest count into every page, and nothing where there is none', () => {
    expect(withTotal(data, 4)?.pages.map((page) => page.total)).toEqual([4, 4, 4]);
    expect(withTotal(data, undefined)).toBe(data);
    expect(withTotal(undefined, 4)).toBeUndefined();
  });
});
