import { clipIdOfDeliveryKey, isSafeKey } from '#lib/storage/object-keys.ts';
import type { ListedObject } from '#lib/storage/object-store.ts';
import { type AssetRow, countAssetsBeyond, selectAssetsById, selectAssetsOf } from './asset-rows-repo.ts';
import type { AuditRun } from './audit-run.ts';
import { countGaps, doubtfulRows, isSettled } from './check-rows.ts';
import { judgeSuspects, type Suspect } from './clip-jobs-repo.ts';
import { inBatches } from './in-batches.ts';
import { mergeByKey } from './merge-by-key.ts';
import { openSweep } from './sweep-objects.ts';

const BATCH = 500;

/** Asset rows by their object's key. What no store would take for a key is none of the bucket's objects. */
async function* keyedAssets(run: AuditRun): AsyncGenerator<AssetRow & { key: string }> {
  const { db, buckets } = run.deps;
  const prefix = `gs://${buckets.media}/`;
  for await (const row of selectAssetsOf(db, buckets.media)) {
    const key = row.uri.slice(prefix.length);
    if (isSafeKey(key)) yield { ...row, key };
    else run.report.uncompared.rows_elsewhere++;
  }
}

interface SuspectObject extends Suspect {
  key: string;
  generation: string;
}

/** Objects that no row named when they were met, a batch at a time: whose are they? */
function suspects(run: AuditRun) {
  const sweep = openSweep(run);
  const batches = inBatches<SuspectObject>(BATCH, async (objects) => {
    const verdicts = await judgeSuspects(
      run.deps.db,
      objects.map(({ uri, clipId }) => ({ uri, clipId })),
    );
    for (const { uri, clipId, key, generation } of objects) {
      const verdict = verdicts.get(uri);
      if (verdict === 'foreign') run.report.uncompared.foreign_objects++;
      if (verdict === 'ownerless') await sweep.add({ uri, clipId, key, generation });
    }
  });
  return {
    meet: async ({ key, generation, ...object }: ListedObject) => {
      if (!run.isPastGrace(object)) return;
      const clipId = clipIdOfDeliveryKey(key);
      if (clipId === null) run.report.uncompared.foreign_objects++;
      else await batches.add({ uri: `gs://${run.deps.buckets.media}/${key}`, clipId, key, generation });
    },
    finish: async () => {
      await batches.flush();
      await sweep.finish();
    },
  };
}

/** Asset rows and the media bucket, both ways. */
export async function auditMedia(run: AuditRun): Promise<void> {
  const { db, store, buckets } = run.deps;
  run.report.uncompared.rows_elsewhere += await countAssetsBeyond(db, buckets.media);
  const doubtful = doubtfulRows<AssetRow>(
    run,
    (ids) => selectAssetsById(db, ids as number[]),
    ({ clipId }) => clipId,
  );
  const unowned = suspects(run);
  for await (const { lefts, right } of mergeByKey(keyedAssets(run), store.list(buckets.media, ''))) {
    if (right) run.step('media_objects');
    for (const row of lefts) {
      run.step('assets');
      if (!row.isReady) continue;
      countGaps(run, row);
      if (!isSettled(run, row, right)) await doubtful.add(row);
    }
    if (right && lefts.length === 0) await unowned.meet(right);
  }
  await doubtful.flush();
  await unowned.finish();
}
