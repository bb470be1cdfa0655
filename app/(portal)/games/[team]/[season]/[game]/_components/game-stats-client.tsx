'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { GameName } from '#app/_client/game-href.ts';
import { playStatsOptions } from '#app/_client/play-queries.ts';
import type { PlayFilters } from '#app/_client/play-query.ts';
import { ApiFault } from '#app/(portal)/_components/api-fault-client.tsx';
import { PlayStats } from '#app/(portal)/_games/play-stats-client.tsx';
import { PlayStatsSkeleton } from '#app/(portal)/_games/play-stats-skeleton.tsx';

/** What the game's plays amount to under the page's filters. */
export function GameStats({ game, filters }: { game: GameName; filters: PlayFilters }) {
  const common = useTranslations('common');
  const { data, error, refetch } = useQuery(playStatsOptions(game, filters));
  return (
    <div className="game-panel scroll-thin">
      {data ? (
        <PlayStats stats={data} scope={{ game, filters }} />
      ) : error ? (
        <ApiFault error={error} onRetry={refetch} />
      ) : (
        <PlayStatsSkeleton label={common('loading')} />
      )}
    </div>
  );
}
