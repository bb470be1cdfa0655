'use client';

import 'media-tracks/polyfill';
import './player-words.ts';
import './player.css';
import './player-layers.css';
import './player-touch.css';
import { MediaController, MediaLoadingIndicator } from 'media-chrome/react';
import { type ComponentRef, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { FrameRate } from '#app/_client/timecode.ts';
import { useWatched, type Watched } from '#app/_watched/use-watched.ts';
import { type ClipMoment, startOfMoment } from './clip-moment.ts';
import type { KeysOfPage } from './keys-dialog-client.tsx';
import { KeysDialog } from './late-keys-dialog-client.tsx';
import { JumpMark, SoundOff } from './picture-layers-client.tsx';
import { PlayerControls, PlayerMenus, PlayerMiddle } from './player-controls-client.tsx';
import { PlayerFault } from './player-fault-client.tsx';
import { PlayerStrip } from './player-strip-client.tsx';
import { type StartFilm, useFilmStream } from './use-film-stream.ts';
import { usePlayerActions } from './use-player-actions.ts';
import { usePlayerElement } from './use-player-element.ts';
import { usePlayerKeys } from './use-player-keys.ts';
import { usePlayhead } from './use-playhead.ts';
import { useRememberedSpeed } from './use-remembered-speed.ts';
import type { StoryboardSource } from './use-storyboard-track.ts';
import { useTimecode } from './use-timecode.ts';
import { useTouchJumps } from './use-touch-jumps.ts';

/** What a page asks its player for. */
export interface PlayerHandle {
  /** The frame on screen and the loop round it. */
  moment: () => ClipMoment;
  /** Begins a film whose page is on its way. */
  begin: (filmId: string, start: StartFilm) => void;
  goTo: (seconds: number) => void;
  /** Plays from one moment to another, and stops there; whoever jumps elsewhere meanwhile plays on. */
  playPart: (fromS: number, toS: number) => void;
  /** Whether a picture of the film is on screen. */
  hasPicture: () => boolean;
  isPaused: () => boolean;
  /** The element that it plays in, whose clock is the film's; `null` before it is there. */
  element: () => HTMLVideoElement | null;
  pause: () => void;
  play: () => void;
  /** Fetches what is shown at these moments, where somebody is about to jump there. */
  warm: (moments: readonly number[]) => void;
}

/** What is played: a clip, or the master that clips are marked in. */
export interface Film {
  /** Names it: another one plays in the same element. */
  id: string;
  kind: 'clip' | 'master';
  isPlayable: boolean;
  durationS: number;
  /** Where it begins in its master, in seconds. */
  startTimecodeS: number;
  /** The small pictures of its time line. */
  storyboard: StoryboardSource | null;
  start: StartFilm;
  /** Whether it plays by itself; as the one before it in the same player, unless told. */
  plays?: boolean;
}

interface FilmPlayerProps {
  ref: Ref<PlayerHandle>;
  film: Film;
  /** Says what the picture shows, for those who cannot see it. */
  title: string;
  /** The server's clock when it made the page, in ms. */
  servedAtMs: number;
  /** Where it begins, and what is looped. */
  moment: ClipMoment;
  /** Stands in the picture's place until it is there. */
  toCome?: ReactNode;
  /** What stands in the picture's place while there is none. */
  waiting: ReactNode;
  /** Lies over the picture, in full screen as well. */
  layers?: ReactNode;
  /** Lies on the seek bar. */
  onBar?: ReactNode;
  /** Stands at the end of the strip below. */
  strip?: ReactNode;
  /** Keys of the page's own. */
  pageKeys?: KeysOfPage;
  onNeighbour: (which: 'previous' | 'next') => void;
  /** Called at the film's end, unless it loops. */
  onEnd: () => void;
  /** Told once it is known. */
  onFrameRate: (frameRate: FrameRate) => void;
  /** Told when the first picture of a film is there. */
  onPicture?: () => void;
  /** What is counted as watched; nothing, unless told. */
  watched?: Watched | null;
}

const NO_KEYS: KeysOfPage = [];

/** The player: one for all films of a visit. Another `film` plays in the same element, full screen or not. */
export function FilmPlayer(props: FilmPlayerProps) {
  const { ref, film, title, servedAtMs, moment, onNeighbour, onEnd, onFrameRate, pageKeys = NO_KEYS } = props;
  const t = useTranslations('clip.player');
  const locale = useLocale();
  const playerRef = useRef<HTMLDivElement>(null);
  const controllerRef = useRef<ComponentRef<typeof MediaController>>(null);
  const [areKeysShown, setAreKeysShown] = useState(false);
  const { id, isPlayable: canPlay, durationS, startTimecodeS, storyboard, start, plays } = film;
  const startS = startOfMoment(moment);
  const { videoRef, ...streams } = usePlayerElement({ controllerRef, filmId: id, title, storyboard });
  const source = { filmId: id, start, plays, ...streams, isPlayable: canPlay, servedAtMs, onPicture: props.onPicture };
  const stream = useFilmStream(videoRef, { ...source, startS, onFrameRate });
  const { frameRate, fault } = stream;
  useRememberedSpeed(videoRef);
  useWatched(videoRef, props.watched ?? null);

  const { timecodeRef, showTimecode } = useTimecode(startTimecodeS, frameRate);
  const playhead = usePlayhead({ videoRef, frameRate, film: id, firstLoop: moment.loop, onFrame: showTimecode, onEnd });
  const { loop, shownS } = playhead;
  useImperativeHandle(ref, () => ({
    moment: () => ({ atS: shownS(), loop }),
    begin: stream.beginNext,
    goTo: playhead.goTo,
    playPart: playhead.playPart,
    hasPicture: stream.isPictured,
    element: () => videoRef.current,
    isPaused: () => videoRef.current?.paused ?? true,
    pause: () => videoRef.current?.pause(),
    play: () => void videoRef.current?.play().catch(() => {}),
    warm: stream.warm,
  }));

  const showKeys = () => setAreKeysShown(true);
  const perform = usePlayerActions({ videoRef, controllerRef, playhead, showKeys, onNeighbour });
  usePlayerKeys(perform, pageKeys);
  const jump = useTouchJumps(playerRef, { onSwipe: onNeighbour, perform });
  // Full screen shows whatever lies over the picture as well, and stays when that changes.
  useEffect(() => {
    if (controllerRef.current && playerRef.current) controllerRef.current.fullscreenElement = playerRef.current;
  }, []);

  return (
    <div>
      <div ref={playerRef} className="player">
        {stream.hasPicture || !canPlay ? null : props.toCome}
        <MediaController ref={controllerRef} noHotkeys lang={locale} aria-label={t('label')} inert={!canPlay}>
          <MediaLoadingIndicator slot="centered-chrome" />
          <PlayerMiddle />
          <PlayerControls
            loop={loop}
            durationS={durationS}
            marks={props.onBar}
            onSeek={(part) => perform({ kind: 'seek-tenth', tenth: part * 10 })}
          />
          <PlayerMenus />
        </MediaController>
        <JumpMark jump={jump} />
        {stream.isSilenced ? <SoundOff onSound={() => perform({ kind: 'toggle-mute' })} /> : null}
        {props.layers}
        {canPlay && fault ? <PlayerFault fault={fault} kind={film.kind} onRetry={stream.retry} /> : null}
        {canPlay ? null : <div className="player-waiting">{props.waiting}</div>}
      </div>
      {canPlay ? (
        <PlayerStrip
          timecodeRef={timecodeRef}
          startS={startTimecodeS}
          frameRate={frameRate}
          loop={loop}
          durationS={durationS}
          perform={perform}
        >
          {props.strip}
        </PlayerStrip>
      ) : null}
      <KeysDialog open={areKeysShown} onOpenChange={setAreKeysShown} pageKeys={pageKeys} />
    </div>
  );
}
