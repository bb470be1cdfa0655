import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import type { PlayFacetsJson, PlayListJson } from '#lib/plays/play-list-schemas.ts';
import type { PlayStatsJson } from '#lib/plays/play-stats-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import type { GameName } from './game-href.ts';
import { gamePlaysText, inGame, type PlayFilters, playFilterText } from './play-query.ts';
import { queryKeys } from './query-keys.ts';

/** A whole game is one page; one that has more is asked for until all is there. */
const PLAYS_A_PAGE = 5000;

async function fetchPlays(text: string, signal: AbortSignal): Promise<PlayJson[]> {
  const plays: PlayJson[] = [];
  let cursor: string | null = null;
  do {
    const place: string = cursor === null ? '' : `&${new URLSearchParams({ cursor })}`;
    const page: PlayListJson = await apiFetch<PlayListJson>(`/plays?${text}&limit=${PLAYS_A_PAGE}${place}`, { signal });
    plays.push(...page.plays);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return plays;
}

/** All plays of a game under these filters, as they were played. */
export const gamePlaysOptions = (game: GameName, filters: PlayFilters) => {
  const text = gamePlaysText(game, filters);
  return queryOptions({
    queryKey: queryKeys.playList(text),
    queryFn: ({ signal }) => fetchPlays(text, signal),
    placeholderData: keepPreviousData,
  });
};

/** The values that each filter offers, counted under all the other filters. */
export const playFacetsOptions = (game: GameName, filters: PlayFilters) => {
  const text = gamePlaysText(game, filters);
  return queryOptions({
    queryKey: queryKeys.playFacets(text),
    queryFn: ({ signal }) => apiFetch<PlayFacetsJson>(`/plays/facets?${text}`, { signal }),
    placeholderData: keepPreviousData,
  });
};

/** What the game's plays amount to under these filters, shifts included: time on ice is theirs. */
export const playStatsOptions = (game: GameName, filters: PlayFilters) => {
  const text = playFilterText(inGame(game, filters));
  return queryOptions({
    queryKey: queryKeys.playStats(text),
    queryFn: ({ signal }) => apiFetch<PlayStatsJson>(`/plays/stats?${text}`, { signal }),
    placeholderData: keepPreviousData,
  });
};
