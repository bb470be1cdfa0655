import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import { filmOfMaster } from '#app/(portal)/_masters/master-film.ts';
import { type ClipMoment, NO_MOMENT } from '#app/(portal)/watch/_components/clip-moment.ts';
import type { Film, PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import type { MasterPlaybackJson } from '#lib/masters/master-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

export interface GameFilm {
  film: FilmJson;
  /** Where it is watched; `null` while nothing of it can be. */
  playback: MasterPlaybackJson | null;
}

/** Moments are told to the millisecond: rounded down, one would lie in the frame before. */
const ROUNDED_S = 0.001;

interface Wish {
  atS: number;
  /** Where it stops; `null` to stand still. */
  toS: number | null;
}

/** What the player shows: the film that the looked-at play is in, in the one element. */
export function useGamePicture(films: readonly GameFilm[], playerRef: RefObject<PlayerHandle | null>) {
  const queryClient = useQueryClient();
  const [masterId, setMasterId] = useState<string | null>(films[0]?.film.id ?? null);
  const [moment, setMoment] = useState<ClipMoment>(NO_MOMENT);
  /** What was asked for while there was no picture to do it in. */
  const wish = useRef<Wish | null>(null);
  const shown = films.find(({ film }) => film.id === masterId);

  const grant = ({ atS, toS }: Wish) => {
    const player = playerRef.current;
    if (!player) return;
    if (toS === null) {
      player.pause();
      player.goTo(atS);
    } else player.playPart(atS, toS);
  };
  const go = (id: string, next: Wish) => {
    if (id === masterId && playerRef.current?.hasPicture()) return grant(next);
    wish.current = next;
    setMoment({ ...NO_MOMENT, atS: next.atS });
    setMasterId(id);
  };
  /** Shows the moment of a play, standing still. */
  const show = ({ video }: PlayJson) => {
    if (video && films.some(({ film }) => film.id === video.master_id))
      go(video.master_id, { atS: video.at_s + ROUNDED_S, toS: null });
  };
  /** Plays a play's window, and stops at its end. */
  const playWindow = ({ video }: PlayJson, { leadS, lagS }: { leadS: number; lagS: number }) => {
    if (video) go(video.master_id, { atS: Math.max(0, video.at_s - leadS), toS: video.at_s + lagS });
  };
  const onPicture = () => {
    const wished = wish.current;
    wish.current = null;
    if (wished) grant(wished);
  };
  const film: Film | null = shown
    ? { ...filmOfMaster(queryClient, shown.film.id, shown.playback), plays: false }
    : null;
  return { film, shown, moment, show, playWindow, onPicture };
}
export type GamePicture = ReturnType<typeof useGamePicture>;
