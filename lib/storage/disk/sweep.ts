import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { isMissing } from './errors.ts';
import { withLock } from './lock.ts';
import { readKeyOf } from './metadata.ts';
import type { DiskPaths } from './paths.ts';
import { ageMs, folderNamed, type SessionFolder } from './upload-state.ts';

/** Nothing alive leaves a file of the store's own folders untouched for this long. */
const ABANDONED_MS = 24 * 3_600_000;

/** Something that a crash left among the store's own files. */
export interface DiskLeftover {
  /** Below the store's folder: `.tmp/0a1b…`. */
  place: string;
  remove(): Promise<void>;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Every session's folder, of those that have ended, too. */
export const sessionFolders = async (paths: DiskPaths): Promise<SessionFolder[]> =>
  (await namesIn(paths.uploadsDir)).map((name) => folderNamed(paths, name));

const leftover = (paths: DiskPaths, file: string): DiskLeftover => ({
  place: path.relative(paths.root, file),
  remove: () => rm(file, { recursive: true, force: true, maxRetries: 3 }),
});

async function* abandonedIn(paths: DiskPaths, folder: string, now: number): AsyncGenerator<DiskLeftover> {
  for (const name of await namesIn(folder)) {
    const file = path.join(folder, name);
    const age = await ageMs(file, now);
    if (age !== null && age >= ABANDONED_MS) yield leftover(paths, file);
  }
}

/** Sessions a day past their end: until then they answer 410. */
async function* overdueSessions(paths: DiskPaths, now: number): AsyncGenerator<DiskLeftover> {
  for (const folder of await sessionFolders(paths)) {
    const terms = await folder.readTerms();
    const overdueMs = terms ? now - terms.expiresAtMs : await ageMs(folder.dir, now);
    if (overdueMs !== null && overdueMs >= ABANDONED_MS) yield leftover(paths, folder.dir);
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Under the lock that writers of the key hold: one of them may have put its sidecar there by now. */
const widow = (paths: DiskPaths, dir: string, ref: ObjectRef): DiskLeftover => ({
  place: path.relative(paths.root, dir),
  remove: () =>
    withLock(paths.lockFile(ref), async () => {
      if (!(await isThere(paths.objectFile(ref)))) await rm(dir, { recursive: true, force: true });
    }),
});

/** Folders of metadata whose object is gone: a crash came between the two. */
async function* orphanedMetadata(paths: DiskPaths, now: number): AsyncGenerator<DiskLeftover> {
  for (const group of await namesIn(paths.metadataTop)) {
    for (const name of await namesIn(path.join(paths.metadataTop, group))) {
      const dir = path.join(paths.metadataTop, group, name);
      const age = await ageMs(dir, now);
      if (age === null || age < ABANDONED_MS) continue;
      const key = await readKeyOf(dir);
      const refs = key === null ? [] : paths.buckets.map((bucket) => ({ bucket, key }));
      const owner = refs.find((ref) => paths.metadataDir(ref) === dir);
      if (owner && !(await isThere(paths.objectFile(owner)))) yield widow(paths, dir, owner);
    }
  }
}

async function* quickLeftovers(paths: DiskPaths, now: number): AsyncGenerator<DiskLeftover> {
  yield* abandonedIn(paths, paths.temporaryDir, now);
  yield* abandonedIn(paths, paths.locksDir, now);
  yield* overdueSessions(paths, now);
}

/**
 * What crashes left behind: temporary files and locks untouched for a day, sessions a day past their end, metadata of
 * objects that are gone. Looks at every object's metadata.
 */
export async function* diskLeftovers(paths: DiskPaths, now: number): AsyncGenerator<DiskLeftover> {
  yield* quickLeftovers(paths, now);
  yield* orphanedMetadata(paths, now);
}

/** Removes what can be found without walking through the objects. Returns how many were removed. */
export async function sweepDisk(paths: DiskPaths, now: number): Promise<number> {
  let removed = 0;
  for await (const { remove } of quickLeftovers(paths, now)) {
    await remove();
    removed++;
  }
  return removed;
}
