import { isSafeKey, MASTERS_PREFIX } from '#lib/storage/port/object-keys.ts';
import type { AuditRun } from './audit-run.ts';
import { countGaps, doubtfulRows, isSettled } from './check-rows.ts';
import { inBatches } from './in-batches.ts';
import {
  type MasterRow,
  registerMasterGeneration,
  selectMasters,
  selectMastersById,
  selectUnnamedMasters,
} from './master-rows-repo.ts';
import { mergeByKey } from './merge-by-key.ts';

const BATCH = 500;

async function* keyedMasters(run: AuditRun): AsyncGenerator<MasterRow & { key: string }> {
  const { db, buckets } = run.deps;
  const prefix = `gs://${buckets.lake}/`;
  for await (const row of selectMasters(db)) {
    const key = row.uri.slice(prefix.length);
    const isInLake = row.uri.startsWith(prefix) && key.startsWith(MASTERS_PREFIX) && isSafeKey(key);
    if (isInLake) yield { ...row, key };
    else run.report.uncompared.rows_elsewhere++;
  }
}

/**
 * Masters and the lake, both ways. Nothing is ever removed from the lake: a master that no row names may be HeartBeat's,
 * or the last copy of a game.
 */
export async function auditLake(run: AuditRun): Promise<void> {
  const { db, store, buckets } = run.deps;
  const doubtful = doubtfulRows<MasterRow>(run, {
    again: (ids) => selectMastersById(db, ids),
    ownerOf: ({ filename }) => filename,
    register: (row, generation) => registerMasterGeneration(db, row, generation),
  });
  const unnamed = inBatches<string>(BATCH, async (uris) => {
    for (const where of await selectUnnamedMasters(db, uris)) run.tell({ kind: 'unknown_master', where });
  });
  for await (const { key, lefts, right } of mergeByKey(keyedMasters(run), store.list(buckets.lake, MASTERS_PREFIX))) {
    if (right) run.step('lake_objects');
    for (const row of lefts) {
      run.step('masters');
      if (!row.isReady) continue;
      countGaps(run, row);
      if (!isSettled(run, row, right)) await doubtful.add(row);
    }
    if (right && lefts.length === 0 && run.isPastGrace(right)) await unnamed.add(`gs://${buckets.lake}/${key}`);
  }
  await doubtful.flush();
  await unnamed.flush();
}
