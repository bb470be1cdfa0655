'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type Ref, useImperativeHandle, useRef } from 'react';
import type { FrameRate } from '#app/_client/timecode.ts';
import type { ClipJson, PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import { filmOfClip } from './clip-film.ts';
import { type ClipMoment, startOfMoment } from './clip-moment.ts';
import { FilmPlayer, type PlayerHandle } from './film-player-client.tsx';
import type { KeysOfPage } from './keys-dialog-client.tsx';
import type { KnownClip } from './next-ahead.ts';
import { PictureToCome } from './picture-layers-client.tsx';
import { PlayOnSwitch } from './player-strip-client.tsx';
import { useOpenedClip } from './use-opened-clip.ts';

/** What the page asks its player for. */
export interface ClipPlayerHandle extends Pick<PlayerHandle, 'moment' | 'goTo' | 'pause' | 'element'> {
  /** Begins a clip whose page is on its way. */
  begin: (next: KnownClip) => void;
}

interface ClipPlayerProps {
  ref: Ref<ClipPlayerHandle>;
  clip: ClipJson;
  /** The texts of its playlists, as far as the page has them. */
  playlists: PlaylistTexts | null;
  title: string;
  servedAtMs: number;
  /** What the address asks for. */
  moment: ClipMoment;
  waiting: ReactNode;
  /** Lies over the picture. */
  layers: ReactNode;
  /** Lies on the seek bar. */
  onBar: ReactNode;
  /** Keys of the page's own. */
  pageKeys: KeysOfPage;
  onNeighbour: (which: 'previous' | 'next') => void;
  onEnd: () => void;
  onFrameRate: (frameRate: FrameRate) => void;
}

/** The player of clips: one for all clips of a visit. */
export function ClipPlayer({ ref, clip, playlists, moment, ...others }: ClipPlayerProps) {
  const queryClient = useQueryClient();
  const playerRef = useRef<PlayerHandle>(null);
  const opened = useOpenedClip(clip);
  const film = filmOfClip(queryClient, { clip, opened, playlists });
  useImperativeHandle(ref, () => ({
    moment: () => playerRef.current?.moment() ?? moment,
    goTo: (seconds) => playerRef.current?.goTo(seconds),
    pause: () => playerRef.current?.pause(),
    element: () => playerRef.current?.element() ?? null,
    begin: (next) => {
      const { id, start } = filmOfClip(queryClient, { ...next, opened: next.clip });
      playerRef.current?.begin(id, start);
    },
  }));
  return (
    <FilmPlayer
      {...others}
      ref={playerRef}
      film={film}
      moment={moment}
      watched={{ clipId: clip.clip_id }}
      toCome={<PictureToCome clip={opened} atS={startOfMoment(moment)} />}
      strip={<PlayOnSwitch />}
    />
  );
}
