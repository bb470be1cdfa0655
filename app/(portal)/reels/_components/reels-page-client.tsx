'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, SquareStack } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { reelListOptions } from '#app/_client/reel-queries.ts';
import { REEL_VIEWS, type ReelQuery, reelHref, reelsHref } from '#app/_client/reel-query.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { SearchField } from '#app/_ui/search-field.tsx';
import { useListMemory } from '#app/(portal)/_clips/use-list-memory.ts';
import { NewReelDialog } from '#app/(portal)/_open-reel/new-reel-dialog-client.tsx';
import { InfiniteEnd } from '#app/(portal)/clips/_components/infinite-end-client.tsx';
import { useSlashKey } from '#app/(portal)/clips/_components/use-slash-key.ts';
import type { ReelListJson } from '#lib/reels/reel-schemas.ts';
import { ReelCard } from './reel-card-client.tsx';

interface ReelsPageProps {
  query: ReelQuery;
  first: { list: ReelListJson; loadedAtMs: number };
  userId: string;
  ownTeams: readonly string[];
  canMakeReels: boolean;
}

/** The reels that are shown to one, and one's own, the newest first. */
export function ReelsPage({ query, first, userId, ownTeams, canMakeReels }: ReelsPageProps) {
  const t = useTranslations('reels');
  const router = useRouter();
  const [isMaking, setIsMaking] = useState(false);
  const list = useInfiniteQuery({
    ...reelListOptions(query),
    initialData: { pages: [first.list], pageParams: [null] },
    initialDataUpdatedAt: first.loadedAtMs,
  });
  useListMemory(reelsHref(query), 'list');
  const reels = list.data.pages.flatMap((page) => page.reels);
  const newCount = list.data.pages[0]?.new_count ?? 0;
  const make = canMakeReels ? (
    <Button variant="primary" onClick={() => setIsMaking(true)}>
      <Plus aria-hidden />
      {t('new')}
    </Button>
  ) : null;
  return (
    <div className="mx-auto max-w-6xl">
      <PageHeader title={t('title')} description={t('description')} actions={make} />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <ReelViews query={query} canMakeReels={canMakeReels} newCount={newCount} />
        <ReelSearch key={reelsHref(query)} query={query} />
      </div>
      {reels.length > 0 ? (
        <>
          <ul
            aria-label={t('list.label')}
            className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4"
          >
            {reels.map((reel) => (
              <ReelCard key={reel.id} reel={reel} isOwn={reel.owner.id === userId} />
            ))}
          </ul>
          <InfiniteEnd
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            failed={list.isFetchNextPageError}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      ) : (
        <NoReels query={query} make={make} />
      )}
      {isMaking ? (
        <NewReelDialog
          ownTeams={ownTeams}
          onClose={() => setIsMaking(false)}
          onMade={(reel) => router.push(reelHref(reel.id))}
        />
      ) : null}
    </div>
  );
}

function ReelViews(props: { query: ReelQuery; canMakeReels: boolean; newCount: number }) {
  const { query, canMakeReels, newCount } = props;
  const t = useTranslations('reels');
  const views = canMakeReels ? (['all', 'mine', 'for_me'] as const) : REEL_VIEWS.filter((view) => view === 'for_me');
  if (views.length < 2) {
    return (
      <h2 className="flex items-center gap-2 text-sm font-semibold">
        {t('view.for_me')}
        <NewCount count={newCount} />
      </h2>
    );
  }
  return (
    <nav aria-label={t('view.label')} className="flex gap-0.5 rounded-md border border-line bg-raised p-0.5">
      {views.map((view) => (
        <Link
          key={view}
          href={reelsHref({ ...query, view })}
          aria-current={view === query.view ? 'page' : undefined}
          className={cn(
            'flex h-8 items-center gap-1.5 rounded px-3 text-[0.8125rem] font-medium pointer-coarse:min-h-11',
            view === query.view ? 'bg-overlay text-text shadow-sm' : 'text-muted hover:text-text',
          )}
        >
          {t(`view.${view}`)}
          {view === 'for_me' ? <NewCount count={newCount} /> : null}
        </Link>
      ))}
    </nav>
  );
}

function NewCount({ count }: { count: number }) {
  const t = useTranslations('reels');
  return count > 0 ? <Badge tone="accent">{t('newCount', { count })}</Badge> : null;
}

function ReelSearch({ query }: { query: ReelQuery }) {
  const t = useTranslations('reels');
  const router = useRouter();
  const [words, setWords] = useState(query.q);
  const fieldRef = useRef<HTMLInputElement>(null);
  useSlashKey(fieldRef);
  const apply = (q: string) => {
    if (q.trim() !== query.q) router.push(reelsHref({ ...query, q: q.trim() }));
  };
  return (
    <SearchField
      ref={fieldRef}
      label={t('find')}
      placeholder={t('findHint')}
      value={words}
      onChange={(event) => setWords(event.target.value)}
      onBlur={() => apply(words)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(words);
      }}
      clearLabel={t('clear')}
      onClear={() => apply('')}
      className="min-w-48 sm:max-w-80"
    />
  );
}

function NoReels({ query, make }: { query: ReelQuery; make: ReactNode }) {
  const t = useTranslations('reels.list');
  if (query.q !== '') {
    return <EmptyState icon={<SquareStack />} title={t('filteredTitle')} description={t('filtered')} />;
  }
  const isForMe = query.view === 'for_me';
  return (
    <EmptyState
      icon={<SquareStack />}
      title={isForMe ? t('emptyForYouTitle') : t('emptyTitle')}
      description={isForMe ? t('emptyForYou') : t('empty')}
      actions={isForMe ? null : make}
    />
  );
}
