import type { InfiniteData, Query } from '@tanstack/react-query';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';
import type { MasterJson, MasterListJson, PreparationJson } from '#lib/masters/master-schemas.ts';
import type { ReelExportJson } from '#lib/reel-exports/export-schemas.ts';
import { isUnderWay } from './reel-export-queries.ts';

/** Of a page that the server makes anew. */
export interface PageState {
  /** Whether it shows something that is still being made. */
  isUnfinished: boolean;
}

type Cached = Partial<InfiniteData<ClipListJson> & ClipListJson & MasterListJson & ClipJson & MasterJson & PageState>;

/** The clips that an answer holds, whatever it is of. */
export const clipsOf = (data: unknown): ClipJson[] => {
  const { pages, clips, clip_id } = (data ?? {}) as Cached;
  if (pages) return pages.flatMap((page) => page.clips ?? []);
  return clips ?? (clip_id ? [data as ClipJson] : []);
};

export const isUnfinished = ({ processing_status }: ClipJson): boolean =>
  processing_status === 'pending' || processing_status === 'processing';

/** Whether more of a master will be watchable by itself. */
export const isPreparing = (preparation: PreparationJson | null | undefined): boolean =>
  preparation?.status === 'pending' || preparation?.status === 'running';

/** Whether a query's answer holds something that is still being made. */
export const hasUnfinished = ({ queryKey, state }: Query): boolean => {
  if (queryKey[0] === 'reel exports') return Boolean((state.data as ReelExportJson[] | undefined)?.some(isUnderWay));
  // Others count, under the same names, what clips and masters list.
  if (queryKey[0] !== 'clips' && queryKey[0] !== 'masters') return false;
  const { masters, status, preparation, isUnfinished: isPageUnfinished } = (state.data ?? {}) as Cached;
  if (isPageUnfinished || isPreparing(preparation)) return true;
  const uploading = status === 'uploading' || masters?.some((master) => master.status === 'uploading');
  return Boolean(uploading) || clipsOf(state.data).some(isUnfinished);
};
