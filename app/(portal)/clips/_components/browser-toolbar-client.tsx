'use client';

import { LayoutGrid, SlidersHorizontal, Table2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Select } from '#app/_ui/select.tsx';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import { CLIP_SORTS, type ClipSort } from '#lib/clips/clip-filter-schemas.ts';
import { SearchBox } from './search-box-client.tsx';
import { type ClipUrlState, VIEWS } from './use-clip-url-state.ts';

const SORT_NAMES = {
  '-created_at': 'newest',
  created_at: 'oldest',
  '-game_date': 'gameNewest',
  game_date: 'gameOldest',
  game: 'byGame',
} as const satisfies Record<ClipSort, string>;

interface BrowserToolbarProps {
  state: ClipUrlState;
  activeCount: number;
  onOpenFilters: () => void;
}

/** Search, order, view; and on a phone the way to the filters. */
export function BrowserToolbar({ state, activeCount, onOpenFilters }: BrowserToolbarProps) {
  const t = useTranslations('clips');
  const chooseView = (value: string | null) => {
    const view = VIEWS.find((known) => known === value);
    if (view) state.setView(view);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        value={state.query.filters.q ?? ''}
        onSearch={(text, continued) => state.setFilters({ q: text || null }, continued ? 'replace' : 'push')}
      />
      <div className="flex min-w-0 grow items-center gap-2 sm:grow-0">
        <Button onClick={onOpenFilters} className="md:hidden" aria-haspopup="dialog">
          <SlidersHorizontal aria-hidden />
          {t('openFilters')}
          {activeCount > 0 ? <Badge tone="accent">{activeCount}</Badge> : null}
        </Button>
        <Select
          label={t('sort')}
          value={state.query.sort}
          onValueChange={(value) => {
            const sort = CLIP_SORTS.find((known) => known === value);
            if (sort) state.setSort(sort);
          }}
          options={CLIP_SORTS.map((sort) => ({ value: sort, label: t(`sorts.${SORT_NAMES[sort]}`) }))}
          className="min-w-0 flex-1 sm:w-52 sm:flex-none"
        />
        <ToggleGroup
          label={t('view.label')}
          value={state.view}
          onChange={chooseView}
          options={[
            { value: 'grid', label: <LayoutGrid aria-hidden />, name: t('view.grid') },
            { value: 'table', label: <Table2 aria-hidden />, name: t('view.table') },
          ]}
        />
      </div>
    </div>
  );
}
