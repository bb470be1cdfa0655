'use client';

import 'media-tracks/polyfill';
import 'media-chrome/lang/fr.js';
import './player.css';
import { MediaController, MediaLoadingIndicator } from 'media-chrome/react';
import { type ComponentRef, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { type FrameRate, formatClock, formatFrame, frameAt } from '#app/_client/timecode.ts';
import { pickAssets } from '#app/(portal)/clips/_components/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { fetchAhead } from './fetch-ahead.ts';
import type { Playhead } from './frame-steps.ts';
import { KeysDialog } from './keys-dialog-client.tsx';
import { PlayerControls, PlayerMenus } from './player-controls-client.tsx';
import { PlayerFault } from './player-fault-client.tsx';
import { PlayerStrip } from './player-strip-client.tsx';
import { useClipStream } from './use-clip-stream.ts';
import { usePlayerActions } from './use-player-actions.ts';
import { usePlayerKeys } from './use-player-keys.ts';
import { usePlayhead } from './use-playhead.ts';

interface ClipPlayerProps {
  clip: ClipJson;
  /** Says what the picture shows, for those who cannot see it. */
  title: string;
  /** The server's clock when it made the page, in ms. */
  servedAtMs: number;
  onNeighbour: (which: 'previous' | 'next') => void;
  /** Told once it is known. */
  onFrameRate: (frameRate: FrameRate) => void;
}

/** The player of one clip. Give it the clip's id as `key`: it keeps its first URLs for as long as it lives. */
export function ClipPlayer({ clip, title, servedAtMs, onNeighbour, onFrameRate }: ClipPlayerProps) {
  // Once: newer URLs of a refreshed clip are not for this stream.
  useState(() => fetchAhead(clip));
  const t = useTranslations('clip.player');
  const locale = useLocale();
  const videoRef = useRef<HTMLVideoElement>(null);
  const controllerRef = useRef<ComponentRef<typeof MediaController>>(null);
  const timecodeRef = useRef<HTMLOutputElement>(null);
  const [areKeysShown, setAreKeysShown] = useState(false);
  const { frameRate, fault, retry } = useClipStream(videoRef, clip, servedAtMs, onFrameRate);
  const { thumbnail, storyboardCues } = pickAssets(clip);

  // Written past React: sixty times a second is too often to render.
  const showTimecode = ({ currentTimeS, shownFrameS, durationS }: Playhead) => {
    const output = timecodeRef.current;
    if (!output) return;
    const atS = Math.min(shownFrameS ?? currentTimeS, Number.isFinite(durationS) ? durationS : Number.MAX_VALUE);
    if (!frameRate) output.value = formatClock(clip.start_timecode_s + atS);
    else output.value = formatFrame(frameAt(clip.start_timecode_s, frameRate) + frameAt(atS, frameRate), frameRate);
  };
  const playhead = usePlayhead(videoRef, frameRate, showTimecode);

  const showKeys = () => setAreKeysShown(true);
  const perform = usePlayerActions({ videoRef, controllerRef, playhead, showKeys, onNeighbour });
  usePlayerKeys(perform);

  return (
    <div>
      <div className="player">
        <MediaController ref={controllerRef} noHotkeys lang={locale} aria-label={t('label')}>
          <video
            ref={videoRef}
            slot="media"
            tabIndex={-1}
            playsInline
            preload="auto"
            crossOrigin="anonymous"
            aria-label={title}
            {...(thumbnail ? { poster: thumbnail.signed_url } : {})}
          >
            {storyboardCues ? (
              <track
                key={storyboardCues.signed_url}
                default
                kind="metadata"
                label="thumbnails"
                src={storyboardCues.signed_url}
              />
            ) : null}
          </video>
          <MediaLoadingIndicator slot="centered-chrome" />
          <PlayerControls loop={playhead.loop} durationS={clip.duration_s} />
          <PlayerMenus />
        </MediaController>
        {fault ? <PlayerFault fault={fault} onRetry={retry} /> : null}
      </div>
      <PlayerStrip
        timecodeRef={timecodeRef}
        startS={clip.start_timecode_s}
        frameRate={frameRate}
        loop={playhead.loop}
        durationS={clip.duration_s}
        perform={perform}
      />
      <KeysDialog open={areKeysShown} onOpenChange={setAreKeysShown} />
    </div>
  );
}
