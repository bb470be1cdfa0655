import { type Database, type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { PLACE } from './slices-lake.ts';

/** Teams and seasons that the copies are of, the pattern's first; a season of one team has 84 games when all are there. */
const TEAMS = ['MTL', 'CHI', 'TOR', 'BOS'];
const SEASONS = ['2025-2026', '2024-2025', '2023-2024'];
const OPPONENTS = 31;

/** Games of one statement: more would be one transaction of gigabytes. */
const SLICE = 100;
const TIMEOUT_MS = 30 * 60_000;

/** Columns of a table that are copied as they are; the others are said one by one, or generated. */
async function plainColumns(db: DbOrTx, table: string, others: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT a.attname AS name FROM pg_attribute a
    WHERE a.attrelid = ${`media.${table}`}::text::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY a.attnum`;
  return rows.map(({ name }) => name).filter((name) => !['team_code', 'season', 'game_id', ...others].includes(name));
}

/** The games numbered `from` to `to`: whose each is, and how its players' ids begin in the place of the pattern's. */
const games = (from: number, to: number) => Prisma.sql`(
  SELECT (${TEAMS}::text[])[1 + n % 4] AS team_code, (${SEASONS}::text[])[1 + (n / 4) % 3] AS season,
    (20100 + n / 12)::text AS game_id, date '2025-10-01' - 365 * ((n / 4) % 3) + (n / 12) * 2 AS game_date,
    'O' || n % ${OPPONENTS} AS opponent_code, '848' || n % 4 AS own, (8490 + n % ${OPPONENTS})::text AS other
  FROM generate_series(${from}::int, ${to}::int) n) g`;

const PATTERN = Prisma.sql`(p.team_code, p.season, p.game_id) = (${PLACE.team_code}, ${PLACE.season}, ${PLACE.game_id})`;

const othersId = (column: string) => `replace(replace(${column}, '8480', g.own), '8490', g.other)`;

/** A statement that copies the pattern's rows of a table for each of these games. */
function copied(
  table: string,
  plain: readonly string[],
  said: Readonly<Record<string, string>>,
  from: number,
  to: number,
) {
  const names = Prisma.raw(['team_code', 'season', 'game_id', ...plain, ...Object.keys(said)].join(', '));
  const values = Prisma.raw([...plain.map((name) => `p.${name}`), ...Object.values(said)].join(', '));
  return Prisma.sql`INSERT INTO media.${Prisma.raw(table)} (${names})
    SELECT g.team_code, g.season, g.game_id, ${values} FROM ${games(from, to)}, media.${Prisma.raw(table)} p WHERE ${PATTERN}`;
}

async function copySlice(tx: DbOrTx, from: number, to: number): Promise<void> {
  // No triggers: their rows are written here, and nobody is to be told of these games.
  await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
  await tx.$executeRaw`INSERT INTO media.games (team_code, season, game_id, game_date, opponent_code, is_home, own_goals, opponent_goals)
    SELECT g.team_code, g.season, g.game_id, g.game_date, g.opponent_code, true, 3, 2 FROM ${games(from, to)}`;
  const copy = async (table: string, said: Record<string, string>, left: readonly string[] = []) =>
    tx.$executeRaw(copied(table, await plainColumns(tx, table, [...Object.keys(said), ...left]), said, from, to));
  await copy('game_players', { player_id: othersId('p.player_id') });
  await copy('clock_runs', {});
  const uri = "'gs://bench/' || g.team_code || '/' || g.season || '/' || g.game_id || '/' || p.filename";
  await copy('masters', { id: 'gen_random_uuid()', lake_uri: uri });
  const lists = ['on_ice', 'against'].map((name) => [name, `${othersId(`p.${name}::text`)}::text[]`]);
  await copy('play_counts', { value: othersId('p.value') });
  await copy('plays', { ...Object.fromEntries(lists), player_id: othersId('p.player_id') }, ['id']);
}

const TABLES = ['games', 'game_players', 'clock_runs', 'masters', 'play_counts', 'plays'];

/**
 * Copies the pattern game, numbers `from` to `to`, with players of their own. The game has its plays and its masters already.
 * @param say how far it is.
 */
export async function seedGames(db: Database, from: number, to: number, say: (line: string) => void): Promise<void> {
  // An index that is made once is made in a tenth of the time.
  const indexes = await db.$queryRaw<{ name: string; made: string }[]>`
    SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
    WHERE i.indrelid = 'media.plays'::regclass AND NOT i.indisunique`;
  await db.$transaction(
    async (tx) => {
      for (const { name } of indexes) await tx.$executeRawUnsafe(`DROP INDEX ${name}`);
    },
    { timeout: TIMEOUT_MS },
  );
  for (let first = from; first <= to; first += SLICE) {
    say(`games ${first} to ${to} are put there`);
    await db.$transaction((tx) => copySlice(tx, first, Math.min(to, first + SLICE - 1)), { timeout: TIMEOUT_MS });
  }
  for (const { name, made } of indexes) {
    say(`${name} is made`);
    await db.$transaction(
      async (tx) => {
        await tx.$executeRaw`SET LOCAL maintenance_work_mem = '1GB'`;
        await tx.$executeRawUnsafe(made);
      },
      { timeout: TIMEOUT_MS },
    );
  }
  for (const table of TABLES) await db.$executeRawUnsafe(`VACUUM ANALYZE media.${table}`);
}
