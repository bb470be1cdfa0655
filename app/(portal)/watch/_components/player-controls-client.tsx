'use client';

import {
  MediaControlBar,
  MediaFullscreenButton,
  MediaMuteButton,
  MediaPipButton,
  MediaPlayButton,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react';
import {
  MediaPlaybackRateMenu,
  MediaPlaybackRateMenuButton,
  MediaRenditionMenu,
  MediaRenditionMenuButton,
} from 'media-chrome/react/menu';
import type { ReactNode } from 'react';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { SPEEDS } from './frame-steps.ts';
import { isLooping, type LoopRange, loopBounds } from './loop-range.ts';
import { SeekTouch } from './seek-touch-client.tsx';

/** The menus of the bar. They stand beside it in the controller, which lays them over its lower right corner. */
export function PlayerMenus() {
  return (
    <>
      <MediaPlaybackRateMenu hidden anchor="auto" rates={SPEEDS} />
      <MediaRenditionMenu hidden anchor="auto" />
    </>
  );
}

/** In the picture's middle, for thumbs. */
export function PlayerMiddle() {
  return <MediaPlayButton slot="centered-chrome" className="player-large-play" noTooltip />;
}

interface PlayerControlsProps {
  loop: LoopRange;
  durationS: number;
  /** Lies on the seek bar. */
  marks: ReactNode;
  /** Called with a part of the clip's length, from 0 to 1. */
  onSeek: (part: number) => void;
}

/** The bar over the video: media-chrome's own controls, which keep their state in the media element. */
export function PlayerControls({ loop, durationS, marks, onSeek }: PlayerControlsProps) {
  return (
    <div className="player-bar">
      <div className="player-seek">
        <MediaTimeRange />
        {marks}
        <LoopMark loop={loop} durationS={durationS} />
        <SeekTouch onSeek={onSeek} />
      </div>
      <MediaControlBar>
        <MediaPlayButton className="player-small-play" />
        <MediaMuteButton />
        <MediaVolumeRange className="player-wide" />
        {/* The rest of the time instead, at a press: a button whose name is not what it shows, and the length is beside it. */}
        <MediaTimeDisplay noToggle />
        {/* In the words of the lists: media-chrome cuts fractions off, and 7.97 s would read 0:07 here alone. */}
        <span className="player-total">/ {formatDuration(durationS)}</span>
        <span className="player-gap" />
        <MediaPlaybackRateMenuButton />
        <MediaRenditionMenuButton />
        <MediaPipButton className="player-wide" />
        <MediaFullscreenButton />
      </MediaControlBar>
    </div>
  );
}

/** The looped part, drawn on the seek bar. */
function LoopMark({ loop, durationS }: { loop: LoopRange; durationS: number }) {
  if (!isLooping(loop) || !(durationS > 0)) return null;
  const { startS, endS } = loopBounds(loop, durationS);
  const left = `${(startS / durationS) * 100}%`;
  const width = `${((endS - startS) / durationS) * 100}%`;
  return (
    <div className="player-loop" aria-hidden>
      <div data-testid="loop-range" style={{ left, width }} />
    </div>
  );
}
