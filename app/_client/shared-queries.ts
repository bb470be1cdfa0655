import { queryOptions } from '@tanstack/react-query';
import type { ClipPlaylists } from '#lib/clips/clip-schemas.ts';
import type { SharedReelJson } from '#lib/links/shared-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';
import { textsLastMs, unlessGone } from './reel-queries.ts';

/** How often it is asked whether what cannot be played yet can. */
const UNREADY_MS = 30_000;

/** What a link shows now: asked for by the newest pass that it gave, with which it is no use of the link. */
export const sharedReelOptions = (first: SharedReelJson) => {
  const queryKey = queryKeys.sharedReel(first.pass);
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }) => {
      const { pass } = client.getQueryData<SharedReelJson>(queryKey) ?? first;
      return apiFetch<SharedReelJson>('/shared', { method: 'POST', body: { pass }, signal });
    },
    retry: unlessGone,
    refetchInterval: ({ state: { data } }) => (data?.items.some(({ playback }) => !playback) ? UNREADY_MS : false),
  });
};

/** The link's token is in the address of what it lets play. */
const tokenOf = (playlistUrl: string): string => new URL(playlistUrl).searchParams.get('token') ?? '';

/** The texts of the playlists of an item that a link shows. */
export const sharedPlaylistsOptions = (itemId: string, playlistUrl: string) => {
  const token = tokenOf(playlistUrl);
  return queryOptions({
    queryKey: queryKeys.sharedPlaylists(itemId, token),
    queryFn: ({ signal }) => apiFetch<ClipPlaylists>(`/shared/${itemId}/playlists?token=${token}`, { signal }),
    staleTime: textsLastMs,
  });
};

/** Tells that an item has begun to play through a link. */
export const tellSharedPlay = (itemId: string, playlistUrl: string): Promise<void> =>
  apiFetch<void>(`/shared/${itemId}/plays?token=${tokenOf(playlistUrl)}`, { method: 'POST' });
