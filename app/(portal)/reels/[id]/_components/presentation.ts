import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';

/** What the window of the presentation tells the presenter's, and asks of it nothing. */
export interface Presented {
  kind: 'shown';
  itemId: string | null;
  /** How much of the item is left, in seconds. */
  leftS: number;
  isPaused: boolean;
}

/** What the presenter's window asks for: to be told, or another item. */
export type Asked = { kind: 'ask' } | { kind: 'step'; by: 1 | -1 } | { kind: 'toggle' };

export const channelOf = (reelId: string): string => `heartbeat-reel-${reelId}`;

/** The item that is shown, and the one after it. */
export function nowAndNext(items: readonly ReelItemJson[], itemId: string | null) {
  const at = items.findIndex(({ id }) => id === itemId);
  return { at, now: items[at] ?? null, next: at < 0 ? null : (items[at + 1] ?? null) };
}
