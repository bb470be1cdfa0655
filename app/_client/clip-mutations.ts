import { type InfiniteData, mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ClipJson, ClipListJson, createClipSchema, PatchClip } from '#lib/clips/clip-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { isLost } from './bulk-clips.ts';
import { queryKeys } from './query-keys.ts';
import { keepClipUrls } from './signed-urls.ts';

/** What a form may send to `POST /clips`; the server's schema has the last word. */
export type CreateClipBody = z.input<typeof createClipSchema>;

const clipPath = (clipId: string) => `/clips/${encodeURIComponent(clipId)}`;

/** Writes newer versions of clips into every list and detail that the cache has of them. Order and pages stay. */
export const writeClips = (client: QueryClient, clips: readonly ClipJson[]): void => {
  const byId = new Map(clips.map((clip) => [clip.clip_id, clip]));
  const merged = (old: ClipJson): ClipJson => {
    const fresh = byId.get(old.clip_id);
    return fresh ? keepClipUrls(fresh, new Map(old.assets.map((asset) => [asset.id, asset]))) : old;
  };
  client.setQueriesData<InfiniteData<ClipListJson>>({ queryKey: queryKeys.clipLists }, (data) => {
    if (!data?.pages.some((page) => page.clips.some((clip) => byId.has(clip.clip_id)))) return data;
    return { ...data, pages: data.pages.map((page) => ({ ...page, clips: page.clips.map(merged) })) };
  });
  for (const clip of clips) {
    client.setQueryData<ClipJson>(queryKeys.clip(clip.clip_id), (old) => old && merged(old));
  }
};

/** Lists and counts may have changed in ways only the server knows. */
const refreshLists = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.clipLists }),
    client.invalidateQueries({ queryKey: queryKeys.allClipFacets }),
  ]);

const wrote = (client: QueryClient, clip: ClipJson) => {
  writeClips(client, [clip]);
  return refreshLists(client);
};

/** `useMutation(createClipOptions(useQueryClient()))`; `idempotencyKey` makes a repeated click safe. */
export const createClipOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ body, idempotencyKey }: { body: CreateClipBody; idempotencyKey?: string }) =>
      apiFetch<ClipJson>('/clips', {
        method: 'POST',
        body,
        ...(idempotencyKey ? { headers: { 'idempotency-key': idempotencyKey } } : {}),
      }),
    onSuccess: async (clip) => {
      await Promise.all([wrote(client, clip), client.invalidateQueries({ queryKey: queryKeys.masters })]);
    },
  });

/**
 * Marks a clip in a film: it is cut when nothing else waits, and plays meanwhile. What only the server knows is asked for
 * behind it, as the clip is to play at once. The key makes a repeated request the same one.
 */
export const markClipOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ body, key }: { body: CreateClipBody; masterId: string; key: string }) =>
      apiFetch<ClipJson>('/clips', {
        method: 'POST',
        body: { ...body, cut: 'later' },
        headers: { 'idempotency-key': key },
      }),
    retry: (failures, error) => failures < 2 && isLost(error),
    onSuccess: (clip, { masterId }) => {
      client.setQueryData(queryKeys.clip(clip.clip_id), clip);
      client.setQueryData<ClipListJson>(
        queryKeys.filmClips(masterId),
        (old) => old && { ...old, total: old.total + 1, clips: [...old.clips, clip] },
      );
      void refreshLists(client);
      void client.invalidateQueries({ queryKey: queryKeys.master(masterId) });
    },
  });

/** Takes back a clip that one has just marked in a master. */
export const undoClipOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ clipId }: { clipId: string; masterId: string }) =>
      apiFetch<void>(`${clipPath(clipId)}/undo`, { method: 'POST' }),
    onSuccess: (_answer, { clipId, masterId }) => {
      client.removeQueries({ queryKey: queryKeys.clip(clipId) });
      client.setQueryData<ClipListJson>(
        queryKeys.filmClips(masterId),
        (old) => old && { ...old, total: old.total - 1, clips: old.clips.filter(({ clip_id }) => clip_id !== clipId) },
      );
      void refreshLists(client);
      void client.invalidateQueries({ queryKey: queryKeys.master(masterId) });
    },
  });

/** `version` is the one that the form was filled from: 412 `stale_edit` when the clip was changed since. */
export const patchClipOptions = (client: QueryClient, clipId: string) =>
  mutationOptions({
    mutationFn: ({ patch, version }: { patch: PatchClip; version: string | null }) =>
      apiFetch<ClipJson>(clipPath(clipId), {
        method: 'PATCH',
        body: patch,
        headers: version === null ? {} : { 'if-match': `"${version}"` },
      }),
    onSuccess: async (clip) => {
      await wrote(client, clip);
    },
  });

export const deleteClipOptions = (client: QueryClient, clipId: string) =>
  mutationOptions({
    mutationFn: () => apiFetch<void>(clipPath(clipId), { method: 'DELETE' }),
    onSuccess: async () => {
      client.removeQueries({ queryKey: queryKeys.clip(clipId) });
      await Promise.all([refreshLists(client), client.invalidateQueries({ queryKey: queryKeys.masters })]);
    },
  });

const tagPath = (clipId: string, tag: string) => `${clipPath(clipId)}/tags/${encodeURIComponent(tag)}`;

/** The tag calls answer nothing that is needed here, so the clip is read again. */
const tagOptions = (client: QueryClient, clipId: string, method: 'PUT' | 'DELETE') =>
  mutationOptions({
    mutationFn: (tag: string) => apiFetch<unknown>(tagPath(clipId, tag), { method }),
    onSuccess: async () => {
      await Promise.all([client.invalidateQueries({ queryKey: queryKeys.clip(clipId) }), refreshLists(client)]);
    },
  });

export const addTagOptions = (client: QueryClient, clipId: string) => tagOptions(client, clipId, 'PUT');
export const removeTagOptions = (client: QueryClient, clipId: string) => tagOptions(client, clipId, 'DELETE');

/** Puts a failed clip in line again. The variable is the clip's id. */
/** Asks for the files of a clip that waits: it goes before those that nobody waits for. */
export const askForDownloadOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (clipId: string) => apiFetch<ClipJson>(`${clipPath(clipId)}/download`, { method: 'POST' }),
    onSuccess: (clip) => writeClips(client, [clip]),
  });

export const retryClipOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (clipId: string) => apiFetch<ClipJson>(`${clipPath(clipId)}/retry`, { method: 'POST' }),
    onSuccess: async (clip) => {
      await wrote(client, clip);
    },
  });
