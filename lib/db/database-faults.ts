/** What Prisma's adapter says of the driver's error (`@prisma/driver-adapter-utils`). */
interface DriverFault {
  kind?: unknown;
  originalCode?: unknown;
  code?: unknown;
}

interface Fault extends DriverFault {
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: { cause?: DriverFault } };
}

/** An error and what it was made of: Prisma wraps the adapter's fault, and that the driver's. */
function* layersOf(error: unknown): Generator<Fault> {
  const seen = new Set<unknown>();
  for (let at = error; typeof at === 'object' && at !== null && !seen.has(at); at = (at as Fault).cause) {
    seen.add(at);
    yield at as Fault;
    const driver = (at as Fault).meta?.driverAdapterError?.cause;
    if (driver) yield driver;
  }
}

const some = (error: unknown, test: (layer: Fault) => boolean): boolean => {
  for (const layer of layersOf(error)) if (test(layer)) return true;
  return false;
};

/** The codes of a layer: Prisma's (P…), a SQLSTATE, or a system call's. */
const codesOf = ({ code, originalCode }: Fault): string[] =>
  [code, originalCode].filter((value) => typeof value === 'string');

const hasCode = (error: unknown, pattern: RegExp): boolean =>
  some(error, (layer) => codesOf(layer).some((code) => pattern.test(code)));

/** Whether a database error is a broken unique rule (SQLSTATE 23505), by model or by raw SQL. */
export const isUniqueViolation = (error: unknown): boolean => hasCode(error, /^(P2002|23505)$/);

/** Whether Postgres broke off a query that took too long (SQLSTATE 57014, `statement_timeout`). */
export const isQueryTimeout = (error: unknown): boolean => hasCode(error, /^57014$/);

/** Whether a lock was not had in time (SQLSTATE 55P03, `lock_timeout`). */
export const isLockTimeout = (error: unknown): boolean => hasCode(error, /^55P03$/);

/**
 * What passes by itself. Prisma: cannot reach, timed out, closed, too many, transaction not started or lost, write
 * conflict. SQLSTATE (PostgreSQL's manual, appendix A): class 08 (connection), 53 (out of resources), 57P (shutting
 * down, starting up), 40001 and 40P01 (lost a race), 55P03 (a lock not had in time), 25P0x (a transaction that idled),
 * 25006 (a standby that is not the primary yet). System calls: the line.
 */
const PASSING =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037|08\w{3}|53\w{3}|57P0\w|40001|40P01|55P03|25P0\w|25006|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN)$/;

const PASSING_KINDS = new Set<unknown>([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
]);

/** pg and its pool have no codes for these (`pg/lib/client.js`, `pg-pool/index.js`). */
const UNCODED =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error and is not queryable|Client was closed and is not queryable|Server closed the connection)/;

/** Whether the database, or the line to it, failed in a way that passes: cut, frozen, starting up, out of room. */
export const isConnectionFault = (error: unknown): boolean =>
  hasCode(error, PASSING) ||
  some(error, ({ kind, message }) => PASSING_KINDS.has(kind) || (typeof message === 'string' && UNCODED.test(message)));

/**
 * Whether a prepared statement is not what it was: a migration changed what it yields (SQLSTATE 0A000, which has other
 * uses), or between here and Postgres somebody else has the connection (26000: no such statement, 42P05: there is one).
 */
export const isStaleStatement = (error: unknown): boolean =>
  some(
    error,
    (layer) =>
      codesOf(layer).some((code) => code === '26000' || code === '42P05') ||
      (typeof layer.message === 'string' && layer.message.includes('cached plan must not change result type')),
  );
