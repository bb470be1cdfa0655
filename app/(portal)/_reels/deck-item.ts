import type { ReelClipJson, ReelItemJson } from '#lib/reels/reel-schemas.ts';

/** What a deck plays: an item, or a clip of a list. */
export interface DeckItem {
  id: string;
  clip: Pick<ReelClipJson, 'clip_id' | 'duration_s' | 'playback'>;
  /** From the clip's own beginning, in seconds. */
  inS: number;
  /** `null`: to the clip's end. */
  outS: number | null;
  note: string | null;
}

/** The items that can be played, in their order. */
export const deckItemsOf = (items: readonly ReelItemJson[]): DeckItem[] =>
  items.flatMap(({ id, clip, in_s, out_s, note }) =>
    clip?.playback ? { id, clip, inS: in_s ?? 0, outS: out_s, note } : [],
  );

export const endOf = ({ clip, outS }: Pick<DeckItem, 'clip' | 'outS'>): number => outS ?? clip.duration_s;
