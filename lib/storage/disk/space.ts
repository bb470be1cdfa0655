import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { isMissing } from './errors.ts';
import { withLock } from './lock.ts';
import type { DiskPaths } from './paths.ts';
import { sessionFolders } from './sweep.ts';
import type { SessionFolder } from './upload-state.ts';

export interface DiskSpaceOptions {
  paths: DiskPaths;
  /** Stays free for all that nobody announces: clips, temporary files, the database next door. */
  reserveBytes: number;
  now: () => number;
}

/** What a session may still write: what it was opened for, less what lies in its file. Nothing once it has ended. */
async function outstandingBytes(folder: SessionFolder, now: number): Promise<number> {
  const terms = await folder.readTerms();
  if (!terms || now >= terms.expiresAtMs || (await folder.readOutcome())) return 0;
  try {
    return Math.max(0, terms.sizeBytes - (await stat(folder.dataFile)).size);
  } catch (error) {
    if (isMissing(error)) return terms.sizeBytes;
    throw error;
  }
}

async function announceBytes(
  { paths, reserveBytes, now }: DiskSpaceOptions,
  sizeBytes: number,
  open: () => Promise<void>,
): Promise<void> {
  await withLock(path.join(paths.locksDir, 'announcements'), async ({ assertHeld }) => {
    const { bavail, bsize } = await statfs(paths.root);
    const freeBytes = bavail * bsize - reserveBytes;
    if (freeBytes < sizeBytes) {
      throw new StoreError('too_large', 'The disk of the object store has no room for a file of this size.');
    }
    const folders = await sessionFolders(paths);
    const announced = await Promise.all(folders.map((folder) => outstandingBytes(folder, now())));
    if (freeBytes - announced.reduce((sum, bytes) => sum + bytes, 0) < sizeBytes) {
      throw new StoreError('space_announced', 'Uploads under way are to fill the room that this file would need.');
    }
    await assertHeld();
    await open();
  });
}

/**
 * Opens a session if the disk has room for its bytes beside all that is announced already and not stored yet. One
 * announcement at a time, over all processes on this disk: two that fit one by one, and not both, do not both pass.
 *
 * @param open makes the session; from then on its bytes count.
 * @throws StoreError `too_large` where the disk has no such room, `space_announced` where others' uploads are to fill it.
 */
export type Announce = (sizeBytes: number, open: () => Promise<void>) => Promise<void>;

export function createAnnouncements(space: DiskSpaceOptions): Announce {
  /** Within the process they stand in line: a crowd that asks for the lock all at once may keep one of them from it. */
  let line: Promise<void> = Promise.resolve();
  return (sizeBytes, open) => {
    const done = line.then(() => announceBytes(space, sizeBytes, open));
    line = done.catch(() => {});
    return done;
  };
}
