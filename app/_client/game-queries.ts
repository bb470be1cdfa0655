import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { GameListJson, GameWithRostersJson } from '#lib/plays/game-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { type GameName, gameHref } from './game-href.ts';
import { type GameQuery, gameListInput, gameQueryText } from './game-query.ts';
import { queryKeys } from './query-keys.ts';

/** The list of games, page after page. Kept for half an hour, so that Back finds every page that was loaded. */
export const gameListOptions = (query: GameQuery) =>
  infiniteQueryOptions({
    queryKey: queryKeys.gameList(gameQueryText(query)),
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(gameListInput(query));
      if (pageParam) params.set('cursor', pageParam);
      return apiFetch<GameListJson>(`/games?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    gcTime: 30 * 60_000,
    placeholderData: keepPreviousData,
  });

/** One game: its masters and periods, its score, who took part. Its address in the API is that of its page. */
export const gameOptions = (game: GameName) =>
  queryOptions({
    queryKey: queryKeys.game(gameHref(game)),
    queryFn: ({ signal }) => apiFetch<GameWithRostersJson>(gameHref(game), { signal }),
  });
