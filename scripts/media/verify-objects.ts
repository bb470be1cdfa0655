import type { Env } from '#lib/config/env.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { selectAssetSample } from '#lib/library-audit/asset-rows-repo.ts';
import { faultOf } from '#lib/library-audit/check-rows.ts';
import { eachOf } from '#lib/library-audit/in-batches.ts';
import { selectNewestMasters } from '#lib/library-audit/master-rows-repo.ts';
import { type Buckets, objectOfUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';

/** Requests to the store at once. */
const AT_ONCE = 16;
/** Objects that are asked for; in a larger library, half the newest and half at random. */
const SAMPLE = 2000;
const MASTERS = 200;

/** A quick look whether objects are there, as registered; `media:audit` looks at all of them, and the other way round. */
export async function checkObjects(
  env: Env,
  store: ObjectStore,
  buckets: Buckets,
  signal: AbortSignal,
): Promise<string> {
  const db = openDatabase(env.DATABASE_URL, { maxConnections: 1, name: 'heartbeat-command' });
  try {
    const { rows, isComplete } = await selectAssetSample(db, SAMPLE);
    const named = [...rows, ...(await selectNewestMasters(db, MASTERS))].flatMap((row) => {
      const ref = objectOfUri(buckets, row.uri);
      return ref ? { row, ref } : [];
    });
    const faulty: string[] = [];
    await eachOf(named, AT_ONCE, async ({ row, ref }) => {
      signal.throwIfAborted();
      if (faultOf(row, await store.stat(ref))) faulty.push(row.uri);
    });
    const [first] = faulty.toSorted();
    if (first) {
      throw new CommandFailed(
        `${faulty.length} of ${named.length} objects are missing or not those that were registered, such as ${first}; npm run media:audit names all of them`,
      );
    }
    if (named.length === 0) return 'none is registered';
    return `${named.length} are there as registered${isComplete ? '' : ', a sample; npm run media:audit looks at all'}`;
  } finally {
    await db.$disconnect();
  }
}
