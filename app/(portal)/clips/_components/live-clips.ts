import type { InfiniteData } from '@tanstack/react-query';
import { isUnfinished } from '#app/_client/unfinished.ts';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';

export type ClipPages = InfiniteData<ClipListJson>;

const clipsOf = (data: ClipPages | undefined): ClipJson[] => data?.pages.flatMap((page) => page.clips) ?? [];

/** The clips that were still being made in `before` and are done, well or badly, in `now`. */
export const finishedSince = (before: ClipPages | undefined, now: ClipPages | undefined): ClipJson[] => {
  const waiting = new Set(
    clipsOf(before)
      .filter(isUnfinished)
      .map((clip) => clip.clip_id),
  );
  return clipsOf(now).filter((clip) => waiting.has(clip.clip_id) && !isUnfinished(clip));
};
