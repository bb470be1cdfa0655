import type { UserContext } from '#lib/auth/user-context.ts';
import type { ClipFilter } from '#lib/clips/clip-filter-schemas.ts';
import { clipWhereSql } from '#lib/clips/clip-filter-sql.ts';
import { PROCESSING_STATUSES } from '#lib/clips/clip-schemas.ts';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import type { StatsBreakdownJson, StatsOverviewJson } from './stats-schemas.ts';

const TOP_EVENT_TYPES = 10;
const MAX_ROWS = 100;

interface Counted {
  value: string;
  count: number;
}

const toRecord = (counts: Counted[]): Record<string, number> =>
  Object.fromEntries(counts.map(({ value, count }) => [value, count]));

/** Totals in the caller's reach, by status and for the ten most frequent events, in one round trip. */
export async function selectOverview(db: DbOrTx, user: UserContext, filter: ClipFilter): Promise<StatsOverviewJson> {
  // Each part scans by itself: Postgres does that with all cores, and a common table with one.
  const where = clipWhereSql(user, filter);
  const rows = await db.$queryRaw<{ by_status: Counted[]; top_event_types: Counted[] }[]>`
    SELECT
      (SELECT coalesce(json_agg(s), '[]'::json) FROM
        (SELECT coalesce(c.processing_status, 'pending') AS value, count(*)::int AS count
         FROM media.clips c WHERE ${where} GROUP BY 1) s) AS by_status,
      (SELECT coalesce(json_agg(e), '[]'::json) FROM
        (SELECT c.event_type AS value, count(*)::int AS count FROM media.clips c WHERE ${where}
         GROUP BY c.event_type ORDER BY count(*) DESC, c.event_type LIMIT ${TOP_EVENT_TYPES}) e) AS top_event_types`;
  const byStatus = rows[0]?.by_status ?? [];
  const none = Object.fromEntries(PROCESSING_STATUSES.map((status) => [status, 0]));
  return {
    total_clips: byStatus.reduce((total, { count }) => total + count, 0),
    by_status: { ...none, ...toRecord(byStatus) },
    top_event_types: toRecord(rows[0]?.top_event_types ?? []),
  };
}

/** Counts by player, by game and by game date in the caller's reach, in one round trip. */
export async function selectBreakdown(db: DbOrTx, user: UserContext, filter: ClipFilter): Promise<StatsBreakdownJson> {
  const where = clipWhereSql(user, filter);
  const rows = await db.$queryRaw<StatsBreakdownJson[]>`
    SELECT
      (SELECT coalesce(json_agg(p), '[]'::json) FROM
        (SELECT c.player_id, max(c.player_name) AS player_name, count(*)::int AS count FROM media.clips c WHERE ${where}
         GROUP BY c.player_id ORDER BY count(*) DESC, c.player_id LIMIT ${MAX_ROWS}) p) AS by_player,
      (SELECT coalesce(json_agg(g), '[]'::json) FROM
        (SELECT c.game_id, max(c.game_date)::text AS game_date, c.team_code, max(c.opponent_code) AS opponent_code,
           count(*)::int AS count FROM media.clips c WHERE ${where}
         GROUP BY c.game_id, c.team_code ORDER BY max(c.game_date) DESC NULLS LAST, c.game_id, c.team_code
         LIMIT ${MAX_ROWS}) g) AS by_game,
      (SELECT coalesce(json_agg(d), '[]'::json) FROM
        (SELECT c.game_date::text AS date, count(*)::int AS count FROM media.clips c
         WHERE ${where} AND c.game_date IS NOT NULL
         GROUP BY c.game_date ORDER BY c.game_date DESC LIMIT ${MAX_ROWS}) d) AS by_game_date`;
  return rows[0] ?? { by_player: [], by_game: [], by_game_date: [] };
}
