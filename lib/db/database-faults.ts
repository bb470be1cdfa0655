import type { Prisma } from './prisma-client.ts';

/** By its name, and not by its class: bundles have a copy of Prisma each. */
const isPrismaFault = (error: unknown): error is Prisma.PrismaClientKnownRequestError =>
  error instanceof Error && error.name === 'PrismaClientKnownRequestError';

/** Whether raw SQL failed with a SQLSTATE, which Prisma wraps into an error of its own. */
const isRawFault = (error: unknown, sqlState: string): boolean =>
  isPrismaFault(error) && error.code === 'P2010' && JSON.stringify(error.meta).includes(sqlState);

/** Whether a database error is a broken unique rule (SQLSTATE 23505), by model or by raw SQL. */
export const isUniqueViolation = (error: unknown): boolean =>
  (isPrismaFault(error) && error.code === 'P2002') || isRawFault(error, '23505');

/** Whether Postgres broke off a query that took too long (SQLSTATE 57014, `statement_timeout`). */
export const isQueryTimeout = (error: unknown): boolean =>
  isRawFault(error, '57014') || (error instanceof Error && /statement timeout/.test(error.message));

/** Prisma's "cannot reach", "timed out" and "connection closed", and the driver's own. */
export const isConnectionFault = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    typeof code === 'string' &&
    /^(P1001|P1002|P1008|P1017|P2024|P2028|ECONNREFUSED|ECONNRESET|57P0[1-3]|53300)$/.test(code)
  );
};
