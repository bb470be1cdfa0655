import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { MONITOR_INTERVAL_SECONDS, QUEUE_SCHEMA } from './queues.ts';

/** A job that is said to be worked on, and is not. */
export interface SilentJob {
  id: string;
  queue: string;
}

/** A living worker looks after such jobs every interval; three in a row may be late. */
const PATIENCE_SECONDS = 3 * MONITOR_INTERVAL_SECONDS;

/** How many jobs there are that are not over, and those of them whose worker gives no sign any more (pg-boss 12.x). */
export async function selectSilentJobs(db: DbOrTx, limit: number): Promise<{ open: number; silent: SilentJob[] }> {
  const job = Prisma.raw(`${QUEUE_SCHEMA}.job`);
  const [counted] = await db.$queryRaw<{ open: number }[]>`
    SELECT count(*)::int AS open FROM ${job} WHERE state IN ('created', 'retry', 'active')`;
  const silent = await db.$queryRaw<SilentJob[]>`
    SELECT id::text, name AS queue FROM ${job}
    WHERE state = 'active' AND now() - make_interval(secs => ${PATIENCE_SECONDS}) > least(
      heartbeat_on + make_interval(secs => heartbeat_seconds), started_on + make_interval(secs => expire_seconds))
    ORDER BY started_on LIMIT ${limit}`;
  return { open: counted?.open ?? 0, silent };
}
