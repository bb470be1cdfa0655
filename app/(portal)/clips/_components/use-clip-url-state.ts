'use client';

import { parseAsNativeArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { type ClipQuery, DEFAULT_SORT, type FilterPatch, inOrder, readClipQuery } from '#app/_client/clip-query.ts';
import { byFacet, type ClipSort, FILTER_NAMES } from '#lib/clips/clip-filter-schemas.ts';

export const VIEWS = ['grid', 'table'] as const;
export type ClipView = (typeof VIEWS)[number];

const anyOf = parseAsNativeArrayOf(parseAsString);

const PARSERS = {
  ...byFacet(() => anyOf),
  date_from: parseAsString,
  date_to: parseAsString,
  master_id: parseAsString,
  q: parseAsString,
  sort: parseAsString,
  view: parseAsStringLiteral(VIEWS).withDefault('grid'),
};

/** A patch as it is written into the URL: lists in their one order, an empty one as nothing. */
const asParams = (patch: FilterPatch) =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [name, value && typeof value !== 'string' ? inOrder(value) : value]),
  );

export interface ClipUrlState {
  query: ClipQuery;
  /** Names of parameters in the URL that cannot be read. */
  faults: string[];
  view: ClipView;
  setFilters: (patch: FilterPatch, history?: 'push' | 'replace') => void;
  clearFilters: () => void;
  setSort: (sort: ClipSort) => void;
  setView: (view: ClipView) => void;
}

const toTop = () => {
  if (window.scrollY > 0) window.scrollTo({ top: 0, behavior: 'instant' });
};

/** The URL is the browser's only state: filters, order and view are read from it and written into it. */
export const useClipUrlState = (): ClipUrlState => {
  const [params, setParams] = useQueryStates(PARSERS, { history: 'push' });
  const { query, faults } = useMemo(() => readClipQuery(params), [params]);

  const setFilters = useCallback(
    (patch: FilterPatch, history: 'push' | 'replace' = 'push') => {
      toTop();
      void setParams(asParams(patch), { history });
    },
    [setParams],
  );
  const clearFilters = useCallback(() => {
    toTop();
    void setParams(Object.fromEntries(FILTER_NAMES.map((name) => [name, null])));
  }, [setParams]);
  const setSort = useCallback(
    (sort: ClipSort) => {
      toTop();
      void setParams({ sort: sort === DEFAULT_SORT ? null : sort });
    },
    [setParams],
  );
  const setView = useCallback((view: ClipView) => void setParams({ view }, { history: 'replace' }), [setParams]);

  return { query, faults, view: params.view, setFilters, clearFilters, setSort, setView };
};
