'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ListVideo } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { gameListOptions } from '#app/_client/game-queries.ts';
import { type GameQuery, gameQueryText, gamesHref, NO_GAME_FILTERS } from '#app/_client/game-query.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { useListMemory } from '#app/(portal)/_clips/use-list-memory.ts';
import { ImportPlaysButton } from '#app/(portal)/_games/game-import-client.tsx';
import { InfiniteEnd } from '#app/(portal)/clips/_components/infinite-end-client.tsx';
import type { GameListJson } from '#lib/plays/game-schemas.ts';
import { GameRow } from './game-row-client.tsx';
import { GamesFilters } from './games-filters-client.tsx';

interface GamesPageProps {
  query: GameQuery;
  first: { list: GameListJson; loadedAtMs: number };
  isPlayer: boolean;
  seesFilm: boolean;
  canManageMasters: boolean;
}

/** The games of one's teams, the newest first. */
export function GamesPage({ query, first, isPlayer, seesFilm, canManageMasters }: GamesPageProps) {
  const t = useTranslations('games');
  const list = useInfiniteQuery({
    ...gameListOptions(query),
    initialData: { pages: [first.list], pageParams: [null] },
    initialDataUpdatedAt: first.loadedAtMs,
  });
  useListMemory(gamesHref(query), 'list');
  const games = list.data.pages.flatMap((page) => page.games);
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader title={t('title')} description={t('description')} actions={<ImportPlaysButton />} />
      <GamesFilters key={gamesHref(query)} query={query} />
      {games.length > 0 ? (
        <>
          <ul className="flex flex-col gap-2">
            {games.map((game) => (
              <GameRow key={`${game.team_code} ${game.season} ${game.game_id}`} game={game} seesFilm={seesFilm} />
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
        <NoGames isNarrowed={gameQueryText(query) !== ''} isPlayer={isPlayer} canManageMasters={canManageMasters} />
      )}
    </div>
  );
}

function NoGames(props: { isNarrowed: boolean; isPlayer: boolean; canManageMasters: boolean }) {
  const { isNarrowed, isPlayer, canManageMasters } = props;
  const t = useTranslations('games.list');
  const clear = (
    <Button asChild>
      <Link href={gamesHref(NO_GAME_FILTERS)}>{t('filters.clear')}</Link>
    </Button>
  );
  const upload = canManageMasters ? (
    <Button asChild>
      <Link href="/admin/upload">{t('upload')}</Link>
    </Button>
  ) : null;
  return (
    <EmptyState
      icon={<ListVideo />}
      title={isNarrowed ? t('filteredTitle') : t('emptyTitle')}
      description={isNarrowed ? t('filtered') : isPlayer ? t('emptyPlayer') : t('empty')}
      actions={isNarrowed ? clear : upload}
    />
  );
}
