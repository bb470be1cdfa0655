import { Prisma } from '#lib/db/prisma-client.ts';

/* Where plays lie in masters (ADR 59). */

/** Plays that a stoppage begins with: of several at one moment of the clock they belong to what was before it. */
const ENDING = [
  ...['whistle', 'stoppage', 'goal', 'penalty', 'delayed-penalty', 'icing', 'offside', 'period-end', 'game-end'],
];

/** A play from which on the clock runs. */
const RESTART = 'faceoff';

/** Anchors and runs are rounded: a play a moment before the master's first picture is at it. */
const EDGE_S = 0.05;

const sameGame = (left: string, right: string): Prisma.Sql =>
  Prisma.raw(
    `${left}.team_code = ${right}.team_code AND ${left}.season = ${right}.season AND ${left}.game_id = ${right}.game_id`,
  );

/**
 * The file's own time of a moment of the clock: the run that it lies in, both clocks going at one pace. `null` where no file
 * has times of its own for the period. A clock before the first run is counted back from that.
 * @param upTo the clock by which a run must have begun.
 */
const fileTimeSql = (of: string, clock: Prisma.Sql, upTo: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT r.video_s + (${clock} - r.clock_s) FROM runs r
  WHERE ${sameGame('r', of)} AND r.period = ${Prisma.raw(of)}.period
  ORDER BY r.clock_s <= ${upTo} DESC, CASE WHEN r.clock_s <= ${upTo} THEN -r.video_s ELSE r.video_s END LIMIT 1)`;

/**
 * Of plays at one moment of the clock, those that end a run come before a stoppage, and others after it. A clock of whole
 * seconds stands for the second that begins with it.
 */
const RUN_BEGINS_BY = Prisma.sql`CASE WHEN p.name = ANY(${ENDING}::text[]) THEN p.clock_s - 0.001
  WHEN p.clock_s = trunc(p.clock_s) THEN p.clock_s + 0.999 ELSE p.clock_s END`;

const RESTARTS = Prisma.sql`${sameGame('f', 'p')} AND f.name = ${RESTART} AND f.period = p.period`;

/**
 * Further parts of a WITH, the last of which is `placed (id, master_id, at_s, end_at_s, is_exact)`: a row for each play of
 * `page` that a master shows.
 *
 * A play with a time of its file's own, or whose clock one is found for by the runs, lies so far from an anchor as those
 * two times are apart; one without, as the clocks are: that is exact until the next face-off, and about beyond it. The last
 * anchor before a play counts, or the first after it; each in its own master, as far as that goes. What has neither
 * clock nor anchor is of a time line: its time is the masters' of the game, one after the other.
 * `page` has the columns of `media.plays` and is called `p` here.
 */
export const placedSql = Prisma.sql`
  games AS MATERIALIZED (SELECT DISTINCT p.team_code, p.season, p.game_id FROM page p),
  runs AS MATERIALIZED (SELECT r.* FROM games JOIN media.clock_runs r USING (team_code, season, game_id)),
  anchors AS MATERIALIZED (
    SELECT a.*, ${fileTimeSql('a', Prisma.sql`a.clock_s`, Prisma.sql`a.clock_s`)} AS file_s
    FROM games JOIN media.anchors_in_effect a USING (team_code, season, game_id)
  ),
  films AS MATERIALIZED (
    SELECT m.team_code, m.season, m.game_id, m.id, m.duration_s,
      coalesce(sum(m.duration_s) OVER (game ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS begins_s,
      count(*) OVER (PARTITION BY m.team_code, m.season, m.game_id) = 1 AS is_only
    FROM games JOIN media.masters m USING (team_code, season, game_id)
    WHERE m.status = 'ready' AND m.deleted_at IS NULL
    WINDOW game AS (PARTITION BY m.team_code, m.season, m.game_id ORDER BY m.period NULLS LAST, m.filename, m.id)
  ),
  timed AS MATERIALIZED (
    SELECT p.id, p.team_code, p.season, p.game_id, p.source, p.period, p.clock_s, p.video_s, ${RUN_BEGINS_BY} AS begun_by,
      CASE WHEN p.source = 'playsequence' AND p.video_s IS NOT NULL THEN p.video_s
        ELSE ${fileTimeSql('p', Prisma.sql`p.clock_s`, RUN_BEGINS_BY)} END AS file_s,
      coalesce(p.end_video_s - p.video_s, p.end_clock_s - p.clock_s, 0) AS lasts_s
    FROM page p
  ),
  placed AS MATERIALIZED (
    SELECT p.id, v.master_id, greatest(v.at_s, 0) AS at_s, v.at_s + p.lasts_s * v.rate AS end_at_s, v.is_exact
    FROM timed p CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT a.master_id, a.rate, a.duration_s, a.video_s + d.from_s * a.rate AS at_s,
          CASE WHEN d.is_filed THEN d.from_s >= 0 ELSE a.clock_s <= p.begun_by END AS is_after, abs(d.from_s) AS far_s,
          1 AS way,
          d.is_filed OR (d.from_s = 0 AND a.clock_s <= p.begun_by) OR (
            EXISTS (SELECT FROM media.plays f WHERE ${RESTARTS})
            AND NOT EXISTS (SELECT FROM media.plays f WHERE ${RESTARTS}
              AND f.clock_s > least(a.clock_s, p.begun_by) AND f.clock_s <= greatest(a.clock_s, p.begun_by))
          ) AS is_exact
        FROM anchors a CROSS JOIN LATERAL (
          SELECT coalesce(p.file_s - a.file_s, p.clock_s - a.clock_s) AS from_s, p.file_s - a.file_s IS NOT NULL AS is_filed
        ) d
        WHERE ${sameGame('a', 'p')} AND a.period = p.period
        UNION ALL
        SELECT f.id, 1, f.duration_s, p.video_s - f.begins_s, true, p.video_s - f.begins_s, 2, f.is_only
        FROM films f WHERE ${sameGame('f', 'p')} AND p.source = 'sportscode'
      ) ways
      WHERE at_s >= -${EDGE_S}::float8 AND (duration_s IS NULL OR at_s <= duration_s)
      ORDER BY way, is_after DESC, far_s, master_id LIMIT 1
    ) v
  )`;

/** What `placed v` says of a play, as it is answered. */
export const VIDEO = Prisma.sql`CASE WHEN v.id IS NULL THEN NULL
  ELSE jsonb_build_object('master_id', v.master_id, 'at_s', round(v.at_s::numeric, 3)::float8, 'is_exact', v.is_exact) END`;
