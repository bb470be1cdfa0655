import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { ExportReel, ReelExportJson, ReelExportListJson } from '#lib/reel-exports/export-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';

/** How often is looked how far a film is: no event tells of it. */
const LOOK_EVERY_MS = 1500;

export const isUnderWay = ({ status }: Pick<ReelExportJson, 'status'>): boolean =>
  status === 'pending' || status === 'processing';

/** The films of a reel, the newest first; looked at again while one is being made. */
export const reelExportsOptions = (reelId: string) =>
  queryOptions({
    queryKey: queryKeys.reelExports(reelId),
    queryFn: async ({ signal }) => (await apiFetch<ReelExportListJson>(`/reels/${reelId}/exports`, { signal })).exports,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? LOOK_EVERY_MS : false),
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
