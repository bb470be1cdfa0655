import type { ClipWork, DeadAttempt } from '#lib/media/clip-work.ts';
import { type Buckets, toGsUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { deleteGeneration } from './write-delivery.ts';

interface SweepDeps {
  store: ObjectStore;
  buckets: Buckets;
  clips: Pick<ClipWork, 'listDeadAttempts' | 'selectRegistered' | 'forgetDeadAttempt'>;
}

/**
 * What one dead attempt left. The folder is listed first, and who owns what is asked afterwards: an object that was
 * there at the first moment and is registered by nobody at the second, while nobody works on the clip, is nobody's.
 * Whatever is written later has another generation, and stays.
 */
async function sweepAttempt({ store, buckets, clips }: SweepDeps, attempt: DeadAttempt): Promise<number> {
  const found: { key: string; generation: string }[] = [];
  for await (const { key, generation } of store.list(buckets.media, attempt.prefix)) found.push({ key, generation });
  const registered = await clips.selectRegistered(attempt.clipId);
  if (!registered) return 0;
  let removed = 0;
  for (const { key, generation } of found) {
    const ref = { bucket: buckets.media, key };
    const known = registered.get(toGsUri(ref));
    // Rows that HeartBeat wrote have no generation: whatever stands there is meant.
    if (known === null || known === generation) continue;
    await deleteGeneration(store, ref, generation);
    removed += 1;
  }
  await clips.forgetDeadAttempt(attempt.claimToken);
  return removed;
}

/**
 * Removes the objects of attempts that died between writing and registering them, also those of clips that were deleted
 * since. Any worker does it, any time, and may be broken off. @returns how many objects went.
 */
export async function sweepUnpublished(deps: SweepDeps): Promise<number> {
  let removed = 0;
  for (const attempt of await deps.clips.listDeadAttempts()) removed += await sweepAttempt(deps, attempt);
  return removed;
}
