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
  const rows = await db.$queryRaw<{ total: number; by_status: Counted[]; top_event_types: Counted[] }[]>`
    WITH reach AS MATERIALIZED (
      SELECT coalesce(c.processing_status, 'pending') AS status, c.event_type
      FROM media.clips c WHERE ${clipWhereSql(user, filter)}
    )
    SELECT (SELECT count(*)::int FROM reach) AS total,
      (SELECT coalesce(json_agg(s), '[]'::json) FROM
        (SELECT status AS value, count(*)::int AS count FROM reach GROUP BY status) s) AS by_status,
      (SELECT coalesce(json_agg(e), '[]'::json) FROM
        (SELECT event_type AS value, count(*)::int AS count FROM reach GROUP BY event_type
         ORDER BY count(*) DESC, event_type LIMIT ${TOP_EVENT_TYPES}) e) AS top_event_types`;
  const row = rows[0];
  const none = Object.fromEntries(PROCESSING_STATUSES.map((status) => [status, 0]));
  return {
    total_clips: row?.total ?? 0,
    by_status: { ...none, ...toRecord(row?.by_status ?? []) },
    top_event_types: toRecord(row?.top_event_types ?? []),
  };
}

/** Counts by player, by game and by game date in the caller's reach, in one round trip. */
export async function selectBreakdown(db: DbOrTx, user: UserContext, filter: ClipFilter): Promise<StatsBreakdownJson> {
  const rows = await db.$queryRaw<StatsBreakdownJson[]>`
    WITH reach AS MATERIALIZED (
      SELECT c.player_id, c.player_name, c.game_id, c.game_date, c.team_code, c.opponent_code
      FROM media.clips c WHERE ${clipWhereSql(user, filter)}
    )
    SELECT
      (SELECT coalesce(json_agg(p), '[]'::json) FROM
        (SELECT player_id, max(player_name) AS player_name, count(*)::int AS count FROM reach
         GROUP BY player_id ORDER BY count(*) DESC, player_id LIMIT ${MAX_ROWS}) p) AS by_player,
      (SELECT coalesce(json_agg(g), '[]'::json) FROM
        (SELECT game_id, max(game_date)::text AS game_date, team_code, max(opponent_code) AS opponent_code,
           count(*)::int AS count FROM reach
         GROUP BY game_id, team_code ORDER BY max(game_date) DESC NULLS LAST, game_id, team_code LIMIT ${MAX_ROWS}) g) AS by_game,
      (SELECT coalesce(json_agg(d), '[]'::json) FROM
        (SELECT game_date::text AS date, count(*)::int AS count FROM reach WHERE game_date IS NOT NULL
         GROUP BY game_date ORDER BY game_date DESC LIMIT ${MAX_ROWS}) d) AS by_game_date`;
  return rows[0] ?? { by_player: [], by_game: [], by_game_date: [] };
}
