import type { RefObject } from 'react';
import { remember } from '#app/_client/remembered.ts';
import { frameRateOf } from '#app/_client/timecode.ts';
import { nextSpeed, stepTarget } from '#app/(portal)/watch/_components/frame-steps.ts';
import type { PlayerAction } from '#app/(portal)/watch/_components/player-keys.ts';
import { endOf } from './deck-item.ts';
import type { ReelDeck } from './reel-deck.ts';

interface ActionsOptions {
  deck: ReelDeck | null;
  /** What fills the screen. */
  containerRef: RefObject<HTMLElement | null>;
  /** Whether one goes past an item's ends. */
  isFree: boolean;
  showKeys: () => void;
}

export function toggleFullscreen(container: HTMLElement | null): void {
  // A browser that has no full screen, or forbids it, shows the page.
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
  else void container?.requestFullscreen?.().catch(() => {});
}

/** What the keys and buttons of a reel's player do. Jumps stay within the item. */
export function useDeckActions({
  deck,
  containerRef,
  isFree,
  showKeys,
}: ActionsOptions): (action: PlayerAction) => void {
  const seekTo = (atS: number) => {
    if (!deck?.item) return;
    const { item, video } = deck;
    const [fromS, toS] = isFree ? [0, item.clip.duration_s] : [item.inS, endOf(item)];
    video.currentTime = Math.min(Math.max(fromS, atS), Math.max(fromS, toS - 0.02));
  };
  return (action) => {
    if (!deck?.item) return;
    const { item, video, state } = deck;
    if (action.kind === 'toggle-play') deck.toggle();
    else if (action.kind === 'seek-by') seekTo(video.currentTime + action.seconds);
    else if (action.kind === 'seek-tenth') seekTo(item.inS + ((endOf(item) - item.inS) * action.tenth) / 10);
    else if (action.kind === 'step-frame') {
      video.pause();
      const rate = frameRateOf(state.framesPerSecond ?? 30);
      const playhead = { currentTimeS: video.currentTime, shownFrameS: null, isSettled: false };
      seekTo(stepTarget({ ...playhead, durationS: video.duration }, action.direction, rate));
    } else if (action.kind === 'change-speed') {
      video.playbackRate = nextSpeed(video.playbackRate, action.direction);
      remember('speed', String(video.playbackRate));
    } else if (action.kind === 'next-clip') deck.step(1);
    else if (action.kind === 'previous-clip') deck.step(-1);
    else if (action.kind === 'toggle-mute') video.muted = !video.muted;
    else if (action.kind === 'toggle-fullscreen') toggleFullscreen(containerRef.current);
    else if (action.kind === 'show-keys') {
      if (document.fullscreenElement) toggleFullscreen(null);
      showKeys();
    }
  };
}
