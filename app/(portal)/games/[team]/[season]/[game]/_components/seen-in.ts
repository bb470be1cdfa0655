import type { FilmJson } from '#lib/masters/film-schemas.ts';
import type { MasterPlaybackJson } from '#lib/masters/master-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

export interface GameFilm {
  film: FilmJson;
  /** Where it is watched; `null` while nothing of it can be. */
  playback: MasterPlaybackJson | null;
}

/** Where a play is seen: in a film, in the clip that was made of it, in a film that is not prepared so far yet, or nowhere. */
export type SeenIn =
  | { kind: 'master'; masterId: string; atS: number }
  | { kind: 'clip'; clipId: string }
  | { kind: 'later' | 'nowhere' };

/** Moments are told to the millisecond: rounded down, one would lie in the frame before. */
const ROUNDED_S = 0.001;

/** Where a reader of these films sees a play. */
export function seenIn({ video, clip_id: clipId }: PlayJson, films: readonly GameFilm[]): SeenIn {
  const film = films.find((known) => known.film.id === video?.master_id);
  const playableToS = film?.playback?.playable_to_s ?? 0;
  if (video && film && video.at_s < playableToS)
    return { kind: 'master', masterId: film.film.id, atS: video.at_s + ROUNDED_S };
  if (clipId !== null) return { kind: 'clip', clipId };
  return { kind: film ? 'later' : 'nowhere' };
}
