import { useQueries, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import { clipDetailOptions } from '#app/_client/clip-queries.ts';
import { masterPlaybackOptions } from '#app/_client/master-queries.ts';
import { toast } from '#app/_ui/toast.ts';
import { type ClipMoment, NO_MOMENT } from '#app/(portal)/watch/_components/clip-moment.ts';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import type { PlayWindow } from './play-window.ts';
import { type GameFilm, seenIn } from './seen-in.ts';

/** What is on screen: one of the game's films, or the clip of a play of which there is no film to watch. */
type Shown = { masterId: string } | { clip: ClipJson };

/** What the player is to do as soon as there is a picture to do it in. */
interface Wish {
  atS: number;
  /** Where it stops; `null` to stand still. */
  toS: number | null;
}

/** As they are prepared further, and their URLs renewed. */
function useFilms(served: readonly GameFilm[], servedAtMs: number): GameFilm[] {
  return useQueries({
    queries: served.map(({ film, playback }) => ({
      ...masterPlaybackOptions(film.id),
      enabled: playback !== null,
      ...(playback ? { initialData: playback, initialDataUpdatedAt: servedAtMs } : {}),
    })),
    combine: (answers) =>
      served.map(({ film, playback }, index) => ({ film, playback: answers[index]?.data ?? playback })),
  });
}

interface GamePictureOptions {
  films: readonly GameFilm[];
  servedAtMs: number;
  playerRef: RefObject<PlayerHandle | null>;
}

/** The longest that a frame of a film is on screen. */
const A_FRAME_S = 1 / 24;

/** What the player shows: the film that the looked-at play is in, or the play's clip, in the one element. */
export function useGamePicture({ films: served, servedAtMs, playerRef }: GamePictureOptions) {
  const queryClient = useQueryClient();
  const films = useFilms(served, servedAtMs);
  const [shown, setShown] = useState<Shown | null>(films[0] ? { masterId: films[0].film.id } : null);
  const [moment, setMoment] = useState<ClipMoment>(NO_MOMENT);
  /** The play that was to be shown last. */
  const [wantedId, setWantedId] = useState<number | null>(null);
  const wish = useRef<Wish | null>(null);
  /** The play of which there was no film when it was to be shown. */
  const missedId = useRef<number | null>(null);
  /** The play that the picture was put to stand at, and where. */
  const standing = useRef<{ id: number; masterId: string; atS: number } | null>(null);
  /** The clip that was asked for last. */
  const asked = useRef<string | null>(null);

  const grant = ({ atS, toS }: Wish) => {
    const player = playerRef.current;
    if (!player) return;
    if (toS !== null) return player.playPart(atS, toS);
    player.pause();
    player.goTo(atS);
  };
  const put = (next: Shown, isSame: boolean, wished: Wish) => {
    if (isSame && playerRef.current?.hasPicture()) return grant(wished);
    wish.current = wished;
    setMoment({ ...NO_MOMENT, atS: wished.atS });
    setShown(next);
  };
  const putClip = (clipId: string, plays: boolean) => {
    asked.current = clipId;
    queryClient.fetchQuery(clipDetailOptions(clipId)).then(
      (clip) => {
        if (asked.current !== clipId) return;
        const isSame = shown !== null && 'clip' in shown && shown.clip.clip_id === clipId;
        put({ clip }, isSame, { atS: 0, toS: plays ? clip.duration_s : null });
      },
      (error: Error) => toast.error(error.message),
    );
  };
  /** Shows a play: its moment standing still, or all of its window. */
  const show = (play: PlayJson, window: PlayWindow | null) => {
    asked.current = null;
    const seen = seenIn(play, films);
    setWantedId(play.id);
    missedId.current = seen.kind === 'nowhere' ? play.id : null;
    standing.current = seen.kind === 'master' && window === null ? { id: play.id, ...seen } : null;
    if (seen.kind === 'clip') return putClip(seen.clipId, window !== null);
    if (seen.kind !== 'master') return playerRef.current?.pause();
    const { masterId, atS } = seen;
    const wished = window
      ? { atS: Math.max(0, atS - window.leadS), toS: atS + window.lastsS + window.lagS }
      : { atS, toS: null };
    put({ masterId }, shown !== null && 'masterId' in shown && shown.masterId === masterId, wished);
  };
  /** Whether the picture still stands where the play was. */
  const standsAt = (play: PlayJson): boolean => {
    const [stood, player] = [standing.current, playerRef.current];
    if (!player?.isPaused() || stood?.id !== play.id) return false;
    return Math.abs((player.moment().atS ?? 0) - stood.atS) < A_FRAME_S;
  };
  /** Shows the play that was to be shown once it is tied to a film, and where it is now when it has been moved. */
  const catchUp = (play: PlayJson) => {
    const seen = seenIn(play, films);
    if (seen.kind !== 'master') return;
    const { masterId, atS } = standing.current ?? {};
    const hasMoved = seen.masterId !== masterId || seen.atS !== atS;
    if (play.id === missedId.current || (hasMoved && standsAt(play))) show(play, null);
  };
  /** Fetches what is shown of plays that one may look at next. */
  const warm = (plays: readonly PlayJson[]) => {
    const seen = plays.map((play) => seenIn(play, films));
    playerRef.current?.warm(
      seen.flatMap((each) =>
        each.kind === 'master' && shown !== null && 'masterId' in shown && each.masterId === shown.masterId
          ? [each.atS]
          : [],
      ),
    );
  };
  /** Shows a film, standing still at a moment of it. */
  const open = (masterId: string, atS: number) => {
    asked.current = null;
    setWantedId(null);
    missedId.current = null;
    put({ masterId }, shown !== null && 'masterId' in shown && shown.masterId === masterId, { atS, toS: null });
  };
  /** Why the picture is not the play's, by what is known of the play now; `null` where it is, or another was asked for. */
  const missingOf = (play: PlayJson | null): 'later' | 'nowhere' | null => {
    if (play === null || play.id !== wantedId) return null;
    const { kind } = seenIn(play, films);
    return kind === 'later' || kind === 'nowhere' ? kind : null;
  };
  const onPicture = () => {
    const wished = wish.current;
    wish.current = null;
    if (wished) grant(wished);
  };
  const master = shown && 'masterId' in shown ? films.find(({ film }) => film.id === shown.masterId) : undefined;
  const clip = shown && 'clip' in shown ? shown.clip : null;
  return {
    films,
    master: master?.film ?? null,
    playback: master?.playback ?? null,
    clip,
    moment,
    missingOf,
    show,
    catchUp,
    open,
    warm,
    onPicture,
  };
}
export type GamePicture = ReturnType<typeof useGamePicture>;
