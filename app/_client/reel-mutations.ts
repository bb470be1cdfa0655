import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AddedItemsJson, createReelSchema, patchReelSchema, ReelJson } from '#lib/reels/reel-schemas.ts';
import { apiFetch, isApiError } from './api-fetch.ts';
import { isLost } from './bulk-clips.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { queryKeys } from './query-keys.ts';
import { itemsBody, type ReelChange, withChange } from './reel-changes.ts';
import { fetchReel } from './reel-queries.ts';

export type CreateReelBody = z.input<typeof createReelSchema>;
export type PatchReelBody = z.input<typeof patchReelSchema>;

const keep = (client: QueryClient, reel: ReelJson): void => {
  client.setQueryData<ReelJson>(queryKeys.reel(reel.id), reel);
  void client.invalidateQueries({ queryKey: queryKeys.reelLists });
};

export const createReelOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ body, key }: { body: CreateReelBody; key: string }) =>
      apiFetch<ReelJson>('/reels', { method: 'POST', body, headers: { 'idempotency-key': key } }),
    retry: (failures, error) => failures < 2 && isLost(error),
    onSuccess: (reel) => keep(client, reel),
  });

/** What `createReelOptions` is given; a repeated request is the same one. */
export const newReel = (body: CreateReelBody) => ({ body, key: newIdempotencyKey() });

/** Puts clips at the end of a reel; whatever others do to it meanwhile stays. */
export const addToReel = (reelId: string, clipIds: readonly string[]): Promise<AddedItemsJson> =>
  apiFetch<AddedItemsJson>(`/reels/${reelId}/items`, {
    method: 'POST',
    body: { clip_ids: [...clipIds] },
    headers: { 'idempotency-key': newIdempotencyKey() },
  });

/** How often a change is made again on what others have changed meanwhile. */
const MOST_TRIES = 5;
const isStale = (error: unknown): boolean => isApiError(error) && error.status === 412;

/** Sends what a reel is to be, from the version that is known; where others were faster, from theirs. */
async function onNewest(reel: ReelJson, send: (known: ReelJson) => Promise<ReelJson>): Promise<ReelJson> {
  let known = reel;
  for (let tries = 1; ; tries++) {
    try {
      return await send(known);
    } catch (error) {
      if (!isStale(error) || tries === MOST_TRIES) throw error;
      known = await fetchReel(reel.id);
    }
  }
}

const ifMatch = ({ version }: ReelJson) => ({ 'if-match': `"${version}"` });

/** Makes one change of the items, on whatever order the reel has by then: nothing of anybody's is lost. */
export const changeItems = (reel: ReelJson, change: ReelChange): Promise<ReelJson> =>
  onNewest(reel, (known) =>
    apiFetch<ReelJson>(`/reels/${known.id}/items`, {
      method: 'PUT',
      body: itemsBody(withChange(known.items, change)),
      headers: ifMatch(known),
    }),
  );

/** Changes what a reel says, and to whom it is shown: only what is named. */
export const patchReel = (reel: ReelJson, patch: PatchReelBody): Promise<ReelJson> =>
  onNewest(reel, (known) =>
    apiFetch<ReelJson>(`/reels/${known.id}`, { method: 'PATCH', body: patch, headers: ifMatch(known) }),
  );

export const deleteReelOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id }: Pick<ReelJson, 'id'>) => apiFetch<void>(`/reels/${id}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.reelLists }),
  });
