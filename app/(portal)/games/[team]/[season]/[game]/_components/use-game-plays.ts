import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { gamePlaysOptions } from '#app/_client/play-queries.ts';
import type { GameName, PlayFilters } from '#app/_client/play-query.ts';
import { playMatcher } from './play-words.ts';

/** The plays under the filters, and those of them that have the words. */
export function useGamePlays(game: GameName, filters: PlayFilters, words: string) {
  const hockey = useTranslations('hockey');
  const query = useQuery(gamePlaysOptions(game, filters));
  const loaded = query.data;
  const looked = useDeferredValue(words);
  const plays = useMemo(() => loaded?.filter(playMatcher(looked, hockey)) ?? [], [loaded, looked, hockey]);
  return { query, plays };
}
