import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { ENCODE, PREPARE_ABANDONED, PREPARE_CHUNK, PREPARE_MASTER, QUEUE_SCHEMA } from '#lib/jobs/queues.ts';

/** A master that is being prepared, and what of that no job will do. */
export interface StuckPreparation {
  masterId: string;
  filename: string;
  kind: 'source' | 'ladder' | null;
  /** The parts without a job; `null` where the master is to be read still. */
  numbers: number[] | null;
}

const hasNoJob = (names: readonly string[], isFor: Prisma.Sql) => Prisma.sql`NOT EXISTS (
  SELECT FROM ${Prisma.raw(`${QUEUE_SCHEMA}.job`)} j
  WHERE j.name = ANY (${[...names, PREPARE_ABANDONED]}) AND j.state IN ('created', 'retry', 'active')
    AND j.data->>'masterId' = p.master_id::text AND ${isFor})`;

/**
 * Masters that are to be prepared and that no job will prepare, or not to their end; one statement sees rows and jobs alike.
 * @param masterId one of them; `null`: all.
 */
const selectStuck = (db: DbOrTx, masterId: string | null): Promise<StuckPreparation[]> => db.$queryRaw`
  SELECT p.master_id::text AS "masterId", m.filename, p.kind, parts.numbers
  FROM media.master_preparations p JOIN media.masters m ON m.id = p.master_id
  CROSS JOIN LATERAL (
    SELECT array_agg(c.number ORDER BY c.number) FILTER (WHERE NOT c.is_done AND
      ${hasNoJob([ENCODE, PREPARE_CHUNK], Prisma.sql`(j.name = ${PREPARE_ABANDONED} OR j.data->'number' = to_jsonb(c.number))`)}
    ) AS numbers, count(*) AS planned
    FROM media.preparation_chunks c WHERE c.master_id = p.master_id
  ) parts
  WHERE p.status IN ('pending', 'running') AND m.status = 'ready' AND m.deleted_at IS NULL
    AND (${masterId}::uuid IS NULL OR p.master_id = ${masterId}::uuid)
    AND (parts.numbers IS NOT NULL OR (parts.planned = 0 AND ${hasNoJob([PREPARE_MASTER], Prisma.sql`true`)}))
  ORDER BY m.created_at`;

export const selectStuckPreparations = (db: DbOrTx): Promise<StuckPreparation[]> => selectStuck(db, null);

/** Takes a master from the worker that had it, if it is without a job still; what is to be put in line then. Holds its row. */
export async function releaseStuckPreparation(tx: DbOrTx, masterId: string): Promise<StuckPreparation | null> {
  await tx.$queryRaw`SELECT FROM media.master_preparations p WHERE p.master_id = ${masterId}::uuid FOR UPDATE`;
  const [stuck] = await selectStuck(tx, masterId);
  if (!stuck) return null;
  if (stuck.numbers === null) {
    await tx.masterPreparation.update({ where: { masterId }, data: { status: 'pending', claimToken: null } });
  }
  return stuck;
}
