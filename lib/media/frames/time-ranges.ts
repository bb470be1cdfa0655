import type { MasterFlaws, TimeRange } from '#lib/media/media-types.ts';

/** More than this tells a person nothing new: the file is broken throughout. */
const MAX_RANGES = 200;

/** Ranges that touch, or nearly, are one. */
const NEAR_S = 0.05;

const toMs = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** Both lists as one: ascending, what overlaps joined, to the millisecond, the first 200. */
export function joinRanges(...lists: (readonly TimeRange[])[]): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const { startS, endS } of lists.flat().toSorted((a, b) => a.startS - b.startS)) {
    const before = joined.at(-1);
    if (before && startS <= before.endS + NEAR_S) before.endS = Math.max(before.endS, toMs(endS));
    else joined.push({ startS: toMs(startS), endS: toMs(endS) });
  }
  return joined.slice(0, MAX_RANGES);
}

/** What is known of a master, with what was found besides. */
export const joinFlaws = (known: MasterFlaws, { gaps = [], damage = [] }: Partial<MasterFlaws>): MasterFlaws => ({
  gaps: joinRanges(known.gaps, gaps),
  damage: joinRanges(known.damage, damage),
});
