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

export const reelOptions = (id: string) =>
  queryOptions({
    queryKey: queryKeys.reel(id),
    queryFn: ({ signal }) => fetchReel(id, signal),
    // One that is not shown any more is not asked for again.
    retry: (failures, error) => failures < 2 && !(isApiError(error) && error.status === 404),
  });

const shownPath = (reelId: string, clipId: string) => `/reels/${reelId}/clips/${encodeURIComponent(clipId)}`;

/** How much of their life is left when what is signed is asked for anew. */
const EXPIRES_SOON_MS = 60_000;

/** The texts of the playlists of a clip that a reel shows. */
export const reelPlaylistsOptions = (reelId: string, clipId: string) =>
  queryOptions({
    queryKey: queryKeys.reelPlaylists(reelId, clipId),
    queryFn: ({ signal }) => apiFetch<ClipPlaylists>(`${shownPath(reelId, clipId)}/playlists`, { signal }),
    staleTime: ({ state: { data, dataUpdatedAt } }) =>
      data?.expires_at ? Math.max(0, Date.parse(data.expires_at) - EXPIRES_SOON_MS - dataUpdatedAt) : 0,
  });

/** Tells that a clip has begun to play in a reel. */
export const tellReelPlay = (reelId: string, clipId: string): Promise<void> =>
  apiFetch<void>(`${shownPath(reelId, clipId)}/plays`, { method: 'POST' });

/** Tells that the reader has opened a reel. */
export const tellReelOpened = (id: string): Promise<void> => apiFetch<void>(`/reels/${id}/opens`, { method: 'POST' });
