import { infiniteQueryOptions, keepPreviousData, queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import { type ClipFacetsJson, MAX_OFFSET } from '#lib/clips/clip-filter-schemas.ts';
import type { ClipJson, ClipListJson, ClipPlaylists } from '#lib/clips/clip-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { type ClipQuery, clipQueryText, filterText, PAGE_SIZE } from './clip-query.ts';
import { queryKeys } from './query-keys.ts';
import { keepSignedUrls } from './signed-urls.ts';

/** One page of the list, by the cursor that the page before it gave (`null`: the first). */
export const fetchClipPage = (query: ClipQuery, cursor: string | null, signal?: AbortSignal): Promise<ClipListJson> => {
  const params = new URLSearchParams(clipQueryText(query));
  params.set('limit', String(PAGE_SIZE));
  if (cursor) params.set('cursor', cursor);
  return apiFetch<ClipListJson>(`/clips?${params}`, signal ? { signal } : {});
};

/** One clip with assets and tags. */
export const fetchClip = (clipId: string, signal?: AbortSignal): Promise<ClipJson> =>
  apiFetch<ClipJson>(`/clips/${encodeURIComponent(clipId)}`, signal ? { signal } : {});

/** The list, page after page. Kept for half an hour, so that Back finds every page that was loaded. */
export const clipListOptions = (query: ClipQuery) =>
  infiniteQueryOptions({
    queryKey: queryKeys.clipList(clipQueryText(query)),
    queryFn: ({ pageParam, signal }) => fetchClipPage(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    gcTime: 30 * 60_000,
    placeholderData: keepPreviousData,
    structuralSharing: (previous, next) => replaceEqualDeep(previous, keepSignedUrls(previous, next)),
  });

/** The first clips of a list after so many, as the page of a clip shows them: none where it is too deep. */
export const clipsAfterOptions = (query: ClipQuery, after: number, count: number) => {
  const text = clipQueryText(query);
  const params = new URLSearchParams(text);
  params.set('limit', String(count));
  params.set('offset', String(after));
  return queryOptions({
    queryKey: queryKeys.clipsAfter(text, after),
    queryFn: async ({ signal }) => {
      if (after > MAX_OFFSET) return [];
      return (await apiFetch<ClipListJson>(`/clips?${params}`, { signal })).clips;
    },
    placeholderData: keepPreviousData,
  });
};

/** No event tells how a line moves on: whoever looks at a clip that waits is told every few seconds. */
const LINE_EVERY_MS = 5000;

export const clipDetailOptions = (clipId: string) =>
  queryOptions({
    queryKey: queryKeys.clip(clipId),
    queryFn: ({ signal }) => fetchClip(clipId, signal),
    refetchInterval: ({ state }) => (state.data?.place_in_line === undefined ? false : LINE_EVERY_MS),
  });

/** How much of their life is left when what is signed is asked for anew. */
const EXPIRES_SOON_MS = 60_000;

/** The texts of a clip's playlists: those of a cut hold for as long as the clip does, those of a slice as long as its URLs. */
export const playlistsOptions = (clipId: string) =>
  queryOptions({
    queryKey: queryKeys.clipPlaylists(clipId),
    queryFn: ({ signal }) => apiFetch<ClipPlaylists>(`/clips/${encodeURIComponent(clipId)}/playlists`, { signal }),
    staleTime: ({ state: { data, dataUpdatedAt } }) => {
      if (!data?.expires_at) return Number.POSITIVE_INFINITY;
      return Math.max(0, Date.parse(data.expires_at) - EXPIRES_SOON_MS - dataUpdatedAt);
    },
  });

/** The values that each filter offers, counted under all the other filters. */
export const clipFacetsOptions = (filters: ClipQuery['filters']) => {
  const text = filterText(filters);
  return queryOptions({
    queryKey: queryKeys.clipFacets(text),
    queryFn: ({ signal }) => apiFetch<ClipFacetsJson>(`/clips/facets${text ? `?${text}` : ''}`, { signal }),
    placeholderData: keepPreviousData,
  });
};
