'use client';

import 'media-tracks/polyfill';
import 'media-chrome/lang/fr.js';
import './player.css';
import './player-layers.css';
import './player-touch.css';
import { MediaController, MediaLoadingIndicator } from 'media-chrome/react';
import { type ComponentRef, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { FrameRate } from '#app/_client/timecode.ts';
import { isPlayable, pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson, PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import { type ClipMoment, startOfMoment } from './clip-moment.ts';
import { KeysDialog } from './keys-dialog-client.tsx';
import type { KnownClip } from './next-ahead.ts';
import { JumpMark, PictureToCome, SoundOff } from './picture-layers-client.tsx';
import { PlayerControls, PlayerMenus, PlayerMiddle } from './player-controls-client.tsx';
import { PlayerFault } from './player-fault-client.tsx';
import { PlayerStrip } from './player-strip-client.tsx';
import { useClipStream } from './use-clip-stream.ts';
import { useOpenedClip } from './use-opened-clip.ts';
import { usePlayerActions } from './use-player-actions.ts';
import { usePlayerElement } from './use-player-element.ts';
import { usePlayerKeys } from './use-player-keys.ts';
import { usePlayhead } from './use-playhead.ts';
import { useRememberedSpeed } from './use-remembered-speed.ts';
import { useTimecode } from './use-timecode.ts';
import { useTouchJumps } from './use-touch-jumps.ts';

/** What the page asks its player for. */
export interface PlayerHandle {
  /** The frame on screen and the loop round it. */
  moment: () => ClipMoment;
  /** Begins a clip whose page is on its way. */
  begin: (next: KnownClip) => void;
}

interface ClipPlayerProps {
  ref: Ref<PlayerHandle>;
  clip: ClipJson;
  /** The texts of its playlists, as far as the page has them. */
  playlists: PlaylistTexts | null;
  /** Says what the picture shows, for those who cannot see it. */
  title: string;
  /** The server's clock when it made the page, in ms. */
  servedAtMs: number;
  /** What the address asks for. */
  moment: ClipMoment;
  /** What stands in the picture's place while there is none. */
  waiting: ReactNode;
  onNeighbour: (which: 'previous' | 'next') => void;
  /** Called at the clip's end, unless it loops. */
  onEnd: () => void;
  /** Told once it is known. */
  onFrameRate: (frameRate: FrameRate) => void;
}

/** The player: one for all clips of a visit. Another `clip` plays in the same element, full screen or not. */
export function ClipPlayer(props: ClipPlayerProps) {
  const { ref, clip, playlists, title, servedAtMs, moment, waiting, onNeighbour, onEnd, onFrameRate } = props;
  const t = useTranslations('clip.player');
  const locale = useLocale();
  const playerRef = useRef<HTMLDivElement>(null);
  const controllerRef = useRef<ComponentRef<typeof MediaController>>(null);
  const [areKeysShown, setAreKeysShown] = useState(false);
  const opened = useOpenedClip(clip);
  const canPlay = isPlayable(clip);
  const startS = startOfMoment(moment);
  const storyboard = canPlay ? pickAssets(opened).storyboardUrl : null;
  const { videoRef, ...streams } = usePlayerElement({ controllerRef, clipId: clip.clip_id, title, storyboard });
  const source = { clip: opened, playlists, ...streams, isPlayable: canPlay, servedAtMs };
  const stream = useClipStream(videoRef, { ...source, startS, onFrameRate });
  const { frameRate, fault } = stream;
  useRememberedSpeed(videoRef);

  const { timecodeRef, showTimecode } = useTimecode(clip.start_timecode_s, frameRate);
  const firstLoop = moment.loop;
  const playhead = usePlayhead({ videoRef, frameRate, film: clip.clip_id, firstLoop, onFrame: showTimecode, onEnd });
  const { loop, shownS } = playhead;
  useImperativeHandle(ref, () => ({ moment: () => ({ atS: shownS(), loop }), begin: stream.beginNext }));

  const showKeys = () => setAreKeysShown(true);
  const perform = usePlayerActions({ videoRef, controllerRef, playhead, showKeys, onNeighbour });
  usePlayerKeys(perform);
  const jump = useTouchJumps(playerRef, { onSwipe: onNeighbour, perform });
  // Full screen shows whatever lies over the picture as well, and stays when that changes.
  useEffect(() => {
    if (controllerRef.current && playerRef.current) controllerRef.current.fullscreenElement = playerRef.current;
  }, []);

  return (
    <div>
      <div ref={playerRef} className="player">
        {stream.hasPicture || !canPlay ? null : <PictureToCome clip={opened} atS={startS} />}
        <MediaController ref={controllerRef} noHotkeys lang={locale} aria-label={t('label')} inert={!canPlay}>
          <MediaLoadingIndicator slot="centered-chrome" />
          <PlayerMiddle />
          <PlayerControls
            loop={loop}
            durationS={clip.duration_s}
            onSeek={(part) => perform({ kind: 'seek-tenth', tenth: part * 10 })}
          />
          <PlayerMenus />
        </MediaController>
        <JumpMark jump={jump} />
        {stream.isSilenced ? <SoundOff onSound={() => perform({ kind: 'toggle-mute' })} /> : null}
        {canPlay && fault ? <PlayerFault fault={fault} onRetry={stream.retry} /> : null}
        {canPlay ? null : <div className="player-waiting">{waiting}</div>}
      </div>
      {canPlay ? (
        <PlayerStrip
          timecodeRef={timecodeRef}
          startS={clip.start_timecode_s}
          frameRate={frameRate}
          loop={loop}
          durationS={clip.duration_s}
          perform={perform}
        />
      ) : null}
      <KeysDialog open={areKeysShown} onOpenChange={setAreKeysShown} />
    </div>
  );
}
