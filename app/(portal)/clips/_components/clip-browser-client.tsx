'use client';

import { useMemo, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { clipQueryText } from '#app/_client/clip-query.ts';
import { activeFilters } from '#app/(portal)/_clips/filter-words.ts';
import { useListMemory } from '#app/(portal)/_clips/use-list-memory.ts';
import { ActiveFilters } from './active-filters-client.tsx';
import { BrowserToolbar } from './browser-toolbar-client.tsx';
import { ClipListView } from './clip-list-view-client.tsx';
import type { Audience } from './clip-results-client.tsx';
import { FilterPanel } from './filter-panel-client.tsx';
import { FilterSheet } from './filter-sheet-client.tsx';
import { PlayAll, PlayAsReel } from './play-all-client.tsx';
import { SelectMode } from './select-mode-client.tsx';
import { SelectionBar } from './selection-bar-client.tsx';
import { type FirstLoad, useClipList } from './use-clip-list.ts';
import { useClipNews } from './use-clip-news.ts';
import { useClipSelection } from './use-clip-selection.ts';
import { useClipUrlState } from './use-clip-url-state.ts';

interface ClipBrowserProps {
  first: FirstLoad;
  audience: Audience;
  canEdit: boolean;
  canDelete: boolean;
}

/** Filters on the left, results on the right; the URL is the only state. */
export function ClipBrowser({ first, audience, canEdit, canDelete }: ClipBrowserProps) {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const state = useClipUrlState();
  const { query, faults } = state;
  const { list, facets } = useClipList(query, first);
  const [sheetOpen, setSheetOpen] = useState(false);
  const news = useClipNews(list.isPlaceholderData ? undefined : list.data);
  useListMemory(clipQueryText(query), state.view);

  const clips = useMemo(() => {
    // A clip that moved between two requests may be on both their pages; it is shown once.
    const rows = list.data?.pages.flatMap((page) => page.clips) ?? [];
    return [...new Map(rows.map((clip) => [clip.clip_id, clip])).values()];
  }, [list.data]);
  const loaded = useMemo(() => clips.map((clip) => clip.clip_id), [clips]);
  const selection = useClipSelection(clipQueryText(query), loaded);

  const active = useMemo(
    () => activeFilters(query.filters, facets.data, hockey, format),
    [query, facets.data, hockey, format],
  );
  const lastPage = list.isPlaceholderData ? undefined : list.data?.pages.at(-1);
  const total = lastPage?.total;
  const panel = { filters: query.filters, facets: facets.data, onChange: state.setFilters };

  return (
    <div className="md:grid md:grid-cols-[13.5rem_minmax(0,1fr)] md:gap-5 lg:grid-cols-[15.5rem_minmax(0,1fr)] lg:gap-7">
      <aside aria-label={t('filters')} className="hidden md:block">
        <div className="scroll-thin sticky top-14 -my-5 max-h-[calc(100dvh-3.5rem)] overflow-y-auto py-5 pr-1.5 pl-0.5">
          <FilterPanel {...panel} />
        </div>
      </aside>
      <div className="flex min-w-0 flex-col gap-3">
        <h1 className="sr-only">{t('title')}</h1>
        <BrowserToolbar state={state} activeCount={active.length} onOpenFilters={() => setSheetOpen(true)} />
        {faults.length > 0 ? (
          <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
            {t('badFilters', { names: faults.join(', ') })}
          </p>
        ) : null}
        <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-2 sm:gap-x-4">
          <p role="status" className="text-[0.8125rem] font-medium text-muted">
            {lastPage ? t(lastPage.total_capped ? 'countCapped' : 'count', { count: lastPage.total }) : t('updating')}
          </p>
          {list.isPlaceholderData ? null : <PlayAll clips={clips} query={query} />}
          {list.isPlaceholderData ? null : <PlayAsReel clips={clips} query={query} />}
          <ActiveFilters active={active} onChange={state.setFilters} onClear={state.clearFilters} />
          {canEdit ? <SelectMode selection={selection} /> : null}
        </div>
        <ClipListView
          list={list}
          clips={clips}
          state={state}
          filtered={active.length > 0}
          audience={audience}
          canRetry={canEdit}
          selection={canEdit ? selection : null}
        />
        {canEdit ? (
          <SelectionBar
            selection={selection}
            loaded={loaded}
            query={query}
            total={list.isPlaceholderData ? undefined : list.data?.pages.at(-1)?.total}
            knownTags={facets.data?.tag.map(({ value }) => value) ?? []}
            teams={facets.data?.team_code.map(({ value }) => value) ?? []}
            canDelete={canDelete}
          />
        ) : null}
      </div>
      <p role="status" className="sr-only">
        {news}
      </p>
      <FilterSheet {...panel} open={sheetOpen} onOpenChange={setSheetOpen} total={total} onClear={state.clearFilters} />
    </div>
  );
}
