'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { type ClipQuery, DEFAULT_SORT, readClipQuery } from '#app/_client/clip-query.ts';
import { type ClipSort, FILTER_NAMES, type FilterName } from '#lib/clips/clip-filter-schemas.ts';

export const VIEWS = ['grid', 'table'] as const;
export type ClipView = (typeof VIEWS)[number];

const PARSERS = {
  ...(Object.fromEntries(FILTER_NAMES.map((name) => [name, parseAsString])) as Record<
    FilterName,
    typeof parseAsString
  >),
  sort: parseAsString,
  view: parseAsStringLiteral(VIEWS).withDefault('grid'),
};

export type FilterPatch = Partial<Record<FilterName, string | null>>;

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
      void setParams(patch, { history });
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
