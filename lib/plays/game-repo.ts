import { gameReachSql, libraryReachSql, playReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import { saysWordsSql } from '#lib/db/words-sql.ts';
import type { GameParams, GameWithRostersJson, ListGamesQuery } from './game-schemas.ts';
import { seesWholeGames } from './play-filter-sql.ts';

/** A master of a game, with the periods whose clocks people have tied to it. */
export interface GameFilm {
  id: string;
  period: number | null;
  filename: string;
  anchored: number[];
}

/** A game as the caller reaches it. */
export interface GameRow extends GameParams {
  day: string;
  game_date: string | null;
  opponent_code: string | null;
  is_home: boolean | null;
  own_goals: number | null;
  opponent_goals: number | null;
  clips: number;
  plays: number;
  /** Periods that plays tell of. */
  play_periods: number[];
  films: GameFilm[];
}

/** A game's place in the list: its day, and its name. */
export type GamePlace = GameParams & { day: string };

const FILM_REACH = Prisma.sql`m.team_code = g.team_code AND m.season = g.season AND m.game_id = g.game_id
  AND m.status = 'ready' AND m.deleted_at IS NULL`;

const playsSql = (user: UserContext): Prisma.Sql =>
  Prisma.sql`media.plays p WHERE p.team_code = g.team_code AND p.season = g.season AND p.game_id = g.game_id
    AND ${playReachSql(user)}`;

/** Looked up in the index of one's team's games, as the lists of clips are (ADR 46). */
const clipsSql = (user: UserContext): Prisma.Sql =>
  Prisma.sql`media.clips c WHERE c.team_code = g.team_code AND c.game_id COLLATE "C" = g.game_id AND c.season = g.season
    AND ${libraryReachSql(user)}`;

/** Whether something of a game `g` is there for the caller: a row alone stays when its last clip is gone. */
const isThereSql = (user: UserContext): Prisma.Sql => Prisma.sql`(
  EXISTS (SELECT FROM media.masters m WHERE m.team_code = g.team_code AND m.season = g.season AND m.game_id = g.game_id
    AND m.deleted_at IS NULL)
  OR EXISTS (SELECT FROM ${playsSql(user)}) OR EXISTS (SELECT FROM ${clipsSql(user)}))`;

/** What is told of the games of `page g`; a period is what a play's place begins with. */
const factsSql = (user: UserContext): Prisma.Sql => Prisma.sql`
  g.team_code, g.season, g.game_id, g.day::text, g.game_date::text, g.opponent_code, g.is_home,
  coalesce(counted.own, g.own_goals) AS own_goals, coalesce(counted.opponent, g.opponent_goals) AS opponent_goals,
  (SELECT count(*)::int FROM ${clipsSql(user)}) AS clips, played.plays, played.play_periods,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', m.id, 'period', m.period, 'filename', m.filename, 'anchored', ARRAY(
        SELECT DISTINCT a.period FROM media.anchors_in_effect a WHERE a.team_code = g.team_code AND a.season = g.season
          AND a.game_id = g.game_id AND a.master_id = m.id AND a.is_set)) ORDER BY m.period NULLS LAST, m.filename)
    FROM media.masters m WHERE ${FILM_REACH}), '[]') AS films`;

/** Plays by period, of which 0 is none. Of whole games they are counted already (prisma/functions/play-counts.sql). */
const countedSql = (user: UserContext): Prisma.Sql =>
  seesWholeGames(user)
    ? Prisma.sql`(SELECT c.value::int AS period, c.plays FROM media.play_counts c WHERE c.team_code = g.team_code
        AND c.season = g.season AND c.game_id = g.game_id AND c.field = 'period')`
    : Prisma.sql`(SELECT trunc(p.place / 100000)::int AS period, count(*) AS plays FROM ${playsSql(user)} GROUP BY 1)`;

const playedSql = (user: UserContext): Prisma.Sql => Prisma.sql`
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(n.plays), 0)::int AS plays,
      coalesce(array_agg(n.period ORDER BY n.period) FILTER (WHERE n.period > 0), '{}') AS play_periods
    FROM ${countedSql(user)} n
  ) played`;

/** The score that its plays make (prisma/functions/game-scores.sql), where no file says how a game `g` ended. */
const SCORED = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT s.own, s.opponent FROM media.score_of_plays(g.team_code, g.season, g.game_id) s
    WHERE g.own_goals IS NULL OR g.opponent_goals IS NULL
  ) counted ON TRUE`;

/** What a game is called by. */
const CALLED = Prisma.sql`concat_ws(' ', g.team_code, g.opponent_code, g.season, g.game_date::text, g.game_id)`;

function listSql(user: UserContext, query: Omit<ListGamesQuery, 'cursor'>): Prisma.Sql {
  const conditions = [Prisma.sql`(${gameReachSql(user)})`];
  for (const column of ['team_code', 'season', 'opponent_code'] as const) {
    const value = query[column];
    if (value !== undefined) conditions.push(Prisma.sql`g.${Prisma.raw(column)} = ${value}`);
  }
  if (query.date_from) conditions.push(Prisma.sql`g.game_date >= ${query.date_from}::date`);
  if (query.date_to) conditions.push(Prisma.sql`g.game_date <= ${query.date_to}::date`);
  if (query.q) conditions.push(saysWordsSql(CALLED, query.q));
  return Prisma.join(conditions, ' AND ');
}

/** One page of the games in reach, the newest first, in one statement. */
export async function selectGamePage(
  reads: Reads,
  user: UserContext,
  query: Omit<ListGamesQuery, 'cursor'>,
  { after, limit }: { after: GamePlace | null; limit: number },
): Promise<{ games: GameRow[]; next: GamePlace | null }> {
  const beyond = after
    ? Prisma.sql`AND (g.day, g.team_code, g.season, g.game_id)
        < (${after.day}::date, ${after.team_code}, ${after.season}, ${after.game_id})`
    : Prisma.empty;
  const rows = await reads.$queryRaw<GameRow[]>`
    WITH page AS MATERIALIZED (
      SELECT g.* FROM media.games g
      WHERE ${PLANNED_EACH_TIME} ${listSql(user, query)} AND ${isThereSql(user)} ${beyond}
      ORDER BY g.day DESC, g.team_code DESC, g.season DESC, g.game_id DESC LIMIT ${writtenOut(limit + 1)}
    )
    SELECT ${factsSql(user)} FROM page g ${playedSql(user)} ${SCORED}
    ORDER BY g.day DESC, g.team_code DESC, g.season DESC, g.game_id DESC`;
  const games = rows.slice(0, limit);
  const last = rows.length > limit ? games.at(-1) : undefined;
  return {
    games,
    next: last ? { day: last.day, team_code: last.team_code, season: last.season, game_id: last.game_id } : null,
  };
}

/** One game in reach with its rosters, or `null`, in one statement. */
export async function selectGame(
  reads: Reads,
  user: UserContext,
  { team_code, season, game_id }: GameParams,
): Promise<(GameRow & Pick<GameWithRostersJson, 'rosters'>) | null> {
  const [row] = await reads.$queryRaw<(GameRow & Pick<GameWithRostersJson, 'rosters'>)[]>`
    SELECT ${factsSql(user)}, coalesce((
      SELECT jsonb_agg(jsonb_build_object('player_id', r.player_id, 'player_name', r.player_name, 'jersey', r.jersey,
          'position', r.position, 'team', r.plays_for) ORDER BY r.plays_for, r.player_name, r.player_id)
      FROM media.game_players r
      WHERE r.team_code = g.team_code AND r.season = g.season AND r.game_id = g.game_id), '[]') AS rosters
    FROM media.games g ${playedSql(user)} ${SCORED}
    WHERE ${PLANNED_EACH_TIME} g.team_code = ${team_code} AND g.season = ${season} AND g.game_id = ${game_id}
      AND (${gameReachSql(user)}) AND ${isThereSql(user)}`;
  return row ?? null;
}

/** The teams and seasons of which the caller sees plays. */
export const selectPlayedSeasons = (
  reads: Reads,
  user: UserContext,
): Promise<{ team_code: string; season: string }[]> =>
  reads.$queryRaw`
    SELECT DISTINCT g.team_code, g.season FROM media.games g
    WHERE (${gameReachSql(user)}) AND EXISTS (SELECT FROM ${playsSql(user)}) ORDER BY 1, 2 DESC`;
