import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { tellReelPlay } from '#app/_client/reel-queries.ts';
import { arrivedAtMs, isOpenedByAddress } from '#app/(portal)/watch/_components/opened-by-address.ts';
import type { DeckItem } from './deck-item.ts';
import type { KeptItems } from './kept-items.ts';
import { type DeckState, ReelDeck } from './reel-deck.ts';
import { startOfReel } from './reel-source.ts';

const NOTHING: DeckState = {
  ...{ itemId: null, hasPicture: false, fault: null, isOver: false, isSilenced: false, framesPerSecond: null, turn: 0 },
};
const never = () => () => {};

interface DeckOptions {
  reelId: string;
  items: readonly DeckItem[];
  kept: KeptItems;
  /** The server's clock when it made the page, in ms. */
  servedAtMs: number;
  /** The item to begin with, where it is among them. */
  firstId: string | null;
}

/** The deck of a reel in an element of the page, for as long as that is there; with what is known of what it plays. */
export function useReelDeck(
  containerRef: RefObject<HTMLElement | null>,
  { reelId, items, kept, servedAtMs, firstId }: DeckOptions,
): { deck: ReelDeck | null; state: DeckState } {
  const client = useQueryClient();
  const [deck, setDeck] = useState<ReelDeck | null>(null);
  const open = useEffectEvent((container: HTMLElement) => {
    const arrivedMs = arrivedAtMs();
    const opened = new ReelDeck(container, {
      start: startOfReel(client, reelId, kept),
      serverNowMs: () => servedAtMs + performance.now() - arrivedMs,
      onPlaying: ({ clip }) => void tellReelPlay(reelId, clip.clip_id).catch(() => {}),
    });
    const first = items.find(({ id }) => id === firstId) ?? items[0];
    // Who came by a link has asked for no sound.
    const plays = !isOpenedByAddress();
    if (first) {
      opened.setItems([first]);
      opened.show(first.id, plays);
    }
    return opened;
  });
  useEffect(() => {
    const container = containerRef.current;
    if (!container) return;
    const opened = open(container);
    setDeck(opened);
    return () => {
      opened.stop();
      setDeck(null);
    };
  }, [containerRef]);
  useEffect(() => deck?.setItems(items), [deck, items]);
  const state = useSyncExternalStore(
    deck?.subscribe ?? never,
    () => deck?.state ?? NOTHING,
    () => NOTHING,
  );
  return { deck, state };
}
