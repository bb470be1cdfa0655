import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClipListJson } from '#lib/clips/clip-schemas.ts';
import type { MasterJson, MasterListJson, MasterPlaybackJson } from '#lib/masters/master-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { type MasterQuery, masterQueryText } from './master-query.ts';
import { queryKeys } from './query-keys.ts';

export const masterPath = (masterId: string): string => `/masters/${encodeURIComponent(masterId)}`;

/** One page of the masters. */
export const masterListOptions = (query: MasterQuery) => {
  const text = masterQueryText(query);
  return queryOptions({
    queryKey: queryKeys.masterList(text),
    queryFn: ({ signal }) => apiFetch<MasterListJson>(`/masters?${text}`, { signal }),
    placeholderData: keepPreviousData,
  });
};

/** The deleted masters: those of a few games at most, so all of them at once. */
export const MASTER_TRASH_INPUT = { deleted: 'true', limit: '500' } as const;
export const masterTrashOptions = () =>
  queryOptions({
    queryKey: queryKeys.masterTrash,
    queryFn: ({ signal }) =>
      apiFetch<MasterListJson>(`/masters?${new URLSearchParams(MASTER_TRASH_INPUT)}`, { signal }),
  });

/** One master, with the URL to watch it. */
export const masterDetailOptions = (masterId: string) =>
  queryOptions({
    queryKey: queryKeys.master(masterId),
    queryFn: ({ signal }) => apiFetch<MasterJson>(masterPath(masterId), { signal }),
  });

/** Where a master is watched, and how far: asked again whenever an event of it comes. 404 while nothing can be played. */
export const masterPlaybackOptions = (masterId: string) =>
  queryOptions({
    queryKey: queryKeys.masterPlayback(masterId),
    queryFn: ({ signal }) => apiFetch<MasterPlaybackJson>(`${masterPath(masterId)}/playback`, { signal }),
    // Its URL works for longer, and who plays it renews it.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How many clips of a film stand beside it: as many as a page of the API has. */
export const FILM_CLIPS_LIMIT = 500;

/** The clips of a film in order of time, without their files: what is played is asked for by itself. */
export const filmClipsInput = (masterId: string) =>
  ({ master_id: masterId, sort: 'game', include: 'tags', limit: String(FILM_CLIPS_LIMIT) }) as const;
export const filmClipsOptions = (masterId: string) =>
  queryOptions({
    queryKey: queryKeys.filmClips(masterId),
    queryFn: ({ signal }) =>
      apiFetch<ClipListJson>(`/clips?${new URLSearchParams(filmClipsInput(masterId))}`, { signal }),
  });

/** How many clips of a master are shown below it; the clip browser shows all. */
export const MASTER_CLIPS_LIMIT = 200;

/** The clips of a master, newest first. */
export const masterClipsOptions = (masterId: string) =>
  queryOptions({
    queryKey: [...queryKeys.master(masterId), 'clips'] as const,
    queryFn: ({ signal }) =>
      apiFetch<ClipListJson>(`/clips?master_id=${encodeURIComponent(masterId)}&limit=${MASTER_CLIPS_LIMIT}`, {
        signal,
      }),
  });
