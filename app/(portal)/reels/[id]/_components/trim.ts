import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';

export type Trim = Pick<ReelItemJson, 'in_s' | 'out_s'>;

/** Frames are shorter, and seconds are told in milliseconds. */
const SAME_S = 0.005;
const toMilliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;

/** An item with one end at a moment of its clip; `null` where the other end lies before it. */
export function withEnd(
  { clip, in_s, out_s }: Pick<ReelItemJson, 'clip' | 'in_s' | 'out_s'>,
  end: 'in' | 'out',
  atS: number,
): Trim | null {
  if (!clip) return null;
  const fromS = end === 'in' ? Math.max(0, toMilliseconds(atS)) : (in_s ?? 0);
  const toS = end === 'out' ? Math.min(clip.duration_s, toMilliseconds(atS)) : (out_s ?? clip.duration_s);
  if (toS - fromS < SAME_S) return null;
  // Whatever is not cut off is not said: a clip whose own ends move later keeps them.
  return {
    in_s: end === 'in' ? (fromS < SAME_S ? null : fromS) : in_s,
    out_s: end === 'out' ? (clip.duration_s - toS < SAME_S ? null : toS) : out_s,
  };
}
