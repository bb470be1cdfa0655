import { useEffect, useEffectEvent } from 'react';
import { endOf } from '#app/(portal)/_reels/deck-item.ts';
import type { ReelDeck } from '#app/(portal)/_reels/reel-deck.ts';
import type { ReelJson } from '#lib/reels/reel-schemas.ts';
import { type Asked, channelOf, type Presented } from './presentation.ts';

const EVERY_MS = 500;

interface PresentationOptions {
  reel: ReelJson;
  shownId: string | null;
  deck: () => ReelDeck | null;
}

/** Tells the presenter's window, where there is one, what is shown, and does what it asks. */
export function usePresentation({ reel, shownId, deck }: PresentationOptions): void {
  const stateOf = useEffectEvent((): Presented => {
    const current = deck();
    const item = current?.item;
    const leftS = current && item ? Math.max(0, endOf(item) - current.video.currentTime) : 0;
    return { kind: 'shown', itemId: shownId, leftS, isPaused: current?.video.paused ?? true };
  });
  const hear = useEffectEvent((asked: Asked) => {
    if (asked.kind === 'step') deck()?.step(asked.by);
    else if (asked.kind === 'toggle') deck()?.toggle();
  });
  useEffect(() => {
    const channel = new BroadcastChannel(channelOf(reel.id));
    // Nobody is told anything until somebody has asked.
    let timer: ReturnType<typeof setInterval> | undefined;
    const tell = () => channel.postMessage(stateOf());
    channel.onmessage = ({ data }: MessageEvent<Asked | Presented>) => {
      if (data.kind === 'shown') return;
      hear(data);
      timer ??= setInterval(tell, EVERY_MS);
      tell();
    };
    return () => {
      clearInterval(timer);
      channel.close();
    };
  }, [reel.id]);
}
