import type { DbOrTx, Reads } from '#lib/db/prisma-client.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { enqueueRemoval } from './prepared-objects-repo.ts';

/** Puts a master that was just uploaded, or restored, in line to be prepared. */
export async function beginPreparation(
  tx: DbOrTx,
  { queue }: Pick<PortalDeps, 'queue'>,
  masterId: string,
): Promise<void> {
  const { count } = await tx.masterPreparation.createMany({ data: [{ masterId }], skipDuplicates: true });
  if (count > 0) await queue.enqueuePrepareMasters(tx, [{ masterId }], { isUploaded: true });
}

/**
 * Takes back what was prepared of a master: its rows at once, its objects by a job. Whoever calls it holds the master's
 * row, so that no worker adds any meanwhile.
 */
export async function endPreparation(
  tx: DbOrTx,
  deps: Pick<PortalDeps, 'buckets' | 'queue'>,
  masterId: string,
): Promise<void> {
  await enqueueRemoval(tx, deps, { masterId });
  await tx.masterPreparation.deleteMany({ where: { masterId } });
}

/** A master that is to be prepared: never was, or not to its end. */
export interface UnpreparedMaster {
  id: string;
  lakeUri: string;
}

/** Checked masters without a preparation, or with one that failed; the newest game's first. */
export const selectUnprepared = (reads: Reads, lakeUri: string | null): Promise<UnpreparedMaster[]> => reads.$queryRaw`
  SELECT m.id::text, m.lake_uri AS "lakeUri" FROM media.masters m
  LEFT JOIN media.master_preparations p ON p.master_id = m.id
  WHERE m.status = 'ready' AND m.deleted_at IS NULL AND (p.master_id IS NULL OR p.status = 'failed')
    AND (${lakeUri}::text IS NULL OR m.lake_uri = ${lakeUri})
  ORDER BY max(m.created_at) OVER (PARTITION BY m.team_code, m.season, m.game_id) DESC,
    m.team_code, m.season, m.game_id, m.period NULLS LAST, m.filename`;

/** Puts a master in line behind those that were uploaded just now; what was prepared of it before goes first. */
export async function prepareAgain(
  tx: DbOrTx,
  deps: Pick<PortalDeps, 'buckets' | 'queue'>,
  masterId: string,
): Promise<void> {
  await endPreparation(tx, deps, masterId);
  await tx.masterPreparation.create({ data: { masterId } });
  await deps.queue.enqueuePrepareMasters(tx, [{ masterId }]);
}
