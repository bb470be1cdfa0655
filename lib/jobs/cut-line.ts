import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { CUT_PRIORITIES, type CutUrgency, ENCODE, PUBLISH_CLIP, QUEUE_SCHEMA } from './queues.ts';

/** pg-boss's own table (12.x). A cut's `singleton_key` is its clip's id; an index of pg-boss's leads to it. */
const JOBS = Prisma.raw(`${QUEUE_SCHEMA}.job`);

/** Cuts among the jobs `j`: their line has parts of ladders, too. */
export const IS_CUT = Prisma.sql`(j.name IN (${ENCODE}, ${PUBLISH_CLIP}) AND j.data ? 'clipId')`;

/** Cuts that no worker has taken, those that wait for another try included; pg-boss's states are in this order. */
const WAITING = Prisma.sql`${IS_CUT} AND j.state < 'active'`;

/** The jobs of waiting cuts, held until the transaction ends; one that a worker is just taking is left to it. */
export const lockWaitingCuts = (tx: DbOrTx, clipIds: readonly string[]): Promise<{ id: string; queue: string }[]> =>
  tx.$queryRaw`
    SELECT j.id::text, j.name AS queue FROM ${JOBS} j
    WHERE ${WAITING} AND j.singleton_key = ANY(${[...clipIds]}::text[]) FOR UPDATE SKIP LOCKED`;

/** A clip's place among the waiting cuts, from 1, in the order in which workers take them; `null` when it waits not. */
export async function placeInLine(reads: Reads, clipId: string): Promise<number | null> {
  const [row] = await reads.$queryRaw<{ place: number }[]>`
    SELECT (SELECT count(*) FROM ${JOBS} j WHERE ${WAITING}
      AND (-j.priority, j.created_on, j.id) <= (-mine.priority, mine.created_on, mine.id))::int AS place
    FROM (SELECT * FROM ${JOBS} j WHERE ${WAITING} AND j.singleton_key = ${clipId} ORDER BY j.created_on LIMIT 1) mine`;
  return row?.place ?? null;
}

/** Gives waiting cuts the place of those that somebody waits for; one that a worker is just taking needs none. */
export async function raiseWaitingCuts(tx: DbOrTx, clipIds: readonly string[]): Promise<void> {
  const ids = (await lockWaitingCuts(tx, clipIds)).map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.$executeRaw`UPDATE ${JOBS} j SET priority = greatest(j.priority, ${CUT_PRIORITIES.marked})
    WHERE ${IS_CUT} AND j.id = ANY(${ids}::uuid[])`;
}

/** The place that a cut gets which comes now: behind those that are wanted as soon and came before. */
export async function nextPlaceInLine(reads: Reads, urgency: CutUrgency): Promise<number> {
  const [row] = await reads.$queryRaw<{ place: number }[]>`
    SELECT count(*)::int + 1 AS place FROM ${JOBS} j WHERE ${WAITING} AND j.priority >= ${CUT_PRIORITIES[urgency]}`;
  return row?.place ?? 1;
}
