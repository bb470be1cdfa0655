import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { createLinkSchema, LinkListJson, NewLinkJson } from '#lib/links/link-schemas.ts';
import type { ViewsJson } from '#lib/views/view-schemas.ts';
import { apiFetch } from './api-fetch.ts';

type CreateLinkBody = z.input<typeof createLinkSchema>;

const LINKS = ['links'] as const;

export const reelLinksOptions = (reelId: string) =>
  queryOptions({
    queryKey: [...LINKS, 'reel', reelId],
    queryFn: ({ signal }) => apiFetch<LinkListJson>(`/reels/${reelId}/links`, { signal }),
  });

export const allLinksOptions = () =>
  queryOptions({
    queryKey: [...LINKS, 'all'],
    queryFn: ({ signal }) => apiFetch<LinkListJson>('/links?limit=500', { signal }),
  });

export const createLinkOptions = (client: QueryClient, reelId: string) =>
  mutationOptions({
    mutationFn: (body: CreateLinkBody) => apiFetch<NewLinkJson>(`/reels/${reelId}/links`, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: LINKS }),
  });

export const revokeLinkOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (linkId: string) => apiFetch<void>(`/links/${linkId}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: LINKS }),
  });

/** Who watched changes all the time: it is asked for anew whenever somebody looks. */
export const viewsOptions = (of: { reelId: string } | { clipId: string }) => {
  const path = 'reelId' in of ? `/reels/${of.reelId}/views` : `/clips/${encodeURIComponent(of.clipId)}/views`;
  return queryOptions({
    queryKey: ['views', path],
    queryFn: ({ signal }) => apiFetch<ViewsJson>(path, { signal }),
    staleTime: 0,
  });
};
