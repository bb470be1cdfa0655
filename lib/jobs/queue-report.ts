import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { IS_CUT } from './cut-line.ts';
import { HEARTBEAT_SECONDS, QUEUE_SCHEMA } from './queues.ts';

/** How the line of cuts stands. */
export interface QueueReport {
  /** Cuts that nobody has taken yet, those that wait for another try included. */
  waiting: number;
  active: number;
  /** How long the oldest waiting cut has been there; `null` when none waits. */
  oldestWaitingS: number | null;
  /** Workers that gave a sign of life lately. One that was killed counts for a minute and a half still. */
  workers: number;
}

const table = (name: string) => Prisma.raw(`${QUEUE_SCHEMA}.${name}`);

/** pg-boss writes an instance's sign of life every 30 s; three in a row may be late. */
const ALIVE_SECONDS = 3 * HEARTBEAT_SECONDS;

/** Reads pg-boss's own tables (12.x): jobs, and the registry of instances, of which only workers supervise. */
export async function readQueueReport(db: DbOrTx): Promise<QueueReport> {
  const rows = await db.$queryRaw<QueueReport[]>`
    SELECT
      count(*) FILTER (WHERE state IN ('created', 'retry'))::int AS waiting,
      count(*) FILTER (WHERE state = 'active')::int AS active,
      extract(epoch FROM now() - min(created_on) FILTER (WHERE state IN ('created', 'retry')))::float8
        AS "oldestWaitingS",
      (SELECT count(*)::int FROM ${table('instance')} WHERE supervise AND stopped_on IS NULL
        AND heartbeat_on > now() - make_interval(secs => ${ALIVE_SECONDS})) AS workers
    FROM ${table('job')} j WHERE ${IS_CUT}`;
  return rows[0] ?? { waiting: 0, active: 0, oldestWaitingS: null, workers: 0 };
}
