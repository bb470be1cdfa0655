import { describe, expect, it } from 'vitest';
import { playOf } from './play-fixture.ts';
import { type GameFilm, seenIn } from './seen-in.ts';

const FILM = '00000000-0000-4000-8000-000000000001';
const film = (playableToS: number | null): GameFilm => ({
  film: {
    ...{ id: FILM, team_code: 'MTL', season: '2025-2026', game_id: '20031', period: 1, filename: 'p1.mp4' },
    ...{ duration_s: 100, frame_rate: 30, gaps: [], damage: [], preparation: null },
  },
  playback:
    playableToS === null
      ? null
      : {
          ...{ url: 'https://x.test/a.m3u8', expires_at: '2026-01-01T00:00:00Z', offset_s: 0, duration_s: 100 },
          ...{ playable_to_s: playableToS, storyboard: null },
        },
});
const play = (atS: number, clip_id: string | null = null) =>
  playOf({ clip_id, video: { master_id: FILM, at_s: atS, is_exact: true } });

describe('where a play is seen', () => {
  it('is its film, a moment later: told to the millisecond, it may lie in the frame before', () => {
    expect(seenIn(play(3.333), [film(100)])).toEqual({ kind: 'master', masterId: FILM, atS: 3.334 });
  });

  it('is its clip where there is no film to watch, or not so far yet', () => {
    const clip = { kind: 'clip', clipId: 'mtl-20031-play-1' };
    expect(seenIn(play(50, clip.clipId), [film(10)])).toEqual(clip);
    expect(seenIn(playOf({ clip_id: clip.clipId }), [])).toEqual(clip);
  });

  it('is later where the film is not prepared so far, and nowhere without one', () => {
    expect(seenIn(play(50), [film(10)])).toEqual({ kind: 'later' });
    expect(seenIn(play(50), [film(null)])).toEqual({ kind: 'later' });
    expect(seenIn(play(50), [])).toEqual({ kind: 'nowhere' });
    expect(seenIn(playOf(), [film(100)])).toEqual({ kind: 'nowhere' });
  });
});
