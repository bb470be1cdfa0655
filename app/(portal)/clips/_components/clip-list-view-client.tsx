'use client';

import { useTranslations } from 'use-intl';
import { PAGE_SIZE } from '#app/_client/clip-query.ts';
import { cn } from '#app/_ui/cn.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { ClipGrid, GRID_CLASSES } from './clip-grid-client.tsx';
import { type Audience, ClipsEmpty, ClipsError } from './clip-results-client.tsx';
import { ClipGridSkeleton, ClipTableSkeleton } from './clip-skeletons.tsx';
import { ClipTable } from './clip-table-client.tsx';
import { InfiniteEnd } from './infinite-end-client.tsx';
import type { useClipList } from './use-clip-list.ts';
import type { ClipSelection } from './use-clip-selection.ts';
import type { ClipUrlState } from './use-clip-url-state.ts';

interface ClipListViewProps {
  /** The rows of every page that is loaded. */
  clips: ClipJson[];
  list: ReturnType<typeof useClipList>['list'];
  state: ClipUrlState;
  filtered: boolean;
  audience: Audience;
  canRetry: boolean;
  selection: ClipSelection | null;
}

/** The rows in every state that they can be in: loading, failed, none, some, more to come. */
export function ClipListView({ list, clips, state, filtered, audience, canRetry, selection }: ClipListViewProps) {
  const t = useTranslations('common');
  if (list.isPending)
    return (
      <div aria-busy="true">
        <span className="sr-only">{t('loading')}</span>
        {state.view === 'table' ? <ClipTableSkeleton /> : <ClipGridSkeleton className={GRID_CLASSES} />}
      </div>
    );
  if (list.isError && !list.data) return <ClipsError error={list.error} onRetry={() => void list.refetch()} />;
  if (clips.length === 0) return <ClipsEmpty filtered={filtered} audience={audience} onClear={state.clearFilters} />;
  const stale = list.isPlaceholderData;
  const total = list.data?.pages.at(-1)?.total ?? 0;
  const coming = list.isFetchingNextPage ? Math.max(0, Math.min(PAGE_SIZE, total - clips.length)) : 0;
  return (
    <div aria-busy={stale || undefined} className={cn('transition-opacity duration-150', stale && 'opacity-50')}>
      {state.view === 'table' ? (
        <ClipTable clips={clips} query={state.query} canRetry={canRetry} selection={selection} onSort={state.setSort} />
      ) : (
        <ClipGrid clips={clips} query={state.query} canRetry={canRetry} selection={selection} coming={coming} />
      )}
      <InfiniteEnd
        hasMore={list.hasNextPage && !stale}
        loading={list.isFetchingNextPage}
        failed={list.isFetchNextPageError}
        onMore={list.fetchNextPage}
      />
    </div>
  );
}
