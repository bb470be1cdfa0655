import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from './disk-errors.ts';
import type { DiskPaths } from './disk-paths.ts';
import { ageMs, folderNamed } from './disk-upload-state.ts';

/** Nothing alive leaves a file of the store's own folders untouched for this long. */
const ABANDONED_MS = 24 * 3_600_000;

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function removeAbandoned(folder: string, now: number): Promise<number> {
  let removed = 0;
  for (const name of await namesIn(folder)) {
    const file = path.join(folder, name);
    const age = await ageMs(file, now);
    if (age === null || age < ABANDONED_MS) continue;
    await rm(file, { recursive: true, force: true });
    removed++;
  }
  return removed;
}

/**
 * Removes what crashes left behind: temporary files and locks untouched for a day, sessions a day past their end
 * (until then they answer 410). Returns how many were removed.
 */
export async function sweepDisk(paths: DiskPaths, now: number): Promise<number> {
  let removed = (await removeAbandoned(paths.temporaryDir, now)) + (await removeAbandoned(paths.locksDir, now));
  for (const name of await namesIn(paths.uploadsDir)) {
    const folder = folderNamed(paths, name);
    const terms = await folder.readTerms();
    const overdueMs = terms ? now - terms.expiresAtMs : await ageMs(folder.dir, now);
    if (overdueMs === null || overdueMs < ABANDONED_MS) continue;
    await folder.remove();
    removed++;
  }
  return removed;
}
