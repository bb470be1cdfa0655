import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, lstat, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { ObjectRef, ObjectStat } from '#lib/storage/port/object-store.ts';
import { isStoreError, StoreError } from '#lib/storage/port/object-store.ts';
import { isMissing, systemCode } from './errors.ts';
import { stampGeneration } from './generation.ts';
import type { HeldLock } from './lock.ts';
import { withLock } from './lock.ts';
import type { ObjectMetadata } from './metadata.ts';
import { pruneMetadata, writeMetadata } from './metadata.ts';
import type { DiskPaths } from './paths.ts';
import { openObject } from './read.ts';

/** A whole object under a temporary name on the store's own file system, still open for writing. */
export interface StagedFile extends ObjectMetadata {
  path: string;
  handle: FileHandle;
}

/** Facts of the file now under a key. */
interface CurrentFile {
  ino: bigint;
  dev: bigint;
  mtimeNs: bigint;
  generation: string;
}

/** `null` where nothing is. Folders and links are no objects: `bad_key`. */
async function currentFile(paths: DiskPaths, ref: ObjectRef): Promise<CurrentFile | null> {
  try {
    const stats = await lstat(paths.objectFile(ref), { bigint: true });
    if (!stats.isFile()) throw new StoreError('bad_key', 'Under this key lies a folder or a link, not an object.');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const object = await openObject(paths, ref);
  if (!object) return null;
  try {
    const { ino, dev, mtimeNs } = await object.handle.stat({ bigint: true });
    return { ino, dev, mtimeNs, generation: object.generation };
  } finally {
    await object.handle.close();
  }
}

const refused = (message: string) => new StoreError('precondition_failed', message);

function checkPrecondition(current: CurrentFile | null, wanted: string | undefined): void {
  if (wanted === undefined) return;
  if (wanted === '0' && current) throw refused('An object lies under this key already.');
  if (wanted !== '0' && current?.generation !== wanted) {
    throw refused('The object under this key is another generation.');
  }
}

/** Makes a rename or link outlast a power cut. Some systems cannot sync folders; they are right to say so. */
async function syncFolder(dir: string): Promise<void> {
  try {
    const handle = await open(dir, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'EACCES', 'ENOENT'].includes(systemCode(error) ?? '')) throw error;
  }
}

/** `link` refuses a taken name by itself, so "must not exist" never hangs on a lock. */
async function moveIntoPlace(staged: string, target: string, mustNotExist: boolean): Promise<void> {
  if (!mustNotExist) return rename(staged, target);
  try {
    await link(staged, target);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw refused('An object lies under this key already.');
    throw error;
  }
}

async function publishLocked(
  paths: DiskPaths,
  ref: ObjectRef,
  staged: StagedFile,
  ifGenerationMatch: string | undefined,
  lock: HeldLock,
): Promise<ObjectStat> {
  const target = paths.objectFile(ref);
  await mkdir(path.dirname(target), { recursive: true });
  await paths.assertNoLinks(target);
  const current = await currentFile(paths, ref);
  const { ino, dev } = await staged.handle.stat({ bigint: true });
  // A crash right after the link left this very file in place: publishing it again changes nothing.
  const alreadyThere = current !== null && current.ino === ino && current.dev === dev;
  let generation = current?.generation;
  if (!alreadyThere || generation === undefined) {
    checkPrecondition(current, ifGenerationMatch);
    generation = await stampGeneration(staged.handle, current?.generation ?? null);
    await writeMetadata(paths, ref, generation, { crc32c: staged.crc32c, contentType: staged.contentType });
    await staged.handle.sync();
    await lock.assertHeld();
    await moveIntoPlace(staged.path, target, ifGenerationMatch === '0');
    await syncFolder(path.dirname(target));
  }
  const stats = await staged.handle.stat({ bigint: true });
  await pruneMetadata(paths, ref, BigInt(generation) - 1n);
  return {
    sizeBytes: Number(stats.size),
    crc32c: staged.crc32c,
    contentType: staged.contentType,
    generation,
    updatedAt: stats.mtime,
  };
}

const PUBLISH_ATTEMPTS = 5;

/**
 * Publishes a staged file under its key in one atomic step. The caller removes the staged name afterwards.
 * Throws `precondition_failed`; nothing has changed then.
 */
export async function publishFile(
  paths: DiskPaths,
  ref: ObjectRef,
  staged: StagedFile,
  ifGenerationMatch?: string,
): Promise<ObjectStat> {
  return withLock(paths.lockFile(ref), async (lock) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await publishLocked(paths, ref, staged, ifGenerationMatch, lock);
      } catch (error) {
        // A delete elsewhere may prune the folder between its making and its use.
        if (systemCode(error) !== 'ENOENT' || attempt === PUBLISH_ATTEMPTS) throw error;
      }
    }
  });
}

/** Removes folders that became empty, up to the bucket's own. Stops at the first that is in use. */
async function pruneFolders(paths: DiskPaths, ref: ObjectRef): Promise<void> {
  const top = paths.bucketDir(ref.bucket);
  let folder = path.dirname(paths.objectFile(ref));
  while (folder !== top && folder.startsWith(top + path.sep)) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') return;
    }
    folder = path.dirname(folder);
  }
}

/**
 * Removes the file that was looked at. Between the look and the removal this process may have been stopped, and the lock
 * taken over: so the file is moved aside and looked at again there, and what is newer goes back. False in that case.
 */
async function removeFile(paths: DiskPaths, target: string, seen: CurrentFile): Promise<boolean> {
  const aside = paths.temporaryFile();
  await mkdir(paths.temporaryDir, { recursive: true });
  await rename(target, aside);
  try {
    const { ino, dev, mtimeNs } = await lstat(aside, { bigint: true });
    // The number of a file that is gone may be given to the next one: its time tells them apart.
    if (ino === seen.ino && dev === seen.dev && mtimeNs === seen.mtimeNs) return true;
    await moveIntoPlace(aside, target, true).catch((error) => {
      // One that is newer still has taken the place.
      if (!isStoreError(error)) throw error;
    });
    return false;
  } finally {
    await rm(aside, { force: true });
  }
}

/** True if an object was there and is gone. Throws `precondition_failed` when it is another generation. */
export async function deleteFile(paths: DiskPaths, ref: ObjectRef, ifGenerationMatch?: string): Promise<boolean> {
  const target = paths.objectFile(ref);
  return withLock(paths.lockFile(ref), async (lock) => {
    try {
      await paths.assertNoLinks(target);
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
    const current = await currentFile(paths, ref);
    if (!current) return false;
    checkPrecondition(current, ifGenerationMatch);
    await lock.assertHeld();
    const isGone = await removeFile(paths, target, current);
    if (!isGone && ifGenerationMatch !== undefined) throw refused('The object under this key is another generation.');
    await pruneMetadata(paths, ref, BigInt(current.generation));
    await pruneFolders(paths, ref);
    return true;
  });
}
