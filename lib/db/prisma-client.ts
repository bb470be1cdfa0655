import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '#generated/prisma/client.ts';

export { Prisma };
export type Database = PrismaClient;
/** What a repository function runs on: the client, or one transaction of it. */
export type DbOrTx = PrismaClient | Prisma.TransactionClient;

/** The role that the web works as: row-level security limits what it sees (migration `20261123000000_reach`). */
export const WEB_ROLE = 'heartbeat_web';

/**
 * What a session of Postgres starts with, as its `options`: UTC, the schema, and the role to work as.
 * @param role the owner of the connection unless told otherwise.
 */
export const sessionOptions = (role?: string): string =>
  `-c timezone=UTC -c search_path=media,public${role ? ` -c role=${role}` : ''}`;

/**
 * The one client of a process. Sessions speak UTC, because HeartBeat's timestamps carry no zone.
 * @param options.maxConnections size of the pool.
 * @param options.role the role to work as, `WEB_ROLE` for the web.
 */
export function openDatabase(
  databaseUrl: string,
  options: { maxConnections?: number; name?: string; role?: string } = {},
): Database {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: options.maxConnections ?? 10,
      application_name: options.name ?? 'heartbeat-portal',
      options: sessionOptions(options.role),
      connectionTimeoutMillis: 10_000,
    },
    { schema: 'media' },
  );
  return new PrismaClient({ adapter });
}

/** Whether a database error is a broken unique rule (SQLSTATE 23505), by model or by raw SQL. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === 'P2002' || (error.code === 'P2010' && /23505/.test(JSON.stringify(error.meta))));
