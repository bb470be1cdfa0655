import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';
import { queryKeys } from './query-keys.ts';

/** A clip of the lists that are loaded, as they have it. */
export function knownClip(queryClient: QueryClient, clipId: string): ClipJson | undefined {
  const lists = queryClient.getQueriesData<InfiniteData<ClipListJson>>({ queryKey: queryKeys.clipLists });
  const pages = lists.flatMap(([, list]) => list?.pages ?? []);
  return pages.flatMap(({ clips }) => clips).find((clip) => clip.clip_id === clipId);
}
