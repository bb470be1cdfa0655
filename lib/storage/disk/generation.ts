import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { crc32cOfFile } from './checksum.ts';
import { listGenerations, readMetadata } from './metadata.ts';
import type { DiskPaths } from './paths.ts';

let lastIssued = 0n;

/** What a file's time says: its generation, unless the file was copied or touched since it was published. */
const generationByTime = (stats: BigIntStats): string => (stats.mtimeNs / 1000n).toString();

/** Half a microsecond more, because the time goes through a double and the reader rounds down. */
const setTime = (handle: FileHandle, generation: string): Promise<void> =>
  handle.utimes(new Date(), (Number(generation) + 0.5) / 1e6);

/**
 * Gives a finished file a generation above `previous` and above every one that this process issued.
 * Nothing may be written to the file afterwards.
 */
export async function stampGeneration(handle: FileHandle, previous: string | null): Promise<string> {
  const now = BigInt(Date.now()) * 1000n;
  const floor = previous === null ? lastIssued : BigInt(Math.max(Number(previous), Number(lastIssued)));
  lastIssued = now > floor ? now : floor + 1n;
  await setTime(handle, String(lastIssued));
  return generationByTime(await handle.stat({ bigint: true }));
}

/** Files whose generation was found: the same file at the same time has it still. */
const found = new LRUCache<string, Promise<string>>({ max: 20_000 });

/** A file that was restored has another time, and the bytes of a generation that a sidecar tells of. */
async function findByContent(
  paths: DiskPaths,
  ref: ObjectRef,
  handle: FileHandle,
  stats: BigIntStats,
  known: readonly string[],
): Promise<string> {
  const crc32c = await crc32cOfFile(handle, Number(stats.size));
  // The newest first: what lies in place after a crash in the middle of a write is the other one.
  for (const generation of [...known].sort((a, b) => Number(b) - Number(a))) {
    if ((await readMetadata(paths, ref, generation))?.crc32c !== crc32c) continue;
    // The next reader need not read it all. A disk that keeps no such time, or takes none now, is asked by content.
    await setTime(handle, generation).catch(() => {});
    return generation;
  }
  return generationByTime(stats);
}

/**
 * The generation of an open file, which its sidecar is named by. The file's time tells it at once. Where it tells of no
 * sidecar, as after a restore by any copy, the bytes decide; where there is no sidecar at all, the time does.
 */
export async function generationOf(
  paths: DiskPaths,
  ref: ObjectRef,
  handle: FileHandle,
  stats: BigIntStats,
): Promise<string> {
  const file = [paths.objectFile(ref), stats.dev, stats.ino, stats.size, stats.mtimeNs].join(':');
  const before = found.get(file);
  if (before) return before;
  const byTime = generationByTime(stats);
  const known = await listGenerations(paths, ref);
  if (known.length === 0 || known.includes(byTime)) return byTime;
  const search = findByContent(paths, ref, handle, stats, known);
  found.set(file, search);
  search.catch(() => found.delete(file));
  return search;
}
