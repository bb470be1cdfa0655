import { clipReachSql, reachOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { facetValueSql } from './clip-columns-sql.ts';
import type { FacetField, FilterName } from './clip-filter-schemas.ts';
import type { ListFilter } from './clip-search-sql.ts';

/** How clips are counted by the value of a field: over the clips themselves, or over the sums that Postgres keeps. */
export interface Tally {
  /**
   * `FROM … WHERE …` of what has a value in the field; its alias `c` has `team_code`, and for a player's id
   * `player_name`, for a game's `game_date` and `opponent_code`.
   */
  rows(field: FacetField): Prisma.Sql;
  value(field: FacetField): Prisma.Sql;
  /** The aggregate that is the number of clips. */
  clips: Prisma.Sql;
}

/** @param from the clips to count: `… c` with their columns, and `WHERE` if only some of them. */
export const tallyOfClips = (from: Prisma.Sql, where: Prisma.Sql = Prisma.sql`TRUE`): Tally => ({
  rows: (field) => {
    const tags = field === 'tag' ? Prisma.sql`JOIN media.clip_tags t ON t.clip_id = c.id` : Prisma.empty;
    return Prisma.sql`FROM ${from} c ${tags} WHERE ${where} AND ${facetValueSql(field)} IS NOT NULL`;
  },
  value: facetValueSql,
  clips: Prisma.sql`count(*)`,
});

/** What the sums are kept by, so that they answer for it. */
const SUMMED_BY = ['team_code', 'season'] as const satisfies readonly FilterName[];

/** Whether the sums of whole teams and seasons answer a question: not for one player's reach, nor for finer filters. */
export function isSummed(user: UserContext, filter: ListFilter): boolean {
  const reach = reachOf(user);
  const finer = Object.entries(filter).some(
    ([name, value]) => value !== undefined && !(SUMMED_BY as readonly string[]).includes(name),
  );
  return !finer && (reach.kind === 'none' || reach.playerId === undefined);
}

/** The sums of these fields in the caller's reach, as a query; under a filter for which `isSummed`. */
export function sumsSql(user: UserContext, filter: ListFilter, fields: readonly FacetField[]): Prisma.Sql {
  const conditions = [clipReachSql(user), Prisma.sql`c.field = ANY(${fields}::text[])`];
  for (const column of SUMMED_BY) {
    const values = filter[column];
    if (values) conditions.push(Prisma.sql`c.${Prisma.raw(column)} = ANY(${values}::text[])`);
  }
  // Differences that cancel out are no value any more.
  return Prisma.sql`SELECT c.field, c.value, c.team_code, c.player_name, c.game_date, c.opponent_code, sum(c.clips) AS clips
    FROM media.clip_counts c WHERE ${Prisma.join(conditions, ' AND ')}
    GROUP BY c.field, c.value, c.team_code, c.player_name, c.game_date, c.opponent_code HAVING sum(c.clips) > 0`;
}

/** @param from a relation of `sumsSql`. */
export const tallyOfSums = (from: Prisma.Sql): Tally => ({
  rows: (field) => Prisma.sql`FROM ${from} c WHERE c.field = ${field}`,
  value: () => Prisma.sql`c.value`,
  clips: Prisma.sql`sum(c.clips)`,
});
