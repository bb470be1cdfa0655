import { type Database, Prisma } from './prisma-client.ts';

/** Tables of one shape: a key, its points, and when its window ends, in ms since 1970. */
export type CounterTable = 'api_rate_limits' | 'sign_in_attempts';

export interface CountedWindow {
  points: number;
  /** How long the window goes on, in ms. */
  msLeft: number;
}

/** Points by key. A key's window begins with its first point, and starts anew with the first one after its end. */
export interface WindowCounter {
  /** Adds points, and tells all points of the window. */
  add(key: string, points: number, windowMs: number): Promise<CountedWindow>;
  /** Takes a point back, if the window that it was counted in goes on. */
  giveBack(key: string): Promise<void>;
  /** Those of the keys whose window goes on. */
  running(keys: readonly string[]): Promise<Set<string>>;
  /** Begins a window of this length now, whatever there was. */
  start(key: string, windowMs: number): Promise<void>;
  forget(key: string): Promise<void>;
}

/** The database's clock, the same for every process: theirs may be minutes apart (docs/adr/0029). */
const NOW_MS = Prisma.sql`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

const tableOf = (table: CounterTable): Prisma.Sql => Prisma.raw(`media.${table}`);

/** Counts in one table, shared by all processes. */
export function createWindowCounter(db: Database, name: CounterTable): WindowCounter {
  const table = tableOf(name);
  return {
    async add(key, points, windowMs) {
      const [row] = await db.$queryRaw<{ points: number; msLeft: number }[]>`
        INSERT INTO ${table} AS c (key, points, expire) VALUES (${key}, ${points}, ${NOW_MS} + ${windowMs}::bigint)
        ON CONFLICT (key) DO UPDATE SET
          points = CASE WHEN c.expire <= ${NOW_MS} THEN excluded.points ELSE c.points + excluded.points END,
          expire = CASE WHEN c.expire <= ${NOW_MS} THEN ${NOW_MS} + ${windowMs}::bigint ELSE c.expire END
        RETURNING points, greatest(expire - ${NOW_MS}, 0)::float8 AS "msLeft"`;
      if (!row) throw new Error('a counter that was added to is not there');
      return row;
    },
    async giveBack(key) {
      await db.$executeRaw`UPDATE ${table} SET points = points - 1
        WHERE key = ${key} AND points > 0 AND expire > ${NOW_MS}`;
    },
    async running(keys) {
      const rows = await db.$queryRaw<{ key: string }[]>`
        SELECT key FROM ${table} WHERE key = ANY(${[...keys]}::text[]) AND expire > ${NOW_MS}`;
      return new Set(rows.map(({ key }) => key));
    },
    async start(key, windowMs) {
      await db.$executeRaw`INSERT INTO ${table} (key, points, expire) VALUES (${key}, 1, ${NOW_MS} + ${windowMs}::bigint)
        ON CONFLICT (key) DO UPDATE SET points = 1, expire = excluded.expire`;
    },
    async forget(key) {
      await db.$executeRaw`DELETE FROM ${table} WHERE key = ${key}`;
    },
  };
}

/** Removes windows that have ended; for the worker. */
export async function sweepCounters(db: Database): Promise<void> {
  for (const name of ['api_rate_limits', 'sign_in_attempts'] as const) {
    await db.$executeRaw`DELETE FROM ${tableOf(name)} WHERE expire <= ${NOW_MS}`;
  }
}
