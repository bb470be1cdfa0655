'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { ListVideo, SearchX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import type { GameRights } from './game-rights.ts';
import { PlayTable, PlayTableToCome } from './play-table-client.tsx';

interface PlayPanelProps {
  query: UseQueryResult<PlayJson[]>;
  plays: readonly PlayJson[];
  index: number;
  marks: ReadonlySet<number> | null;
  /** Whether some film shows plays of the game. */
  isFilmed: boolean;
  /** Whether the game has any, whatever narrows them. */
  hasPlays: boolean;
  can: GameRights;
  onPick: (play: PlayJson) => void;
  onMark: (play: PlayJson) => void;
  onClear: () => void;
}

/** The plays, or what to do where there are none. */
export function PlayPanel({ query, hasPlays, can, onClear, ...table }: PlayPanelProps) {
  const t = useTranslations('games.empty');
  const common = useTranslations('common.action');
  if (query.error) {
    const requestId = isApiError(query.error) ? query.error.problem.request_id : null;
    return (
      <ErrorState
        title={t('faultTitle')}
        description={query.error.message}
        requestId={requestId}
        actions={<Button onClick={() => void query.refetch()}>{common('retry')}</Button>}
      />
    );
  }
  if (!query.data) return <PlayTableToCome />;
  if (table.plays.length > 0) return <PlayTable {...table} />;
  return hasPlays ? (
    <EmptyState
      className="play-empty"
      icon={<SearchX />}
      title={t('filteredTitle')}
      description={t('filteredDescription')}
      actions={<Button onClick={onClear}>{t('clear')}</Button>}
    />
  ) : (
    <EmptyState
      className="play-empty"
      icon={<ListVideo />}
      title={t('title')}
      description={can.canEditClips ? t('drop') : t('wait')}
    />
  );
}
