'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { gameListOptions } from '#app/_client/game-queries.ts';
import type { GameQuery } from '#app/_client/game-query.ts';
import { PageHeader } from '#app/_ui/page-header.tsx';
import type { GameListJson } from '#lib/plays/game-schemas.ts';
import { GameRow } from './game-row-client.tsx';

interface GamesPageProps {
  query: GameQuery;
  first: { list: GameListJson; loadedAtMs: number };
  canManageMasters: boolean;
}

/** The games of one's teams, the newest first. */
export function GamesPage({ query, first }: GamesPageProps) {
  const t = useTranslations('games');
  const list = useInfiniteQuery({
    ...gameListOptions(query),
    initialData: { pages: [first.list], pageParams: [null] },
    initialDataUpdatedAt: first.loadedAtMs,
  });
  const games = list.data.pages.flatMap((page) => page.games);
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader title={t('title')} />
      <ul className="flex flex-col gap-2">
        {games.map((game) => (
          <GameRow key={`${game.team_code} ${game.season} ${game.game_id}`} game={game} />
        ))}
      </ul>
    </div>
  );
}
