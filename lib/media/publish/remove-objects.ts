import { type Buckets, objectOfUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { deleteGeneration } from './write-delivery.ts';

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
    const ref = objectOfUri(deps.buckets, gcsUri);
    if (ref?.bucket !== deps.buckets.media) continue;
    // Rows that HeartBeat wrote have no generation: whatever stands there now is meant.
    const known = generation ?? (await deps.store.stat(ref))?.generation;
    if (known) await deleteGeneration(deps.store, ref, known);
  }
}
