import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ClipListJson } from '#lib/clips/clip-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';

/** What the trash asks of `GET /clips`. */
export const TRASH_QUERY = { deleted: 'true', limit: '60' } as const;

/** The deleted clips, page after page. */
export const trashOptions = () =>
  infiniteQueryOptions({
    queryKey: queryKeys.trash,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ ...TRASH_QUERY, ...(pageParam ? { cursor: pageParam } : {}) });
      return apiFetch<ClipListJson>(`/clips?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
