import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '#generated/prisma/client.ts';

export { Prisma };
export type Database = PrismaClient;
/** What a repository function runs on: the client, or one transaction of it. */
export type DbOrTx = PrismaClient | Prisma.TransactionClient;

/**
 * The one client of a process. Sessions speak UTC, because HeartBeat's timestamps carry no zone.
 * @param options.maxConnections size of the pool.
 */
export function openDatabase(databaseUrl: string, options: { maxConnections?: number; name?: string } = {}): Database {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: options.maxConnections ?? 10,
      application_name: options.name ?? 'heartbeat-portal',
      options: '-c timezone=UTC -c search_path=media,public',
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
