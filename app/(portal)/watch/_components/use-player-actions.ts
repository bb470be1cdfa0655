import type { RefObject } from 'react';
import type { PlayerAction } from './player-keys.ts';
import type { usePlayhead } from './use-playhead.ts';

interface PlayerParts {
  videoRef: RefObject<HTMLVideoElement | null>;
  /** media-chrome's controller: it knows how each browser goes full screen. */
  controllerRef: RefObject<HTMLElement | null>;
  playhead: ReturnType<typeof usePlayhead>;
  showKeys: () => void;
  onNeighbour: (which: 'previous' | 'next') => void;
}

function togglePlay(video: HTMLVideoElement): void {
  if (video.paused) void video.play().catch(() => {});
  else video.pause();
}

/** Carries out the actions of the key table that a video alone can do. Answers whether it did. */
export function performOnVideo(
  action: PlayerAction,
  video: HTMLVideoElement,
  playhead: ReturnType<typeof usePlayhead>,
): boolean {
  if (action.kind === 'toggle-play') togglePlay(video);
  else if (action.kind === 'seek-by') playhead.seekBy(action.seconds);
  else if (action.kind === 'step-frame') playhead.step(action.direction);
  else if (action.kind === 'change-speed') playhead.changeSpeed(action.direction);
  else if (action.kind === 'seek-tenth') playhead.seekTenth(action.tenth);
  else if (action.kind === 'loop-start') playhead.setLoopEnd('start');
  else if (action.kind === 'loop-end') playhead.setLoopEnd('end');
  else if (action.kind === 'loop-off') playhead.clearLoop();
  else return false;
  return true;
}

/** What the player's keys and buttons do. */
export function usePlayerActions(parts: PlayerParts): (action: PlayerAction) => void {
  const { videoRef, controllerRef, playhead, showKeys, onNeighbour } = parts;
  const request = (name: string) =>
    controllerRef.current?.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  const toggleFullscreen = () =>
    request(document.fullscreenElement ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest');
  return (action) => {
    const video = videoRef.current;
    if (!video || performOnVideo(action, video, playhead)) return;
    if (action.kind === 'toggle-mute') request(video.muted ? 'mediaunmuterequest' : 'mediamuterequest');
    else if (action.kind === 'toggle-fullscreen') toggleFullscreen();
    else if (action.kind === 'show-keys') {
      // A dialog lies outside the element that fills the screen.
      if (document.fullscreenElement) toggleFullscreen();
      showKeys();
    } else onNeighbour(action.kind === 'next-clip' ? 'next' : 'previous');
  };
}
