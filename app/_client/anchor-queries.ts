import { queryOptions } from '@tanstack/react-query';
import type { Anchor, AnchorListJson } from '#lib/plays/anchor-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { masterPath } from './master-queries.ts';
import { queryKeys } from './query-keys.ts';

/** The moments that tie the clocks of periods to a master. */
export const anchorsOptions = (masterId: string) =>
  queryOptions({
    queryKey: queryKeys.anchors(masterId),
    queryFn: ({ signal }) => apiFetch<AnchorListJson>(`${masterPath(masterId)}/anchors`, { signal }),
  });

/** Sets all anchors of a master. 412 `stale_edit` when somebody else has set some since that version. */
export const putAnchors = (masterId: string, anchors: readonly Anchor[], version: string) =>
  apiFetch<AnchorListJson>(`${masterPath(masterId)}/anchors`, {
    ...{ method: 'PUT', body: anchors, headers: { 'if-match': `"${version}"` } },
  });
