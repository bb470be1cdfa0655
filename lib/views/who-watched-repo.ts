import { libraryReachSql, reelReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { makersSql } from '#lib/reels/reel-repo.ts';
import type { CurveJson, OwnViewsJson, TeamViewsJson, ViewerJson } from './view-schemas.ts';

/** Which views are asked about: of a reel, of a clip wherever it was watched. */
export type WatchedThing = { reelId: string } | { clipId: number };

const ofThing = (thing: WatchedThing): Prisma.Sql =>
  'reelId' in thing ? Prisma.sql`v.reel_id = ${thing.reelId}::uuid` : Prisma.sql`v.clip_id = ${thing.clipId}`;

/**
 * Each second of each clip that each viewer saw, and how much of it: `x` is 1 for a second that was seen once, also when it
 * was told in two parts.
 */
const secondsSql = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  seen AS MATERIALIZED (SELECT v.* FROM media.views v WHERE ${where}),
  sec AS MATERIALIZED (
    SELECT v.user_id, v.link_id, v.clip_id, v.reel_id, s AS second,
      sum(least(v.to_s, s + 1) - greatest(v.from_s, s)) AS x, max(v.ended_at) AS last_at
    FROM seen v CROSS JOIN LATERAL generate_series(floor(v.from_s)::int, ceil(v.to_s)::int - 1) s
    GROUP BY 1, 2, 3, 4, 5)`;

const SEEN = Prisma.sql`
  round(sum(sec.x)::numeric, 1)::float8 AS seconds, round(sum(greatest(sec.x - 1, 0))::numeric, 1)::float8 AS repeats,
  to_char(max(sec.last_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS last_at`;

/** Who watched, most first. */
export const selectViewers = (reads: Reads, thing: WatchedThing): Promise<ViewerJson[]> => reads.$queryRaw`
  WITH ${secondsSql(ofThing(thing))}
  SELECT CASE WHEN sec.user_id IS NULL THEN 'link' ELSE 'person' END AS kind,
    coalesce(sec.user_id, sec.link_id)::text AS id, u.name, u.role, ${SEEN}
  FROM sec LEFT JOIN media.users u ON u.id = sec.user_id
  GROUP BY sec.user_id, sec.link_id, u.name, u.role ORDER BY sum(sec.x) DESC, u.name, 2`;

/** Whether a reel `r` is shown to a player `u`. */
const SHOWN = Prisma.sql`u.role = 'player' AND u.disabled_at IS NULL
  AND ('ALL' = ANY (u.team_access) OR r.team_code = ANY (u.team_access))
  AND (r.audience = 'team' OR (r.audience = 'players' AND EXISTS (
    SELECT FROM media.reel_players p WHERE p.reel_id = r.id AND p.player_id = u.player_id)))`;

/** Players to whom a reel is shown. */
export const selectAudience = (
  reads: Reads,
  reelId: string,
): Promise<{ id: string; name: string; role: string }[]> => reads.$queryRaw`
  SELECT u.id::text, u.name, u.role FROM media.reels r JOIN media.users u ON ${SHOWN}
  WHERE r.id = ${reelId}::uuid ORDER BY u.name, u.id LIMIT 200`;

/** How often each second of these clips was seen. */
export const selectCurves = (
  reads: Reads,
  user: UserContext,
  thing: WatchedThing,
  clipIds: readonly number[],
): Promise<CurveJson[]> => reads.$queryRaw`
  WITH ${secondsSql(ofThing(thing))},
  total AS (SELECT sec.clip_id, sec.second, sum(sec.x) AS x FROM sec GROUP BY 1, 2)
  SELECT c.clip_id, c.duration_s,
    ARRAY(SELECT coalesce(round(t.x::numeric, 2), 0)::float8
      FROM generate_series(0, greatest(ceil(c.duration_s)::int, 1) - 1) s
      LEFT JOIN total t ON t.clip_id = c.id AND t.second = s ORDER BY s) AS seen,
    (SELECT count(DISTINCT coalesce(v.user_id, v.link_id))::int FROM seen v WHERE v.clip_id = c.id) AS viewers
  FROM media.clips c WHERE c.id = ANY(${[...clipIds]}::int[]) AND (${libraryReachSql(user)})
  ORDER BY array_position(${[...clipIds]}::int[], c.id)`;

/** The clips of a reel in their order, as far as the caller reaches them. */
export async function selectClipsOfItems(reads: Reads, reelId: string): Promise<number[]> {
  const rows = await reads.$queryRaw<{ clip_id: number }[]>`
    SELECT i.clip_id FROM media.reel_items i WHERE i.reel_id = ${reelId}::uuid GROUP BY 1 ORDER BY min(i.position)`;
  return rows.map(({ clip_id }) => clip_id);
}

/** What is left of views that are past their time. */
export async function selectSums(reads: Reads, thing: WatchedThing): Promise<{ seconds: number; views: number }> {
  const [row] = await reads.$queryRaw<{ seconds: number; views: number }[]>`
    SELECT coalesce(sum(v.seconds), 0)::float8 AS seconds, coalesce(sum(v.views), 0)::int AS views
    FROM media.view_sums v WHERE ${ofThing(thing)}`;
  return row ?? { seconds: 0, views: 0 };
}

/**
 * The newest reels of a team that the caller sees, of those that have clips and an audience: players, or whoever else watched
 * but for their makers.
 */
export const selectReelColumns = (reads: Reads, user: UserContext, team: string): Promise<TeamViewsJson['reels']> =>
  reads.$queryRaw`
    SELECT r.id::text, r.title, (SELECT coalesce(sum(coalesce(i.out_s, c.duration_s) - coalesce(i.in_s, 0)), 0)::float8
      FROM media.reel_items i JOIN media.clips c ON c.id = i.clip_id WHERE i.reel_id = r.id) AS duration_s
    FROM media.reels r WHERE r.team_code = ${team} AND (${reelReachSql(user)})
      AND EXISTS (SELECT FROM media.reel_items i WHERE i.reel_id = r.id)
      AND (EXISTS (SELECT FROM media.users u WHERE ${SHOWN})
        OR EXISTS (SELECT FROM media.views v WHERE v.reel_id = r.id AND v.user_id <> r.owner_id))
    ORDER BY r.created_at DESC, r.id DESC LIMIT 30`;

/** Players of a team, and whoever else watched one of these reels. */
export const selectTeamPeople = (
  reads: Reads,
  team: string,
  reelIds: readonly string[],
): Promise<TeamViewsJson['people']> => reads.$queryRaw`
  WITH ${secondsSql(Prisma.sql`v.reel_id = ANY(${[...reelIds]}::uuid[]) AND v.user_id IS NOT NULL`)},
  cell AS (SELECT sec.user_id, sec.reel_id, ${SEEN} FROM sec GROUP BY 1, 2)
  SELECT u.id::text, u.name, u.role, coalesce((
      SELECT jsonb_agg(jsonb_build_object('reel_id', k.reel_id, 'seconds', k.seconds, 'repeats', k.repeats,
        'last_at', k.last_at)) FROM cell k WHERE k.user_id = u.id), '[]'::jsonb) AS seen,
    coalesce((SELECT jsonb_agg(r.id) FROM media.reels r
      WHERE r.id = ANY(${[...reelIds]}::uuid[]) AND ${SHOWN}), '[]'::jsonb) AS shown
  FROM media.users u
  WHERE (u.role = 'player' AND u.disabled_at IS NULL
      AND ('ALL' = ANY (u.team_access) OR ${team} = ANY (u.team_access)))
    OR u.id IN (SELECT k.user_id FROM cell k)
  ORDER BY u.role = 'player' DESC, u.name, u.id LIMIT 500`;

/**
 * What is kept of the caller's own watching, the newest first. A clip is named where the caller reaches it, or the reel shows it
 * still; its clock is its play's, or that of its beginning.
 */
export const selectOwnViews = (reads: Reads, user: UserContext): Promise<OwnViewsJson['views']> => reads.$queryRaw`
  WITH ${secondsSql(Prisma.sql`v.user_id = ${user.userId}::uuid`)},
  latest AS MATERIALIZED (
    SELECT sec.clip_id, sec.reel_id, ${SEEN} FROM sec GROUP BY 1, 2 ORDER BY max(sec.last_at) DESC LIMIT 200)
  SELECT c.clip_id, l.reel_id::text, r.title AS reel_title, l.seconds, l.repeats, l.last_at,
    CASE WHEN n.id IS NOT NULL THEN jsonb_build_object('event_type', n.event_type, 'player_id', n.player_id,
      'player_name', n.player_name, 'team_code', n.team_code, 'opponent_code', n.opponent_code, 'game_date', n.game_date,
      'period', n.period, 'clock_s', coalesce(k.clock_s, (k.stretches -> 0 ->> 'clock_s')::float8)) END AS clip
  FROM latest l LEFT JOIN media.clips c ON c.id = l.clip_id AND (${libraryReachSql(user)})
    LEFT JOIN LATERAL (
      SELECT c.* WHERE c.id IS NOT NULL
      UNION ALL SELECT s.* FROM media.clip_shown_in(l.reel_id, l.clip_id, ${makersSql()}) s WHERE c.id IS NULL
    ) n ON TRUE
    LEFT JOIN LATERAL media.clock_of_clip(c.clip_id) k ON k.period = c.period
    LEFT JOIN media.reels r ON r.id = l.reel_id
  ORDER BY l.last_at DESC`;

export async function selectOwnTotal(
  reads: Reads,
  user: UserContext,
): Promise<{ seconds: number; since: string | null }> {
  const [row] = await reads.$queryRaw<{ seconds: number; since: string | null }[]>`
    SELECT round(coalesce(sum(v.to_s - v.from_s), 0)::numeric, 1)::float8 AS seconds,
      to_char(min(v.ended_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since
    FROM media.views v WHERE v.user_id = ${user.userId}::uuid`;
  return row ?? { seconds: 0, since: null };
}
