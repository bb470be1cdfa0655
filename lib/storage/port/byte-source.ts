import type { ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ObjectRef, ObjectStat, ObjectStore } from './object-store.ts';

/** One object that can be read by range; ffmpeg sees it, and only it, through a loopback address or as an open file. */
export interface ByteSource {
  sizeBytes: number;
  /** Inclusive positions. */
  read(range: { first: number; last: number }, signal?: AbortSignal): Promise<Readable>;
  /** The same bytes as a file of this machine, where they are one. */
  openFile?: (() => Promise<ReadStream>) | undefined;
}

/** One object, pinned to one generation, as something that can be read by range. */
export const openByteSource = (
  store: ObjectStore,
  ref: ObjectRef,
  { sizeBytes, generation }: Pick<ObjectStat, 'sizeBytes' | 'generation'>,
): ByteSource => ({
  sizeBytes,
  read: (range, signal) => store.read(ref, { range, generation, ...(signal ? { signal } : {}) }),
  openFile: store.openFile?.bind(store, ref, { generation }),
});
