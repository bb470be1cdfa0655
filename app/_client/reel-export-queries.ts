import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { ExportReel, ReelExportJson, ReelExportListJson } from '#lib/reel-exports/export-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';

export const isUnderWay = ({ status }: Pick<ReelExportJson, 'status'>): boolean =>
  status === 'pending' || status === 'processing';

/** The films of a reel, the newest first. Events tell how far they are (`LiveCache`). */
export const reelExportsOptions = (reelId: string) =>
  queryOptions({
    queryKey: queryKeys.reelExports(reelId),
    queryFn: async ({ signal }) => (await apiFetch<ReelExportListJson>(`/reels/${reelId}/exports`, { signal })).exports,
  });

/** Asks for a film. */
export const exportReelOptions = (client: QueryClient, reelId: string) =>
  mutationOptions({
    mutationFn: (options: ExportReel) =>
      apiFetch<ReelExportJson>(`/reels/${reelId}/export`, { method: 'POST', body: options }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.reelExports(reelId) }),
  });

/** Where the clips of a reel are fetched as one archive. */
export const reelArchiveHref = (reelId: string): string => `/api/v2/reels/${reelId}/download`;
