import { type RefObject, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { arrivedAtMs, isOpenedByAddress } from '#app/(portal)/watch/_components/opened-by-address.ts';
import type { DeckItem } from './deck-item.ts';
import { type DeckState, ReelDeck } from './reel-deck.ts';
import type { StartItem } from './reel-source.ts';

const NOTHING: DeckState = {
  ...{ itemId: null, hasPicture: false, fault: null, isOver: false, isSilenced: false, framesPerSecond: null, turn: 0 },
};
const never = () => () => {};

interface DeckOptions {
  items: readonly DeckItem[];
  start: StartItem;
  /** Told when an item begins to play. */
  onPlaying?: (item: DeckItem) => void;
  /** The server's clock when it made the page, in ms. */
  servedAtMs: number;
  /** The item to begin with, where it is among them. */
  firstId: string | null;
}

/** The deck of a reel in an element of the page, for as long as that is there; with what is known of what it plays. */
export function useReelDeck(
  containerRef: RefObject<HTMLElement | null>,
  { items, start, onPlaying, servedAtMs, firstId }: DeckOptions,
): { deck: ReelDeck | null; state: DeckState } {
  const tellPlaying = useEffectEvent((item: DeckItem) => onPlaying?.(item));
  const [deck, setDeck] = useState<ReelDeck | null>(null);
  const open = useEffectEvent((container: HTMLElement) => {
    const arrivedMs = arrivedAtMs();
    const opened = new ReelDeck(container, {
      start,
      serverNowMs: () => servedAtMs + performance.now() - arrivedMs,
      onPlaying: (item) => tellPlaying(item),
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
