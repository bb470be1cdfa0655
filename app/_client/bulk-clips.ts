import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { BulkClipsBody, BulkResultJson } from '#lib/clips/bulk-schemas.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { MAX_BATCH } from '#lib/clips/clip-schemas.ts';
import { apiFetch, isApiError } from './api-fetch.ts';
import { type ClipQuery, filterInput } from './clip-query.ts';
import { queryKeys } from './query-keys.ts';

/** The clips that a change is for: ticked ones, all that a list's filters find, or what one delete took. */
export type BulkTarget =
  | { clipIds: readonly string[] }
  | { filters: ClipQuery['filters'] }
  | { deletions: readonly string[] };

export type BulkChange =
  | { action: 'add_tags' | 'remove_tags'; tags: string[] }
  | { action: 'replace_tag'; tag: string; with: string }
  | { action: 'delete' | 'restore' };

export interface BulkSum {
  matched: number;
  changed: number;
  /** What was deleted, by name, for a restore. */
  deletions: string[];
}

const chunksOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MAX_BATCH) }, (_, k) => ids.slice(k * MAX_BATCH, (k + 1) * MAX_BATCH));

type Named = Pick<BulkClipsBody, 'clip_ids' | 'filter'> & { deleted_at?: string };

/** The named clips as the API takes them, in as many requests as they need. */
function targetsOf(target: BulkTarget): Named[] {
  if ('clipIds' in target) return chunksOf(target.clipIds).map((clip_ids) => ({ clip_ids }));
  if ('deletions' in target) return target.deletions.map((deleted_at) => ({ deleted_at }));
  const { period, ...filter } = filterInput(target.filters);
  return [{ filter: { ...filter, ...(period === undefined ? {} : { period: [period].flat().map(Number) }) } }];
}

async function sendBulk(target: BulkTarget, change: BulkChange, key: string | null): Promise<BulkSum> {
  const sum: BulkSum = { matched: 0, changed: 0, deletions: [] };
  for (const [part, named] of targetsOf(target).entries()) {
    const { matched, changed, deleted_at } = await apiFetch<BulkResultJson>('/clips/bulk', {
      method: 'POST',
      body: { ...change, ...named, dry_run: key === null },
      headers: key === null ? {} : { 'idempotency-key': `${key}.${part}` },
    });
    sum.matched += matched;
    sum.changed += changed;
    if (deleted_at) sum.deletions.push(deleted_at);
  }
  return sum;
}

/** Counts what a change would do. */
export const countChange = (target: BulkTarget, change: BulkChange): Promise<BulkSum> => sendBulk(target, change, null);

/** Whatever was known of clips may have changed. */
const refreshClips = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.clips }),
    client.invalidateQueries({ queryKey: queryKeys.masters }),
  ]);

/** An answer that was lost, or is not there yet: asked for again, the key makes it the same request. */
export const isLost = (error: Error): boolean =>
  !isApiError(error) || error.status === 0 || error.status >= 500 || error.problem.code === 'request_in_progress';

/** Changes clips. `key` is made once for each thing that somebody means to do (`newIdempotencyKey`). */
export const bulkClipsOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ target, change, key }: { target: BulkTarget; change: BulkChange; key: string }) =>
      sendBulk(target, change, key),
    retry: (failures, error) => failures < 2 && isLost(error),
    onSettled: async () => {
      await refreshClips(client);
    },
  });

/** Takes one clip out of the trash. The variable is the clip's id. */
export const restoreClipOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (clipId: string) =>
      apiFetch<ClipJson>(`/clips/${encodeURIComponent(clipId)}/restore`, { method: 'POST' }),
    onSettled: async () => {
      await refreshClips(client);
    },
  });
