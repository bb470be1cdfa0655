import { type Buckets, parseGsUri } from '#lib/storage/object-keys.ts';
import { type ObjectStore, StoreError } from '#lib/storage/object-store.ts';
import { deleteGeneration } from './write-delivery.ts';

/**
 * Removes the objects of a deleted clip: the registered generations in the media bucket. A clip that was made again
 * under the same id has written newer generations, which stay. Masters are never touched.
 */
export async function removeObjects(
  deps: { store: ObjectStore; buckets: Buckets },
  objects: { gcsUri: string; generation: string | null }[],
): Promise<void> {
  for (const { gcsUri, generation } of objects) {
    const ref = parseGsUri(deps.buckets, gcsUri);
    if (ref.bucket !== deps.buckets.media) throw new StoreError('foreign_bucket', 'Only delivery objects are removed.');
    // Rows that HeartBeat wrote have no generation: whatever stands there now is meant.
    const known = generation ?? (await deps.store.stat(ref))?.generation;
    if (known) await deleteGeneration(deps.store, ref, known);
  }
}
