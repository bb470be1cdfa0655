import type { PlaybackJson } from '#lib/clips/clip-schemas.ts';
import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';

/** What an item is played from. */
export interface DeckPlayback extends Pick<PlaybackJson, 'kind' | 'url' | 'expires_at' | 'offset_s' | 'duration_s'> {
  /** Whether the URL leads to a file rather than to a playlist. */
  is_file?: boolean;
}

/** What a deck plays: an item, or a clip of a list. */
export interface DeckItem {
  id: string;
  /** Through a link, by which no clip is named, it has the item's own id. */
  clip: { clip_id: string; duration_s: number; playback: DeckPlayback | null };
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
