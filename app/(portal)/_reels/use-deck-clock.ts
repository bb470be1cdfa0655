import { useEffect, useState } from 'react';
import { watchFrames } from '#app/(portal)/watch/_components/frame-clock.ts';
import type { ReelDeck } from './reel-deck.ts';

export interface DeckClock {
  /** Of the clip on screen, in seconds from its beginning. */
  atS: number;
  isPaused: boolean;
  rate: number;
  isMuted: boolean;
}

const clockOf = ({ video }: ReelDeck): DeckClock => ({
  ...{ atS: video.currentTime, isPaused: video.paused, rate: video.playbackRate, isMuted: video.muted },
});

/** Told so often at most. */
const EVERY_MS = 80;

/** The clock of what is on screen. @param turn changes with the element on screen. */
export function useDeckClock(deck: ReelDeck | null, turn: number): DeckClock {
  const video = turn >= 0 ? deck?.video : undefined;
  const [clock, setClock] = useState<DeckClock>({ atS: 0, isPaused: true, rate: 1, isMuted: false });
  useEffect(() => {
    if (!deck || !video) return;
    let toldMs = 0;
    const tell = () => {
      toldMs = performance.now();
      setClock(clockOf(deck));
    };
    const stop = watchFrames(video, () => {
      if (performance.now() - toldMs >= EVERY_MS) tell();
    });
    const names = ['play', 'pause', 'seeked', 'ratechange', 'volumechange', 'loadedmetadata'];
    for (const name of names) video.addEventListener(name, tell);
    tell();
    return () => {
      stop();
      for (const name of names) video.removeEventListener(name, tell);
    };
  }, [deck, video]);
  return clock;
}
