import type { Readable } from 'node:stream';
import type { ObjectRef, ObjectStat, ObjectStore } from './object-store.ts';

/** One object that can be read by range; ffmpeg sees it, and only it, through a loopback address. */
export interface ByteSource {
  sizeBytes: number;
  /** Inclusive positions. */
  read(range: { first: number; last: number }, signal?: AbortSignal): Promise<Readable>;
}

/** One object, pinned to one generation, as something that can be read by range. */
export const openByteSource = (
  store: ObjectStore,
  ref: ObjectRef,
  object: Pick<ObjectStat, 'sizeBytes' | 'generation'>,
): ByteSource => ({
  sizeBytes: object.sizeBytes,
  read: (range, signal) => store.read(ref, { range, generation: object.generation, ...(signal ? { signal } : {}) }),
});
