import { auditClips, auditDerived } from './audit-clips.ts';
import { auditLake } from './audit-lake.ts';
import { auditMedia } from './audit-media.ts';
import { auditPreparations } from './audit-preparations.ts';
import { type AuditDeps, type AuditOptions, type AuditRun, startRun } from './audit-run.ts';
import type { AuditReport } from './library-audit-schemas.ts';

/** What crashes left among the store's own files. */
async function auditLeftovers(run: AuditRun): Promise<void> {
  const { leftovers } = run.deps;
  if (!leftovers) return;
  for await (const { place, remove } of leftovers()) {
    if (run.options.fix) await remove();
    run.tell({ kind: 'store_leftover', where: place, is_fixed: run.options.fix });
  }
}

/**
 * Compares the database with both buckets, both ways, and with the queue (ADR 32). It walks rows and objects side by
 * side, so that a library of any size costs the same memory, and works beside people and workers: what it finds it
 * looks at twice.
 *
 * Never changes an object that a row names, nor anything in the lake. With `fix` it puts clips and masters without a job back in
 * line, registers copies of the same bytes and checksums that rows lack, removes ownerless objects of the media bucket
 * and leftovers of the store, and mends sums and the texts that are searched.
 *
 * @throws StoreError, or the signal's reason: an audit that did not look at everything has no result.
 */
export async function auditLibrary(deps: AuditDeps, options: AuditOptions): Promise<AuditReport> {
  const run = startRun(deps, options);
  // First of all: a store that does not answer must not keep them wrong for another day.
  await auditDerived(run);
  await auditClips(run);
  await auditPreparations(run);
  await auditMedia(run);
  await auditLake(run);
  await auditLeftovers(run);
  return run.report;
}
