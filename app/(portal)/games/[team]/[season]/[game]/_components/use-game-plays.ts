import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { GameName } from '#app/_client/game-href.ts';
import { gamePlaysOptions } from '#app/_client/play-queries.ts';
import type { PlayFilters } from '#app/_client/play-query.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { playMatcher } from './play-words.ts';

const NO_FILTERS: PlayFilters = {};
const NONE: readonly PlayJson[] = [];

/** All plays of a game, and those of them that the filters and words leave. */
export function useGamePlays(game: GameName, filters: PlayFilters, words: string) {
  const hockey = useTranslations('hockey');
  const whole = useQuery(gamePlaysOptions(game, NO_FILTERS));
  const query = useQuery(gamePlaysOptions(game, filters));
  const looked = useDeferredValue(words);
  const loaded = query.data;
  const plays = useMemo(() => loaded?.filter(playMatcher(looked, hockey)) ?? NONE, [loaded, looked, hockey]);
  return { query, all: whole.data ?? NONE, plays, isWaiting: !loaded || query.isPlaceholderData };
}
