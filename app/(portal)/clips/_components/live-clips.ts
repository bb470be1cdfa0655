import type { InfiniteData } from '@tanstack/react-query';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';

export type ClipPages = InfiniteData<ClipListJson>;

export const isUnfinished = (clip: ClipJson): boolean =>
  clip.processing_status === 'pending' || clip.processing_status === 'processing';

export interface PageToPoll {
  cursor: string | null;
  /** The clips of the page that are not done. */
  clipIds: string[];
}

const cursorOf = (pageParam: unknown): string | null => (typeof pageParam === 'string' ? pageParam : null);

/** The loaded pages that hold clips which are still being made. */
export const pagesToPoll = (data: ClipPages | undefined): PageToPoll[] =>
  (data?.pages ?? [])
    .map((page, index) => ({
      cursor: cursorOf(data?.pageParams[index]),
      clipIds: page.clips.filter(isUnfinished).map((clip) => clip.clip_id),
    }))
    .filter((page) => page.clipIds.length > 0);

/** The clips that were still being made in `before` and are done, well or badly, in `fresh`. */
export const finishedAmong = (before: ClipPages | undefined, fresh: readonly ClipJson[]): ClipJson[] => {
  const waiting = new Set(pagesToPoll(before).flatMap((page) => page.clipIds));
  return fresh.filter((clip) => waiting.has(clip.clip_id) && !isUnfinished(clip));
};

/** The list with the newest count: clips that are done may no longer fit its filters, and new ones may have come. */
export const withTotal = <Data extends ClipPages>(
  data: Data | undefined,
  total: number | undefined,
): Data | undefined =>
  data && total !== undefined ? { ...data, pages: data.pages.map((page) => ({ ...page, total })) } : data;
