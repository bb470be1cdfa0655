import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { TRASH_DAYS } from '#lib/clips/clip-field-schemas.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectStore } from '#lib/storage/port/object-store.ts';
import { getMaster } from './get-master.ts';
import { masterEntry } from './master-entry.ts';
import {
  countTrashedClips,
  deleteMasterRow,
  lockMaster,
  type MasterRow,
  moveMaster,
  selectMaster,
} from './master-repo.ts';
import type { MasterJson } from './master-schemas.ts';
import { beginPreparation, endPreparation } from './preparation-repo.ts';

/** A session that was opened under an address which the store has no more cannot be cancelled; it expires by itself. */
async function forgetUpload(store: ObjectStore, url: string): Promise<void> {
  await store.cancelUpload(url).catch((error) => {
    if (!isStoreError(error) || error.code !== 'bad_key') throw error;
  });
}

/** A club may keep its masters from everybody, the portal included (`scripts/gcp/README.md`). */
async function removeFromLake({ store, buckets }: Pick<PortalDeps, 'store' | 'buckets'>, uri: string): Promise<void> {
  await store.delete(parseGsUri(buckets, uri)).catch((error) => {
    if (!isStoreError(error) || error.code !== 'forbidden') throw error;
    throw conflict(
      'lake_protected',
      'The lake does not let the portal delete masters. Who looks after the buckets can allow it, or delete the file.',
    );
  });
}

/** @throws AppError 409 `master_in_use` when clips hold on to a master: those of the library, or of the trash. */
async function refuseInUse(tx: Transaction, master: MasterRow): Promise<void> {
  if (master.clip_count > 0) {
    const clips = master.clip_count === 1 ? '1 clip was' : `${master.clip_count} clips were`;
    throw conflict('master_in_use', `${clips} cut from this master. Delete those first.`);
  }
  const trashed = await countTrashedClips(tx, master.lake_uri);
  if (trashed > 0) {
    const clips = trashed === 1 ? '1 clip of this master lies' : `${trashed} clips of this master lie`;
    throw conflict(
      'master_in_use',
      `${clips} in the trash and may be restored, for ${TRASH_DAYS} days after the deletion.`,
    );
  }
}

/**
 * Deletes a master that no clip was cut from, and all that was prepared of it (ADR 49). A recording goes into the trash,
 * where it stays until somebody deletes it for good (ADR 41); what never became one, and `permanent` ones, go at once with their object and any unfinished
 * upload. The object goes first: should the row outlive it, deleting again finishes the job.
 * @throws AppError 403, 404, 409 `master_in_use`, `lake_protected`.
 */
export async function deleteMaster(
  deps: Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue' | 'now'>,
  user: UserContext,
  id: string,
  { permanent = false }: { permanent?: boolean } = {},
): Promise<void> {
  authorize(user, 'masters.delete');
  await withinReach(
    deps.db,
    user,
    async (tx) => {
      await lockMaster(tx, id);
      const master = await selectMaster(tx, user, id, permanent ? 'anywhere' : 'lake');
      if (!master) throw notFound('Master');
      await refuseInUse(tx, master);
      await endPreparation(tx, deps, id);
      if (master.status === 'ready' && !permanent) {
        await moveMaster(tx, id, { by: user.userId, at: deps.now() });
        await recordAudit(tx, user, masterEntry('master.delete', master));
        return;
      }
      if (master.upload_url) await forgetUpload(deps.store, master.upload_url);
      await removeFromLake(deps, master.lake_uri);
      await deleteMasterRow(tx, id);
      await recordAudit(tx, user, masterEntry('master.purge', master));
    },
    { timeout: 30_000 },
  );
}

/** Takes a master out of the trash, and has it prepared again. @throws AppError 403, 404, 409 `not_deleted`. */
export async function restoreMaster(
  deps: Pick<PortalDeps, 'db' | 'delivery' | 'queue'>,
  user: UserContext,
  id: string,
): Promise<MasterJson> {
  authorize(user, 'masters.delete');
  await withinReach(deps.db, user, async (tx) => {
    await lockMaster(tx, id);
    const master = await selectMaster(tx, user, id, 'anywhere');
    if (!master) throw notFound('Master');
    if (!master.deleted_at) throw conflict('not_deleted', 'This master is not in the trash.');
    await moveMaster(tx, id, null);
    await beginPreparation(tx, deps, id);
    await recordAudit(tx, user, masterEntry('master.restore', master));
  });
  return getMaster(deps, user, id);
}
