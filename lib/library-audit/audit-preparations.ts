import type { AuditRun } from './audit-run.ts';
import { releaseStuckPreparation, selectStuckPreparations } from './preparation-jobs-repo.ts';

/** Row and job in one transaction, as when the master was uploaded. */
const requeue = ({ deps: { db, queue } }: AuditRun, masterId: string): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const stuck = await releaseStuckPreparation(tx, masterId);
    if (!stuck) return false;
    if (stuck.numbers === null) await queue.enqueuePrepareMasters(tx, [{ masterId }]);
    else {
      const parts = stuck.numbers.map((number) => ({ masterId, number }));
      await queue.enqueuePrepareChunks(tx, parts, { isAwaited: stuck.kind === 'ladder' });
    }
    return true;
  });

/** Every master that is being prepared has jobs for all that is missing. */
export async function auditPreparations(run: AuditRun): Promise<void> {
  for (const { masterId, filename } of await selectStuckPreparations(run.deps.db)) {
    const is_fixed = run.options.fix && (await requeue(run, masterId));
    run.tell({ kind: 'master_without_job', where: masterId, owner: filename, is_fixed });
  }
}
