import path from 'node:path';
import type { UserContext } from '#lib/auth/user-context.ts';
import { getClipText } from '#lib/clips/clip-playlists.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { getClip, getClipToWatch } from '#lib/clips/get-clip.ts';
import { parseEnv } from '#lib/config/env.ts';
import { createDelivery } from '#lib/delivery/delivery.ts';
import { openPortal, type Portal } from '#lib/runtime/portal.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { userContextOf } from '#lib/users/user-context-of.ts';
import { findUserByEmail } from '#lib/users/user-repo.ts';
import { cliLogger } from '#scripts/cli/open-portal.ts';
import { createSampleLibrary, waitForSampleClips } from '#scripts/demo/sample-library.ts';
import type { BenchPortal } from './bench-portal.ts';

/** Long enough for a handful of clips of each period. */
const MASTER_S = 20;

export interface PlayLibrary {
  /** Makes the texts of one play as the web does, and says how often the store was asked for anything but a signature. */
  readsOfPlay(clipId: string, files: readonly string[]): Promise<number>;
  clip(clipId: string): Promise<ClipJson>;
}

/** Counts every call that goes to the objects themselves. */
function countingStore(store: ObjectStore): { store: ObjectStore; reads: () => number } {
  let reads = 0;
  const counted = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      reads += 1;
      return call(...args);
    };
  };
  const { stat, read, write, list } = store;
  return {
    store: { ...store, stat: counted(stat), read: counted(read), write: counted(write), list: counted(list) },
    reads: () => reads,
  };
}

function readerOf({ deps, env }: Portal, admin: UserContext): PlayLibrary['readsOfPlay'] {
  return async (clipId, files) => {
    const { store, reads } = countingStore(deps.store);
    const delivery = createDelivery({
      ...{ store, buckets: deps.buckets, baseUrl: env.NEXTAUTH_URL ?? '', secret: env.NEXTAUTH_SECRET, now: deps.now },
      ...{ ttlMs: 3_600_000, windowMs: 900_000 },
    });
    const counting = { ...deps, store, delivery };
    await getClipToWatch(counting, admin, clipId);
    for (const file of files) await getClipText(counting, admin, clipId, file);
    return reads();
  };
}

/** The sample game in short, cut by the bench's own worker. */
export async function withPlayLibrary<T>(
  { portal: processes, account, dataDir }: BenchPortal,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
  use: (library: PlayLibrary) => Promise<T>,
): Promise<T> {
  const env = parseEnv(processes.env);
  const portal = await openPortal(env, { logger: cliLogger(env.LOG_LEVEL), name: 'heartbeat-bench' });
  try {
    const row = await findUserByEmail(portal.deps.db, account.email);
    const admin = row && userContextOf(row);
    if (!admin) throw new Error('The benchmark has no admin.');
    // No master is prepared: whether a clip is a slice would hang on which job is quicker. Slices have a bench of their own.
    const queue = { ...portal.deps.queue, enqueuePrepareMasters: async () => {} };
    await createSampleLibrary({ ...portal, deps: { ...portal.deps, queue } }, admin, {
      ...{ workDir: path.join(dataDir, 'sample'), masters: [], signal, size: { seconds: MASTER_S, height: 720 } },
      onProgress: (text) => say(`plays: ${text}`),
    });
    await waitForSampleClips(portal.deps, admin, {
      signal,
      onProgress: ({ ready, total }) => say(`plays: cutting clips, ${ready} of ${total}`),
    });
    return await use({
      readsOfPlay: readerOf(portal, admin),
      clip: (clipId) => getClip(portal.deps, admin, clipId),
    });
  } finally {
    await portal.close();
  }
}
