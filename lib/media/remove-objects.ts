import { type Buckets, parseGsUri } from '#lib/storage/object-keys.ts';
import { isStoreError, type ObjectRef, type ObjectStore } from '#lib/storage/object-store.ts';
import { deleteGeneration } from './write-delivery.ts';

/** The object in the media bucket that a row names; `null` for anything else. */
function deliveryObjectOf(buckets: Buckets, gcsUri: string): ObjectRef | null {
  try {
    const ref = parseGsUri(buckets, gcsUri);
    return ref.bucket === buckets.media ? ref : null;
  } catch (error) {
    if (isStoreError(error)) return null;
    throw error;
  }
}

/**
 * Removes the objects of a deleted clip: the registered generations in the media bucket. A clip that was made again
 * under the same id has written newer generations, which stay. Masters, and what an adopted row names beyond the two
 * buckets, are never touched.
 */
export async function removeObjects(
  deps: { store: ObjectStore; buckets: Buckets },
  objects: { gcsUri: string; generation: string | null }[],
): Promise<void> {
  for (const { gcsUri, generation } of objects) {
    const ref = deliveryObjectOf(deps.buckets, gcsUri);
    if (!ref) continue;
    // Rows that HeartBeat wrote have no generation: whatever stands there now is meant.
    const known = generation ?? (await deps.store.stat(ref))?.generation;
    if (known) await deleteGeneration(deps.store, ref, known);
  }
}
