'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { clipFacetsOptions, clipListOptions } from '#app/_client/clip-queries.ts';
import { type ClipQuery, clipQueryText } from '#app/_client/clip-query.ts';
import type { ClipFacetsJson } from '#lib/clips/clip-filter-schemas.ts';
import type { ClipListJson } from '#lib/clips/clip-schemas.ts';

/** What the server rendered the page with. */
export interface FirstLoad {
  /** The query that it answers, as `clipQueryText` writes it. */
  text: string;
  list: ClipListJson;
  facets: ClipFacetsJson;
  /** When the server read it, in milliseconds. */
  loadedAt: number;
}

/**
 * The list and the filters' values for a query. Where it is the query that the server answered, its answer is the
 * first content and nothing is fetched; pages that the cache still has (Back) win over it.
 */
export const useClipList = (query: ClipQuery, first: FirstLoad) => {
  const isFirst = clipQueryText(query) === first.text;
  const since = isFirst ? { initialDataUpdatedAt: first.loadedAt } : {};
  const list = useInfiniteQuery({
    ...clipListOptions(query),
    ...(isFirst ? { initialData: { pages: [first.list], pageParams: [null] }, ...since } : {}),
  });
  const facets = useQuery({
    ...clipFacetsOptions(query.filters),
    ...(isFirst ? { initialData: first.facets, ...since } : {}),
  });
  return { list, facets };
};
