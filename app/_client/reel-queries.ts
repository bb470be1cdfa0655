import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClipPlaylists } from '#lib/clips/clip-schemas.ts';
import type { ReelJson, ReelListJson } from '#lib/reels/reel-schemas.ts';
import { apiFetch, isApiError } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';
import { type ReelQuery, reelListInput } from './reel-query.ts';

const fetchPage = (input: Record<string, string>, signal: AbortSignal) =>
  apiFetch<ReelListJson>(`/reels?${new URLSearchParams(input)}`, { signal });

/** The list of reels, page after page. */
export const reelListOptions = (query: ReelQuery) =>
  infiniteQueryOptions({
    queryKey: queryKeys.reelList(JSON.stringify(reelListInput(query))),
    queryFn: ({ pageParam, signal }) =>
      fetchPage({ ...reelListInput(query), ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    gcTime: 30 * 60_000,
    placeholderData: keepPreviousData,
  });

/** How many reels are new to the reader. */
export const newReelsOptions = () =>
  queryOptions({
    queryKey: queryKeys.newReels,
    queryFn: async ({ signal }) => (await fetchPage({ for_me: 'true', limit: '1' }, signal)).new_count,
    staleTime: 60_000,
  });

/** Reels that one may put clips into, the newest first. */
export const openableReelsOptions = (q: string) =>
  queryOptions({
    queryKey: [...queryKeys.reelLists, 'openable', q] as const,
    queryFn: async ({ signal }) =>
      (await fetchPage({ limit: '30', ...(q === '' ? {} : { q }) }, signal)).reels.filter(({ may_edit }) => may_edit),
    placeholderData: keepPreviousData,
  });

export const fetchReel = (id: string, signal?: AbortSignal): Promise<ReelJson> =>
  apiFetch<ReelJson>(`/reels/${id}`, signal ? { signal } : {});

/** What is not shown any more is not asked for again. */
export const unlessGone = (failures: number, error: Error): boolean =>
  failures < 2 && !(isApiError(error) && error.status === 404);

export const reelOptions = (id: string) =>
  queryOptions({
    queryKey: queryKeys.reel(id),
    queryFn: ({ signal }) => fetchReel(id, signal),
    retry: unlessGone,
  });

const shownPath = (reelId: string, clipId: string) => `/reels/${reelId}/clips/${encodeURIComponent(clipId)}`;

/** How much of their life is left when what is signed is asked for anew. */
const EXPIRES_SOON_MS = 60_000;

/** For how long signed texts of playlists are good still, in ms. */
export const textsLastMs = ({
  state,
}: {
  state: { data: ClipPlaylists | undefined; dataUpdatedAt: number };
}): number =>
  state.data?.expires_at ? Math.max(0, Date.parse(state.data.expires_at) - EXPIRES_SOON_MS - state.dataUpdatedAt) : 0;

/** The texts of the playlists of a clip that a reel shows. */
export const reelPlaylistsOptions = (reelId: string, clipId: string) =>
  queryOptions({
    queryKey: queryKeys.reelPlaylists(reelId, clipId),
    queryFn: ({ signal }) => apiFetch<ClipPlaylists>(`${shownPath(reelId, clipId)}/playlists`, { signal }),
    staleTime: textsLastMs,
  });

/** Tells that a clip has begun to play in a reel. */
export const tellReelPlay = (reelId: string, clipId: string): Promise<void> =>
  apiFetch<void>(`${shownPath(reelId, clipId)}/plays`, { method: 'POST' });

/** Tells that the reader has opened a reel. */
export const tellReelOpened = (id: string): Promise<void> => apiFetch<void>(`/reels/${id}/opens`, { method: 'POST' });
