import type { ByteSource } from '#lib/media/media-types.ts';
import type { ObjectRef, ObjectStat, ObjectStore } from './object-store.ts';

/** One object, pinned to one generation, as something that can be read by range. */
export const openByteSource = (
  store: ObjectStore,
  ref: ObjectRef,
  object: Pick<ObjectStat, 'sizeBytes' | 'generation'>,
): ByteSource => ({
  sizeBytes: object.sizeBytes,
  read: (range, signal) => store.read(ref, { range, generation: object.generation, ...(signal ? { signal } : {}) }),
});
