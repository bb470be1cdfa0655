import { clipIdOfDeliveryKey, isSafeKey } from '#lib/storage/port/object-keys.ts';
import type { ListedObject } from '#lib/storage/port/object-store.ts';
import { preparedOfKey } from '#lib/storage/port/prepared-keys.ts';
import {
  type AssetRow,
  countAssetsBeyond,
  registerAssetGeneration,
  registerChecksums,
  selectAssetsById,
  selectAssetsOf,
} from './asset-rows-repo.ts';
import type { AuditRun } from './audit-run.ts';
import { countGaps, doubtfulRows, isSettled } from './check-rows.ts';
import { judgeSuspects, type Suspect } from './clip-jobs-repo.ts';
import { differencesOf } from './compare-object.ts';
import { inBatches } from './in-batches.ts';
import { mergeByKey, mergeRising } from './merge-by-key.ts';
import {
  judgePrepared,
  type PreparedRow,
  type PreparedSuspect,
  registerPreparedGeneration,
  selectPreparedById,
  selectPreparedOf,
} from './prepared-rows-repo.ts';
import { openSweep } from './sweep-objects.ts';

const BATCH = 500;

type KeyedAsset = AssetRow & { key: string };

const isPrepared = (row: KeyedAsset | PreparedRow): row is PreparedRow => 'masterId' in row;

/** Asset rows by their object's key. What no store would take for a key is none of the bucket's objects. */
async function* keyedAssets(run: AuditRun): AsyncGenerator<KeyedAsset> {
  const { db, buckets } = run.deps;
  const prefix = `gs://${buckets.media}/`;
  for await (const row of selectAssetsOf(db, buckets.media)) {
    const key = row.uri.slice(prefix.length);
    if (isSafeKey(key)) yield { ...row, key };
    else run.report.uncompared.rows_elsewhere++;
  }
}

interface Found {
  key: string;
  generation: string;
}
type SuspectObject = Suspect & Found;
type SuspectPrepared = PreparedSuspect & Found;

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
      if (verdict === 'ownerless') await sweep.add({ uri, owner: clipId, key, generation });
    }
  });
  const prepared = inBatches<SuspectPrepared>(BATCH, async (objects) => {
    const ownerless = await judgePrepared(run.deps.db, objects);
    for (const { uri, masterId, key, generation } of objects) {
      if (ownerless.has(uri)) await sweep.add({ uri, owner: masterId, key, generation });
    }
  });
  return {
    meet: async ({ key, generation, ...object }: ListedObject) => {
      if (!run.isPastGrace(object)) return;
      const uri = `gs://${run.deps.buckets.media}/${key}`;
      const clipId = clipIdOfDeliveryKey(key);
      const ofMaster = preparedOfKey(key);
      if (ofMaster) await prepared.add({ uri, ...ofMaster, key, generation });
      else if (clipId === null) run.report.uncompared.foreign_objects++;
      else await batches.add({ uri, clipId, key, generation });
    },
    finish: async () => {
      await batches.flush();
      await prepared.flush();
      await sweep.finish();
    },
  };
}

/** The checksum that a row lacks, where the very object that it registered is there. */
function missingSumOf(row: AssetRow, object: ListedObject | null) {
  const { id, generation } = row;
  if (row.crc32c !== null || generation === null || object?.generation !== generation) return null;
  if (object.crc32c === null || differencesOf(row, object).length > 0) return null;
  return { id, generation, crc32c: object.crc32c };
}

/** Rows of clips and of prepared masters, and the media bucket, both ways. */
export async function auditMedia(run: AuditRun): Promise<void> {
  const { db, store, buckets } = run.deps;
  run.report.uncompared.rows_elsewhere += await countAssetsBeyond(db, buckets.media);
  const doubtful = doubtfulRows<AssetRow>(run, {
    again: (ids) => selectAssetsById(db, ids),
    ownerOf: ({ clipId }) => clipId,
    register: (row, generation) => registerAssetGeneration(db, row, generation),
  });
  // What was published before checksums were kept: the registered generation's is the one that was written.
  const unsummed = inBatches<{ id: number; generation: string; crc32c: string }>(BATCH, async (sums) => {
    await registerChecksums(db, sums);
  });
  const doubtfulPrepared = doubtfulRows<PreparedRow>(run, {
    again: (ids) => selectPreparedById(db, buckets.media, ids),
    ownerOf: ({ masterId }) => masterId,
    register: (row, generation) => registerPreparedGeneration(db, row, generation),
  });
  const unowned = suspects(run);
  const rows = mergeRising<KeyedAsset | PreparedRow>(keyedAssets(run), selectPreparedOf(db, buckets.media));
  for await (const { lefts, right } of mergeByKey(rows, store.list(buckets.media, ''))) {
    if (right) run.step('media_objects');
    for (const row of lefts) {
      run.step('assets');
      if (isPrepared(row)) {
        if (!isSettled(run, row, right)) await doubtfulPrepared.add(row);
        continue;
      }
      if (!row.isReady) continue;
      const sum = run.options.fix ? missingSumOf(row, right) : null;
      if (sum) await unsummed.add(sum);
      else countGaps(run, row);
      if (!isSettled(run, row, right)) await doubtful.add(row);
    }
    if (right && lefts.length === 0) await unowned.meet(right);
  }
  await unsummed.flush();
  await doubtful.flush();
  await doubtfulPrepared.flush();
  await unowned.finish();
}
