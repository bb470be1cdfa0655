import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PREFIX = 'heartbeat-work-';

/** How often a folder's owner renews its lease. */
const RENEW_EVERY_MS = 2000;

/** A lease that was not renewed for this long is nobody's: the owner is dead, or stopped for so long that its job is. */
const ABANDONED_AFTER_MS = 20_000;

export interface WorkFolder extends AsyncDisposable {
  path: string;
}

/**
 * An empty folder of this machine that belongs to the caller until it is disposed of. Its modification time is the
 * lease, renewed by a timer: no process has to be named, which in a container could be anybody's number 1.
 */
export async function openWorkFolder(): Promise<WorkFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX));
  const renew = () => {
    const now = new Date();
    // A folder that is gone fails whoever works in it; here there is nobody to tell.
    utimes(folder, now, now).catch(() => undefined);
  };
  const timer = setInterval(renew, RENEW_EVERY_MS);
  return {
    path: folder,
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The moment of the last renewal as the folder has it; `null` when it is gone. */
const leaseOf = (folder: string): Promise<string | null> =>
  stat(folder, { bigint: true }).then(
    ({ mtimeNs }) => String(mtimeNs),
    () => null,
  );

/**
 * Finds folders whose owners were killed; to be called every few seconds. A lease has to stand still while this process
 * looks, by its own clock that only goes forward: a clock that is put right makes no folder look old.
 * @returns a function that looks once, and removes what is nobody's any more: the number of folders.
 */
export function createWorkFolderSweep({ abandonedAfterMs = ABANDONED_AFTER_MS } = {}): () => Promise<number> {
  let seen = new Map<string, { lease: string; sinceMs: number }>();
  return async () => {
    const nowMs = performance.now();
    const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
    const still: typeof seen = new Map();
    let removed = 0;
    for (const name of names) {
      const folder = path.join(tmpdir(), name);
      const lease = await leaseOf(folder);
      if (lease === null) continue;
      const before = seen.get(name);
      const sinceMs = before?.lease === lease ? before.sinceMs : nowMs;
      if (nowMs - sinceMs < abandonedAfterMs) {
        still.set(name, { lease, sinceMs });
        continue;
      }
      await rm(folder, { recursive: true, force: true });
      removed += 1;
    }
    seen = still;
    return removed;
  };
}
