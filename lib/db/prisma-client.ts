import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '#generated/prisma/client.ts';
import { ANSWER_MS, boundedClient, CONNECTION_BOUNDS } from './bounded-client.ts';

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
export const clientFor = (role?: typeof WEB_ROLE): typeof pg.Client =>
  boundedClient(role === WEB_ROLE ? ANSWER_MS : OWNER_ANSWER_MS);

/**
 * The one client of a process. Sessions speak UTC, because HeartBeat's timestamps carry no zone.
 * @param options.maxConnections size of the pool.
 * @param options.role the role to work as, `WEB_ROLE` for the web.
 */
export function openDatabase(
  databaseUrl: string,
  options: { maxConnections?: number; name?: string; role?: typeof WEB_ROLE } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.maxConnections ?? 10,
    application_name: options.name ?? 'heartbeat-portal',
    options: sessionOptions(options.role),
    Client: clientFor(options.role),
    ...CONNECTION_BOUNDS,
  });
  return new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'media', disposeExternalPool: true }) });
}
