import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { ByteRange, ObjectRef, ObjectStat } from '#lib/storage/port/object-store.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { isMissing, isUnwritable, systemCode } from './errors.ts';
import { generationOf } from './generation.ts';
import { type ObjectMetadata, readMetadata, recomputeMetadata, writeMetadata } from './metadata.ts';
import type { DiskPaths } from './paths.ts';

/** An open object: what is read through `handle` is this generation, whatever is written to the key meanwhile. */
export interface OpenObject {
  handle: FileHandle;
  sizeBytes: number;
  generation: string;
  updatedAt: Date;
}

/** Opens an object's file; the caller closes the handle. `null` where no object is. */
export async function openObject(paths: DiskPaths, ref: ObjectRef): Promise<OpenObject | null> {
  const file = paths.objectFile(ref);
  let handle: FileHandle;
  try {
    await paths.assertNoLinks(file);
    // Without O_NONBLOCK a named pipe in the folder would hang the open.
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isMissing(error) || ['ELOOP', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) return null;
    throw error;
  }
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) {
      const generation = await generationOf(paths, ref, handle, stats);
      return { handle, sizeBytes: Number(stats.size), generation, updatedAt: stats.mtime };
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

/** Whether the key still names the generation that was opened. */
async function isCurrent(paths: DiskPaths, ref: ObjectRef, generation: string): Promise<boolean> {
  const object = await openObject(paths, ref);
  await object?.handle.close();
  return object?.generation === generation;
}

/** What was computed is kept, but a disk that is full or cannot be written is read all the same. */
async function noteMetadata(paths: DiskPaths, ref: ObjectRef, generation: string, metadata: ObjectMetadata) {
  try {
    await writeMetadata(paths, ref, generation, metadata);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
}

/** The facts of an open object; computes a lost sidecar anew. Leaves the handle open. */
export async function statOpenObject(paths: DiskPaths, ref: ObjectRef, object: OpenObject): Promise<ObjectStat> {
  const { handle, sizeBytes, generation, updatedAt } = object;
  let metadata = await readMetadata(paths, ref, generation);
  if (!metadata) {
    metadata = await recomputeMetadata(handle, sizeBytes, ref.key);
    // A generation that was replaced meanwhile lost its sidecar rightly.
    if (await isCurrent(paths, ref, generation)) await noteMetadata(paths, ref, generation, metadata);
  }
  return { sizeBytes, ...metadata, generation, updatedAt };
}

/** `stat` of the port. */
export async function statObject(paths: DiskPaths, ref: ObjectRef): Promise<ObjectStat | null> {
  const object = await openObject(paths, ref);
  if (!object) return null;
  try {
    return await statOpenObject(paths, ref, object);
  } finally {
    await object.handle.close();
  }
}

/**
 * First position and count of a range within an object. `last` beyond the end means the end.
 * Throws `bad_range` when the range is malformed or starts past the last byte.
 */
export function resolveRange(range: ByteRange | undefined, sizeBytes: number): { first: number; length: number } {
  if (!range) return { first: 0, length: sizeBytes };
  const { first, last = sizeBytes - 1 } = range;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first < 0) {
    throw new StoreError('bad_range', 'A range is two whole, non-negative byte positions.');
  }
  if (first >= sizeBytes || last < first) {
    throw new StoreError('bad_range', `The range lies outside the object's ${sizeBytes} bytes.`);
  }
  return { first, length: Math.min(last, sizeBytes - 1) - first + 1 };
}
