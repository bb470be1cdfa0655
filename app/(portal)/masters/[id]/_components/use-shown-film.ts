import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { clipDetailOptions } from '#app/_client/clip-queries.ts';
import { masterPlaybackOptions } from '#app/_client/master-queries.ts';
import { toast } from '#app/_ui/toast.ts';
import { filmOfMaster } from '#app/(portal)/_masters/master-film.ts';
import { filmOfClip } from '#app/(portal)/watch/_components/clip-film.ts';
import { type ClipMoment, NO_MOMENT, readMoment } from '#app/(portal)/watch/_components/clip-moment.ts';
import type { Film, PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import type { MasterPlaybackJson } from '#lib/masters/master-schemas.ts';

interface ShownFilmOptions {
  film: FilmJson;
  served: MasterPlaybackJson | null;
  servedAtMs: number;
  placeS: number | null;
  playerRef: RefObject<PlayerHandle | null>;
}

/** Where the film was left for a clip. */
interface FilmPlace {
  atS: number;
  plays: boolean;
}

/** Not at the very end of what there is of it: there would be nothing to show. */
const BEFORE_END_S = 1;

/** The router keeps a page as it was served; the address has moved on with the film since. */
function firstPlace({ film, placeS }: ShownFilmOptions): number {
  const here = typeof window !== 'undefined' && window.location.pathname === `/masters/${film.id}`;
  if (!here) return placeS ?? 0;
  const params = Object.fromEntries(new URLSearchParams(window.location.search));
  return readMoment(params, film.duration_s ?? Number.MAX_VALUE).atS ?? 0;
}

/** What the player shows: the film, or in its place one of its clips, from which one comes back to where the film was. */
export function useShownFilm(options: ShownFilmOptions) {
  const { film, served, servedAtMs, playerRef } = options;
  const queryClient = useQueryClient();
  const { data: playback = null } = useQuery({
    ...masterPlaybackOptions(film.id),
    enabled: served !== null,
    ...(served ? { initialData: served, initialDataUpdatedAt: servedAtMs } : {}),
  });
  const [place, setPlace] = useState<FilmPlace>(() => ({ atS: firstPlace(options), plays: false }));
  const [hasLeft, setHasLeft] = useState(false);
  const [clip, setClip] = useState<ClipJson | null>(null);
  const [inset, setInset] = useState<ClipJson | null>(null);
  const playableToS = playback?.playable_to_s ?? 0;

  const show = (next: ClipJson) => {
    const player = playerRef.current;
    if (!clip && player) setPlace({ atS: player.moment().atS ?? 0, plays: !player.isPaused() });
    setHasLeft(true);
    setInset(null);
    setClip(next);
  };
  /** Plays a clip in the film's place. */
  const open = (clipId: string) =>
    void queryClient.fetchQuery(clipDetailOptions(clipId)).then(show, (error: Error) => toast.error(error.message));
  const backToFilm = () => setClip(null);
  /** A clip is gone. */
  const forget = (clipId: string) => {
    setInset((old) => (old?.clip_id === clipId ? null : old));
    setClip((old) => (old?.clip_id === clipId ? null : old));
  };

  const title = clip ? clip.clip_id : film.filename;
  const master = filmOfMaster(queryClient, film.id, playback);
  const played: Film = clip
    ? { ...filmOfClip(queryClient, { clip, opened: clip, playlists: null }), plays: true }
    : hasLeft
      ? { ...master, plays: place.plays }
      : master;
  const atS = Math.min(place.atS, Math.max(0, playableToS - BEFORE_END_S));
  const moment: ClipMoment = clip ? NO_MOMENT : { ...NO_MOMENT, atS };
  return {
    ...{ played, title, moment, clip, inset, playableToS, open, backToFilm, forget },
    isWaiting: playback === null,
    putInset: setInset,
    closeInset: () => setInset(null),
  };
}
export type ShownFilm = ReturnType<typeof useShownFilm>;
