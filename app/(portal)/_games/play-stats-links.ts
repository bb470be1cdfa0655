import { type GameName, gameHref } from '#app/_client/game-href.ts';
import { inGame, type PlayFilters, type PlayParams, playFilterText } from '#app/_client/play-query.ts';
import type { PlayQuery, PlayStatsTable } from '#lib/plays/play-stats-schemas.ts';

/** What statistics are of: one game under filters, or all games of some teams and seasons. */
export interface StatsScope {
  game: GameName | null;
  filters: PlayParams;
}

/** Filters that a game's address says already. */
function besideGame({ team_code: _, season: __, game_id: ___, ...filters }: PlayQuery): PlayFilters {
  return withoutGaps(filters);
}

const withoutGaps = (query: PlayQuery): PlayParams =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

/** Where the plays of a number are: in the game, or by game. */
export const hrefOfCount = ({ game }: StatsScope, query: PlayQuery): string =>
  game ? gameHref(game, playFilterText(besideGame(query))) : `/stats/plays?${playFilterText(withoutGaps(query))}`;

/** A table as a file. */
export const hrefOfTable = ({ game, filters }: StatsScope, table: PlayStatsTable): string => {
  const text = playFilterText(game ? inGame(game, filters) : filters);
  return `/api/v2/plays/stats/export?table=${table}${text ? `&${text}` : ''}`;
};

/** The same screen by another format's files. */
export function hrefOfSource({ game, filters }: StatsScope, source: string): string {
  const text = playFilterText({ ...filters, source: [source] });
  return game ? gameHref(game, `${text}&tab=stats`) : `/stats?${text}`;
}
