'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '#app/_client/api-fetch.ts';
import { writeClips } from '#app/_client/clip-mutations.ts';
import { clipListOptions, fetchClip, fetchClipPage } from '#app/_client/clip-queries.ts';
import { type ClipQuery, clipQueryText } from '#app/_client/clip-query.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { type ClipPages, finishedAmong, type PageToPoll, pagesToPoll, withTotal } from './live-clips.ts';

const POLL_MS = 2_000;

/**
 * The newest state of a page's unfinished clips. One request tells of all of them; a clip that has moved off that
 * page since (new ones came in above, or it no longer fits the filters) is asked for by itself. A deleted one is
 * left out.
 */
const refreshPage = async (query: ClipQuery, page: PageToPoll, signal: AbortSignal) => {
  const { clips, total } = await fetchClipPage(query, page.cursor, signal);
  const there = new Set(clips.map((clip) => clip.clip_id));
  const moved = await Promise.all(
    page.clipIds
      .filter((id) => !there.has(id))
      .map((id) =>
        fetchClip(id, signal).catch((error: unknown) => {
          if (error instanceof ApiError && error.status === 404) return null;
          throw error;
        }),
      ),
  );
  return { clips: [...clips, ...moved.filter((clip) => clip !== null)], total };
};

/**
 * Follows the clips of the list that are still being made, every two seconds while there are any and the tab is
 * seen. Rows are updated where they stand; nothing moves. `onFinished` hears of those that are done.
 */
export const useLiveClips = (
  query: ClipQuery,
  data: ClipPages | undefined,
  onFinished: (clips: ClipJson[]) => void,
): void => {
  const client = useQueryClient();
  useQuery({
    queryKey: queryKeys.liveClips(clipQueryText(query)),
    enabled: pagesToPoll(data).length > 0,
    refetchInterval: POLL_MS,
    initialData: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) => {
      const { queryKey } = clipListOptions(query);
      const pages = pagesToPoll(client.getQueryData(queryKey));
      const answers = await Promise.all(pages.map((page) => refreshPage(query, page, signal)));
      const fresh = answers.flatMap((answer) => answer.clips);
      const finished = finishedAmong(client.getQueryData(queryKey), fresh);
      writeClips(client, fresh);
      client.setQueryData(queryKey, (old) => withTotal(old, answers.at(-1)?.total));
      const gone = pages.flatMap((page) => page.clipIds).some((id) => !fresh.some((clip) => clip.clip_id === id));
      if (gone) void client.invalidateQueries({ queryKey: queryKeys.clipLists });
      if (finished.length > 0) {
        void client.invalidateQueries({ queryKey: queryKeys.allClipFacets });
        onFinished(finished);
      }
      return fresh.length;
    },
  });
};
