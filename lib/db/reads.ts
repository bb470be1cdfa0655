import { types as kinds } from 'node:util';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { Prisma } from '#generated/prisma/client.ts';
import { repeatedIfStale } from './preparing-client.ts';
import { statementName } from './statement-names.ts';

/** What a repository function reads with: a reading transaction, a transaction of Prisma, or the client itself. */
export interface Reads {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T>;
}

/** `text[]` */
const TEXT_ARRAY: number = 1009;
/** As many as are seen in a game, a few times over. */
const MAX_KNOWN_LISTS = 2000;

/** The same lists come row after row: who is on the ice. Each is read once; nobody can change it for the others. */
const lists = new LRUCache<string, readonly string[]>({ max: MAX_KNOWN_LISTS });

const parseList: (text: string) => string[] = pg.types.getTypeParser(TEXT_ARRAY, 'text');

function knownList(text: string): readonly string[] {
  const known = lists.get(text);
  if (known) return known;
  const list = Object.freeze(parseList(text));
  lists.set(text, list);
  return list;
}

/** How Postgres' texts become what Prisma makes of them: sessions speak UTC, and a timestamp carries no zone. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [TEXT_ARRAY, knownList],
  [pg.types.builtins.INT8, BigInt],
  [pg.types.builtins.NUMERIC, (text) => new Prisma.Decimal(text)],
  [pg.types.builtins.DATE, (text) => new Date(`${text}T00:00:00Z`)],
  [pg.types.builtins.TIMESTAMP, (text) => new Date(`${text.replace(' ', 'T')}Z`)],
]);

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ?? pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

const sentAs = (value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : kinds.isDate(value) ? value.toISOString() : value;

const toQuery = ({ text, values }: Prisma.Sql) => ({
  ...{ name: statementName(text), text, values: values.map(sentAs), types },
});

/** Reads by a connection, or by a pool: then each statement has a connection of its own, and is one round trip. */
export const readsBy = (client: Pick<pg.PoolClient, 'query'>): Reads => ({
  async $queryRaw<T>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T> {
    const sql = 'raw' in query ? Prisma.sql(query, ...values) : query;
    return (await client.query(toQuery(sql))).rows as T;
  },
});

/** Gives a connection back when it has left its transaction; one that has not is closed. */
function giveBack(client: pg.PoolClient, left: Promise<unknown>, onFault: (error: Error) => void): void {
  const release = () => {
    client.off('error', onFault);
    client.release(client.getTransactionStatus() !== 'I');
  };
  void left.then(release, release);
}

async function readOnce<T>(pool: pg.Pool, settings: Prisma.Sql, work: (reads: Reads) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks fails its queries, and those tell.
  const onFault = () => {};
  client.on('error', onFault);
  // Nothing is waited for before the first rows are: all of it goes out at once, and Postgres does it in this order.
  const opened = Promise.all([
    client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
    client.query(toQuery(settings)),
  ]);
  opened.catch(() => {});
  try {
    const found = await work(readsBy(client));
    await opened;
    return found;
  } catch (error) {
    // What comes after a failed statement of a transaction only says that one has failed.
    await opened;
    throw error;
  } finally {
    // Nobody waits for the end of a transaction that has changed nothing.
    giveBack(client, client.query('COMMIT'), onFault);
  }
}

/**
 * Reads in one transaction that sees one moment and changes nothing. Its beginning, its settings and the first statement
 * are one round trip, and its end is none.
 *
 * @param settings a query of `set_config(…, true)`: what holds for this transaction alone.
 * @param work has no effect: it is done again when a prepared statement was stale.
 */
export const readTogether = <T>(pool: pg.Pool, settings: Prisma.Sql, work: (reads: Reads) => Promise<T>): Promise<T> =>
  repeatedIfStale(() => readOnce(pool, settings, work));
