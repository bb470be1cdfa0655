import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { KnownGame } from './compare-game.ts';
import type { GameFacts, Play, PlayFormat, RosterPlayer } from './play.ts';

/** Whose game it is, and which. */
export interface GameKey {
  team_code: string;
  season: string;
  game_id: string;
}

/** The columns of a play that a file says, with their types; `labels` as JSON. */
const COLUMNS = {
  ...{ part: 'text', kind: 'text', period: 'int', clock_s: 'float8', end_clock_s: 'float8', video_s: 'float8' },
  ...{ end_video_s: 'float8', name: 'text', shorthand: 'text', type: 'text', outcome: 'text', zone: 'text' },
  ...{ strength: 'text', acting_team: 'text', player_id: 'text', player_name: 'text', named_ids: 'text[]' },
  ...{ on_ice: 'text[]', against: 'text[]', x_ft: 'float8', y_ft: 'float8', labels: 'jsonb', free_text: 'text' },
} as const satisfies Partial<Record<keyof Play, string>>;

const columnsSql = (write: (name: string, type: string) => string): Prisma.Sql =>
  Prisma.raw(
    Object.entries(COLUMNS)
      .map(([name, type]) => write(name, type))
      .join(', '),
  );

const NAMES = columnsSql((name) => name);
const NAMES_AND_TYPES = columnsSql((name, type) => `${name} ${type}`);
const OLD = columnsSql((name) => `p.${name}`);
const NEW = columnsSql((name) => `excluded.${name}`);
const CHANGES = columnsSql((name) => `${name} = excluded.${name}`);

/** Rows that one statement takes: the text of more would be held several times over. */
const ROWS_A_STATEMENT = 6000;

/** Imports into one game wait for each other. */
export async function lockGame(tx: DbOrTx, { team_code, season, game_id }: GameKey): Promise<void> {
  const key = `plays ${team_code} ${season} ${game_id}`;
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`;
}

/** What is known of the game, and of the files of a format that it had. */
export async function selectKnownGame(
  tx: DbOrTx,
  { team_code, season, game_id }: GameKey,
  format: PlayFormat,
): Promise<KnownGame & { filenames: string[] }> {
  const [row] = await tx.$queryRaw<
    { dates: string[]; opponents: string[]; references: string[]; filenames: string[] }[]
  >`SELECT
      ARRAY(SELECT g.game_date::text FROM media.games g WHERE g.team_code = ${team_code} AND g.season = ${season}
        AND g.game_id = ${game_id} AND g.game_date IS NOT NULL) AS dates,
      ARRAY(SELECT g.opponent_code FROM media.games g WHERE g.team_code = ${team_code} AND g.season = ${season}
        AND g.game_id = ${game_id} AND g.opponent_code IS NOT NULL) AS opponents,
      ARRAY(SELECT DISTINCT f.reference FROM media.play_files f WHERE f.team_code = ${team_code} AND f.season = ${season}
        AND f.game_id = ${game_id} AND f.format = ${format} AND f.reference IS NOT NULL) AS references,
      ARRAY(SELECT m.filename FROM media.masters m WHERE m.team_code = ${team_code} AND m.season = ${season}
        AND m.game_id = ${game_id} AND m.deleted_at IS NULL ORDER BY m.filename LIMIT 20) AS filenames`;
  return { team_code, season, game_id, dates: [], opponents: [], references: [], filenames: [], ...row };
}

/** The game's own row: what was known before stays, unless this file says otherwise. */
export async function upsertGame(tx: DbOrTx, { team_code, season, game_id }: GameKey, facts: GameFacts): Promise<void> {
  const sides = [facts.home, facts.away];
  const own = sides.find((side) => side?.team === team_code) ?? null;
  const other = own === null ? null : (sides.find((side) => side !== own) ?? null);
  await tx.$executeRaw`
    INSERT INTO media.games AS g (team_code, season, game_id, game_date, opponent_code, is_home, own_goals, opponent_goals)
    VALUES (${team_code}, ${season}, ${game_id}, ${facts.date}::date, ${other?.team ?? null}::text,
      ${own === null ? null : own === facts.home}::boolean, ${own?.goals ?? null}::int, ${other?.goals ?? null}::int)
    ON CONFLICT (team_code, season, game_id) DO UPDATE SET
      game_date = coalesce(excluded.game_date, g.game_date), opponent_code = coalesce(excluded.opponent_code, g.opponent_code),
      is_home = coalesce(excluded.is_home, g.is_home), own_goals = coalesce(excluded.own_goals, g.own_goals),
      opponent_goals = coalesce(excluded.opponent_goals, g.opponent_goals), updated_at = now()
    WHERE (coalesce(excluded.game_date, g.game_date), coalesce(excluded.opponent_code, g.opponent_code),
        coalesce(excluded.is_home, g.is_home), coalesce(excluded.own_goals, g.own_goals),
        coalesce(excluded.opponent_goals, g.opponent_goals))
      IS DISTINCT FROM (g.game_date, g.opponent_code, g.is_home, g.own_goals, g.opponent_goals)`;
}

/** Players of the game: each fact that this file has goes over what was known. */
export async function upsertRoster(tx: DbOrTx, game: GameKey, players: readonly RosterPlayer[]): Promise<void> {
  if (players.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO media.game_players AS g (team_code, season, game_id, player_id, player_name, jersey, position, plays_for)
    SELECT ${game.team_code}, ${game.season}, ${game.game_id}, r.player_id, r.player_name, r.jersey, r.position, r.team
    FROM jsonb_to_recordset(${JSON.stringify(players)}::jsonb)
      AS r(player_id text, player_name text, jersey text, position text, team text)
    ON CONFLICT (team_code, season, game_id, player_id) DO UPDATE SET
      player_name = coalesce(excluded.player_name, g.player_name), jersey = coalesce(excluded.jersey, g.jersey),
      position = coalesce(excluded.position, g.position), plays_for = coalesce(excluded.plays_for, g.plays_for)
    WHERE (coalesce(excluded.player_name, g.player_name), coalesce(excluded.jersey, g.jersey),
        coalesce(excluded.position, g.position), coalesce(excluded.plays_for, g.plays_for))
      IS DISTINCT FROM (g.player_name, g.jersey, g.position, g.plays_for)`;
}

/**
 * Writes plays by their source's ids, in a statement for each few thousand. A play that is as it was is not touched.
 * @returns how many were new, and how many were otherwise.
 */
export async function upsertPlays(
  tx: DbOrTx,
  game: GameKey,
  source: PlayFormat,
  plays: readonly Play[],
): Promise<{ added: number; changed: number }> {
  const sum = { added: 0, changed: 0 };
  for (let at = 0; at < plays.length; at += ROWS_A_STATEMENT) {
    const rows = JSON.stringify(plays.slice(at, at + ROWS_A_STATEMENT));
    const [counts] = await tx.$queryRaw<{ added: number; changed: number }[]>`
      WITH written AS (
        INSERT INTO media.plays AS p (team_code, season, game_id, source, source_id, ${NAMES})
        SELECT ${game.team_code}, ${game.season}, ${game.game_id}, ${source}, g.source_id, ${NAMES}
        FROM jsonb_to_recordset(${rows}::jsonb) AS g(source_id text, ${NAMES_AND_TYPES})
        ON CONFLICT (team_code, season, game_id, source, source_id) DO UPDATE SET ${CHANGES}, updated_at = now()
        WHERE (${OLD}) IS DISTINCT FROM (${NEW})
        RETURNING (xmax = 0) AS is_new
      )
      SELECT count(*) FILTER (WHERE is_new)::int AS added, count(*) FILTER (WHERE NOT is_new)::int AS changed FROM written`;
    sum.added += counts?.added ?? 0;
    sum.changed += counts?.changed ?? 0;
  }
  return sum;
}

/** Takes away what a newer file of a format leaves out of the parts that it has. @returns how many. */
export function deleteLeftOut(tx: DbOrTx, game: GameKey, source: PlayFormat, plays: readonly Play[]): Promise<number> {
  const parts = [...new Set(plays.map(({ part }) => part))];
  return tx.$executeRaw`
    DELETE FROM media.plays p
    WHERE p.team_code = ${game.team_code} AND p.season = ${game.season} AND p.game_id = ${game.game_id}
      AND p.source = ${source} AND p.part = ANY(${parts}::text[])
      AND NOT EXISTS (SELECT FROM unnest(${plays.map(({ source_id }) => source_id)}::text[]) AS k(id) WHERE k.id = p.source_id)`;
}

interface NewPlayFile {
  format: PlayFormat;
  sha256: string;
  size_bytes: number;
  lake_uri: string;
  reference: string | null;
  imported_by: string;
}

/** Writes down that a file was imported; the same one again is the same row. */
export async function insertPlayFile(tx: DbOrTx, game: GameKey, file: NewPlayFile): Promise<void> {
  const { format, sha256, size_bytes, lake_uri, reference, imported_by } = file;
  await tx.$executeRaw`
    INSERT INTO media.play_files (team_code, season, game_id, format, sha256, size_bytes, lake_uri, reference, imported_by)
    VALUES (${game.team_code}, ${game.season}, ${game.game_id}, ${format}, ${sha256}, ${size_bytes}, ${lake_uri},
      ${reference}, (SELECT u.id FROM media.users u WHERE u.id = ${imported_by}::uuid))
    ON CONFLICT (team_code, season, game_id, sha256) DO NOTHING`;
}
