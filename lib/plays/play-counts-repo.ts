import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME } from '#lib/db/statement-names.ts';
import type { PlayFacet, PlayFilter } from './play-field-schemas.ts';
import { seesWholeGames } from './play-filter-sql.ts';

/* What is counted of whole games when their plays are written (prisma/functions/play-counts.sql). */

const GAME_COLUMNS = ['team_code', 'season', 'game_id'] as const;

/** Whether a filter narrows by whole games alone, for who sees those. @param beside filters that are left to the caller. */
export function asksForWholeGames(user: UserContext, filter: PlayFilter, beside: readonly (keyof PlayFilter)[] = []) {
  const answered: ReadonlySet<string> = new Set([...GAME_COLUMNS, ...beside]);
  return (
    seesWholeGames(user) &&
    Object.entries(filter).every(([name, narrows]) => narrows === undefined || answered.has(name))
  );
}

/** The conditions on `g` of a filter by team, season and game. */
export function gamesSql(filter: PlayFilter): Prisma.Sql {
  const narrowed = GAME_COLUMNS.flatMap((name) => {
    const values = filter[name];
    return values ? Prisma.sql`g.${Prisma.raw(name)} = ANY(${values}::text[])` : [];
  });
  return Prisma.sql`${PLANNED_EACH_TIME} ${Prisma.join([Prisma.sql`TRUE`, ...narrowed], ' AND ')}`;
}

/** The conditions on counts `g` of how many plays each format tells of. */
export function sourcesSql(filter: PlayFilter): Prisma.Sql {
  const chosen = filter.source ? Prisma.sql`AND g.value = ANY(${filter.source}::text[])` : Prisma.empty;
  return Prisma.sql`${gamesSql(filter)} AND g.field = 'source' ${chosen}`;
}

/** The names of players, by the rosters of the games that are asked for. */
export const namesSql = (filter: PlayFilter): Prisma.Sql => Prisma.sql`
  SELECT g.player_id, max(g.player_name) AS player_name FROM media.game_players g
  WHERE ${gamesSql(filter)} GROUP BY g.player_id`;

/** Values of some fields over whole games, as `(field, value, label, count)`. */
export const summedSql = (filter: PlayFilter, fields: readonly PlayFacet[]): Prisma.Sql => Prisma.sql`
  SELECT g.field, g.value, max(g.label) AS label, sum(g.plays)::int AS count FROM media.play_counts g
  WHERE ${gamesSql(filter)} AND g.field = ANY(${[...fields]}::text[]) AND (g.field, g.value) <> ('period', '0')
  GROUP BY g.field, g.value`;
