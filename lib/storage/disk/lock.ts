import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import { StoreError } from '#lib/storage/port/object-store.ts';

/** A lock not renewed for this long belongs to a process that is gone. */
const STALE_MS = 5_000;

export interface HeldLock {
  /** Throws `unavailable` when someone else took the lock for abandoned; to be asked right before the commit. */
  assertHeld(): Promise<void>;
}

const identity = async (dir: string): Promise<string | null> => {
  try {
    const { ino, birthtimeNs } = await stat(dir, { bigint: true });
    return `${ino}:${birthtimeNs}`;
  } catch {
    return null;
  }
};

/**
 * Runs `work` while no other process or task on this disk holds `file`'s lock (a folder `file.lock`).
 * A crashed holder's lock is taken over when it is stale. Two waiters that find the same stale lock may, within
 * microseconds, both believe to have it; `assertHeld` before the commit closes that gap.
 * Throws `unavailable` (retryable) when the lock stays taken for some 20 s.
 */
export async function withLock<T>(
  file: string,
  work: (lock: HeldLock) => Promise<T>,
  onLost: () => void = () => {},
): Promise<T> {
  const lockDir = `${file}.lock`;
  await mkdir(path.dirname(file), { recursive: true });
  let release: () => Promise<void>;
  try {
    release = await lockfile.lock(file, {
      realpath: false,
      lockfilePath: lockDir,
      stale: STALE_MS,
      update: Math.floor(STALE_MS / 3),
      retries: { retries: 200, factor: 1.3, minTimeout: 3, maxTimeout: 100, randomize: true },
      onCompromised: onLost,
    });
  } catch (error) {
    throw new StoreError('unavailable', 'Another process holds the lock on this object.', { cause: error });
  }
  const mine = await identity(lockDir);
  const assertHeld = async () => {
    if (mine === null || (await identity(lockDir)) !== mine) {
      throw new StoreError('unavailable', 'The lock on this object was lost to another process.');
    }
  };
  try {
    return await work({ assertHeld });
  } finally {
    // A lock that was taken over is the other's to release.
    if ((await identity(lockDir)) === mine) await release().catch(() => {});
  }
}
