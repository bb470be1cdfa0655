import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { Prisma, PrismaClient } from '#generated/prisma/client.ts';
import { ANSWER_MS, boundedClient, KEPT_ALIVE } from './bounded-client.ts';
import { PreparingPool, preparingClient, type SentStatement } from './preparing-client.ts';
import { type Reads, readsBy, readTogether } from './reads.ts';
import { Silence } from './silence.ts';
import { statementName } from './statement-names.ts';

export type { Reads };
export { Prisma };
export type Database = PrismaClient;
/** What a repository function runs on: the client, or one transaction of it. */
export type DbOrTx = PrismaClient | Prisma.TransactionClient;

/** The role that the web works as: row-level security limits what it sees (migration `20261123000000_reach`). */
export const WEB_ROLE = 'heartbeat_web';

/** People do not wait longer for a page, and a query that takes longer takes the database from everybody. */
const WEB_QUERY_TIMEOUT_MS = 3500;
/** Workers and commands clean up whole tables. */
const OWNER_ANSWER_MS = 300_000;

/**
 * What a session of Postgres starts with, as its `options`: UTC, the schema, and the role to work as.
 * @param role the owner of the connection unless told otherwise.
 */
export const sessionOptions = (role?: typeof WEB_ROLE): string =>
  `-c timezone=UTC -c search_path=media,public${role === WEB_ROLE ? ` -c role=${role} -c statement_timeout=${WEB_QUERY_TIMEOUT_MS}` : ''}`;

/** The connections that fit `sessionOptions`: none waits for a server that is frozen, or no longer there. */
export const clientFor = (role?: typeof WEB_ROLE, silence = new Silence()): typeof pg.Client =>
  boundedClient(role === WEB_ROLE ? ANSWER_MS : OWNER_ANSWER_MS, silence);

/** The pool behind each client: what only reads goes to it straight (docs/adr/0044). Next loads
 * each route as a bundle of its own, and the client is opened by one of them. */
const shared = globalThis as typeof globalThis & { heartbeatPools?: WeakMap<object, pg.Pool> };
shared.heartbeatPools ??= new WeakMap();
const pools = shared.heartbeatPools;

const poolOf = (db: Database): pg.Pool => {
  const pool = pools.get(db);
  if (!pool) throw new Error('This client was not opened by openDatabase.');
  return pool;
};

/** Reads with one statement, outside of any reach. */
export const readsOf = (db: Database): Reads => readsBy(poolOf(db));

/** Reads in one transaction with settings of its own; see `readTogether`. */
export const readUnder = <T>(db: Database, settings: Prisma.Sql, work: (reads: Reads) => Promise<T>): Promise<T> =>
  readTogether(poolOf(db), settings, work);

interface OpenOptions {
  /** Size of the pool. */
  maxConnections?: number;
  /** Shows in the database's list of sessions. */
  name?: string;
  /** The role to work as: `WEB_ROLE` for the web, whose statements are prepared. */
  role?: typeof WEB_ROLE;
  /** Is told of each statement with parameters. */
  onStatement?(sent: SentStatement): unknown;
}

/**
 * The one client of a process. Sessions speak UTC, because HeartBeat's timestamps carry no zone.
 */
export function openDatabase(databaseUrl: string, options: OpenOptions = {}): Database {
  const silence = new Silence();
  const settings = {
    connectionString: databaseUrl,
    max: options.maxConnections ?? 10,
    application_name: options.name ?? 'heartbeat-portal',
    options: sessionOptions(options.role),
    Client: preparingClient(clientFor(options.role, silence), options.onStatement),
    // Statements may be on their way before the one ahead of them is answered.
    pipeline: true,
    ...KEPT_ALIVE,
  };
  const pool = new PreparingPool(settings, silence);
  const isPrepared = options.role === WEB_ROLE;
  const statementNameGenerator = isPrepared
    ? { statementNameGenerator: ({ sql }: { sql: string }) => statementName(sql) }
    : {};
  const adapter = new PrismaPg(pool, { schema: 'media', disposeExternalPool: true, ...statementNameGenerator });
  // A connection that breaks while nobody has it is replaced, and nobody need be told.
  pool.on('error', () => {});
  const db = new PrismaClient({ adapter });
  // Connects to nothing yet. What was never connected would not end the pool when it is disconnected.
  db.$connect().catch(() => {});
  pools.set(db, pool);
  return db;
}
