import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ClippedPlaysJson, clipPlaysSchema } from '#lib/plays/clip-plays-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';

/** What `POST /plays/clips` takes of plays that are named one by one. */
export type ClipPlaysBody = Pick<
  z.input<typeof clipPlaysSchema>,
  'play_ids' | 'lead_s' | 'lag_s' | 'merge_within_s' | 'dry_run'
>;

const send = (body: ClipPlaysBody, signal?: AbortSignal): Promise<ClippedPlaysJson> =>
  apiFetch<ClippedPlaysJson>('/plays/clips', { method: 'POST', body, ...(signal ? { signal } : {}) });

/** What would be made of plays, and why not of all. */
export const plannedClipsOptions = (body: ClipPlaysBody) =>
  queryOptions({
    queryKey: queryKeys.plannedClips(body),
    queryFn: ({ signal }) => send({ ...body, dry_run: true }, signal),
    gcTime: 0,
    staleTime: 0,
  });

/** Says in the lists that the cache has which clip a play is in; `null`: in none any more. */
function writeClipsOfPlays(client: QueryClient, clipOf: ReadonlyMap<number, string | null>): void {
  client.setQueriesData<PlayJson[]>({ queryKey: queryKeys.playLists }, (plays) =>
    plays?.map((play) => {
      const clipId = clipOf.get(play.id);
      return clipId === undefined ? play : { ...play, clip_id: clipId };
    }),
  );
}

const refreshClips = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.clipLists }),
    client.invalidateQueries({ queryKey: queryKeys.allClipFacets }),
  ]);

/** Makes clips of plays, each once whatever the repeats. */
export const clipPlaysOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: ClipPlaysBody) => send(body),
    onSuccess: ({ planned, clips }) => {
      const made = planned.flatMap(({ play_ids }, index) =>
        play_ids.map((id): [number, string | null] => [id, clips[index]?.clip_id ?? null]),
      );
      writeClipsOfPlays(client, new Map(made));
      void refreshClips(client);
    },
  });

/** Takes back clips that one has just made. */
export const undoClipPlaysOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (made: ReadonlyMap<number, string>) =>
      Promise.all(
        [...new Set(made.values())].map((clipId) =>
          apiFetch<void>(`/clips/${encodeURIComponent(clipId)}/undo`, { method: 'POST' }),
        ),
      ),
    onSuccess: (_answers, made) => {
      writeClipsOfPlays(client, new Map([...made.keys()].map((id): [number, null] => [id, null])));
      void refreshClips(client);
    },
  });
