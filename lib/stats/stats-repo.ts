import type { UserContext } from '#lib/auth/user-context.ts';
import { COUNTED_COLUMNS } from '#lib/clips/clip-columns-sql.ts';
import { PROCESSING_STATUSES } from '#lib/clips/clip-field-schemas.ts';
import type { ClipFilter, FacetField } from '#lib/clips/clip-filter-schemas.ts';
import { clipWhereSql } from '#lib/clips/clip-filter-sql.ts';
import { type ListFilter, lookUpFilter } from '#lib/clips/clip-search-sql.ts';
import { isSummed, sumsSql, type Tally, tallyOfClips, tallyOfSums } from '#lib/clips/tally-sql.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { StatsBreakdownJson, StatsOverviewJson } from './stats-schemas.ts';

const TOP_EVENT_TYPES = 10;
const MAX_ROWS = 100;

interface Counted {
  value: string;
  count: number;
}

const toRecord = (counts: Counted[]): Record<string, number> =>
  Object.fromEntries(counts.map(({ value, count }) => [value, count]));

/**
 * What is counted, as the common table `counted`. Over clips that are not searched for, each part scans by itself, which
 * Postgres does with all cores, a common table with one; a search is worth doing once.
 */
function countedUnder(
  user: UserContext,
  filter: ListFilter,
  fields: readonly FacetField[],
): { tally: Tally; counted: Prisma.Sql } {
  const common = Prisma.sql`counted`;
  if (isSummed(user, filter)) return { tally: tallyOfSums(common), counted: sumsSql(user, filter, fields) };
  const where = clipWhereSql(user, filter);
  if (filter.words === undefined)
    return { tally: tallyOfClips(Prisma.sql`media.clips`, where), counted: Prisma.sql`SELECT` };
  return {
    tally: tallyOfClips(common),
    counted: Prisma.sql`SELECT ${COUNTED_COLUMNS} FROM media.clips c WHERE ${where}`,
  };
}

/** Totals in the caller's reach, by status and for the ten most frequent events, in one round trip. */
export async function selectOverview(reads: Reads, user: UserContext, filter: ClipFilter): Promise<StatsOverviewJson> {
  const { tally, counted } = countedUnder(user, await lookUpFilter(reads, user, filter), ['status', 'event_type']);
  const { clips, rows, value } = tally;
  const counts = await reads.$queryRaw<{ by_status: Counted[]; top_event_types: Counted[] }[]>`
    WITH counted AS (${counted}) SELECT
      (SELECT coalesce(json_agg(s), '[]'::json) FROM
        (SELECT ${value('status')} AS value, ${clips}::int AS count ${rows('status')} GROUP BY 1) s) AS by_status,
      (SELECT coalesce(json_agg(e), '[]'::json) FROM
        (SELECT ${value('event_type')} AS value, ${clips}::int AS count ${rows('event_type')}
         GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${TOP_EVENT_TYPES}) e) AS top_event_types`;
  const byStatus = counts[0]?.by_status ?? [];
  const none = Object.fromEntries(PROCESSING_STATUSES.map((status) => [status, 0]));
  return {
    total_clips: byStatus.reduce((total, { count }) => total + count, 0),
    by_status: { ...none, ...toRecord(byStatus) },
    top_event_types: toRecord(counts[0]?.top_event_types ?? []),
  };
}

/** Counts by player, by game and by game date in the caller's reach, in one round trip. */
export async function selectBreakdown(
  reads: Reads,
  user: UserContext,
  filter: ClipFilter,
): Promise<StatsBreakdownJson> {
  const { tally, counted } = countedUnder(user, await lookUpFilter(reads, user, filter), ['player_id', 'game_id']);
  const { clips, rows, value } = tally;
  const counts = await reads.$queryRaw<StatsBreakdownJson[]>`
    WITH counted AS (${counted}) SELECT
      (SELECT coalesce(json_agg(p), '[]'::json) FROM
        (SELECT ${value('player_id')} AS player_id, max(c.player_name) AS player_name, ${clips}::int AS count
         ${rows('player_id')} GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ${MAX_ROWS}) p) AS by_player,
      (SELECT coalesce(json_agg(g), '[]'::json) FROM
        (SELECT ${value('game_id')} AS game_id, max(c.game_date)::text AS game_date, c.team_code,
           max(c.opponent_code) AS opponent_code, ${clips}::int AS count ${rows('game_id')}
         GROUP BY 1, c.team_code ORDER BY max(c.game_date) DESC NULLS LAST, 1, c.team_code
         LIMIT ${MAX_ROWS}) g) AS by_game,
      (SELECT coalesce(json_agg(d), '[]'::json) FROM
        (SELECT c.game_date::text AS date, ${clips}::int AS count ${rows('game_id')} AND c.game_date IS NOT NULL
         GROUP BY c.game_date ORDER BY c.game_date DESC LIMIT ${MAX_ROWS}) d) AS by_game_date`;
  return counts[0] ?? { by_player: [], by_game: [], by_game_date: [] };
}
