import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { BulkClipsBody, BulkResultJson } from '#lib/clips/bulk-schemas.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { MAX_BATCH } from '#lib/clips/clip-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { type ClipQuery, filterInput } from './clip-query.ts';
import { queryKeys } from './query-keys.ts';

/** The clips that a change is for: ticked ones, or all that a list's filters find. */
export type BulkTarget = { clipIds: readonly string[] } | { filters: ClipQuery['filters'] };

export type BulkChange = { action: 'add_tags' | 'remove_tags'; tags: string[] } | { action: 'delete' | 'restore' };

const chunksOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MAX_BATCH) }, (_, k) => ids.slice(k * MAX_BATCH, (k + 1) * MAX_BATCH));

/** The named clips as the API takes them, in as many requests as they need. */
function targetsOf(target: BulkTarget): Pick<BulkClipsBody, 'clip_ids' | 'filter'>[] {
  if ('clipIds' in target) return chunksOf(target.clipIds).map((clip_ids) => ({ clip_ids }));
  const { period, ...filter } = filterInput(target.filters);
  return [{ filter: { ...filter, ...(period === undefined ? {} : { period: [period].flat().map(Number) }) } }];
}

/** Changes clips, or with `dryRun` counts what would change. */
export async function changeClips(
  target: BulkTarget,
  change: BulkChange,
  dryRun: boolean,
): Promise<Pick<BulkResultJson, 'matched' | 'changed'>> {
  const sum = { matched: 0, changed: 0 };
  for (const named of targetsOf(target)) {
    const { matched, changed } = await apiFetch<BulkResultJson>('/clips/bulk', {
      method: 'POST',
      body: { ...change, ...named, dry_run: dryRun },
    });
    sum.matched += matched;
    sum.changed += changed;
  }
  return sum;
}

/** Whatever was known of clips may have changed. */
export const refreshClips = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.clips }),
    client.invalidateQueries({ queryKey: queryKeys.masters }),
  ]);

export const bulkClipsOptions = (client: QueryClient, target: BulkTarget) =>
  mutationOptions({
    mutationFn: (change: BulkChange) => changeClips(target, change, false),
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
