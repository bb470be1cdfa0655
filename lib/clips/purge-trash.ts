import type { PortalDeps } from '#lib/deps.ts';
import { MAX_REMOVED_OBJECTS } from '#lib/jobs/queues.ts';
import { purgeClips } from './trash-repo.ts';

/** Clips of one transaction. */
const BATCH = 200;

/**
 * Deletes for good what has been in the trash for `TRASH_DAYS`: rows, and in a job of the same transaction the objects. Safe
 * to run by several workers at once, and to be broken off. @returns how many clips went.
 */
export async function purgeTrash(deps: Pick<PortalDeps, 'db' | 'queue'>): Promise<number> {
  let purged = 0;
  for (;;) {
    const count = await deps.db.$transaction(
      async (tx) => {
        const { count: some, objects } = await purgeClips(tx, BATCH);
        for (let at = 0; at < objects.length; at += MAX_REMOVED_OBJECTS) {
          await deps.queue.enqueueRemoveObjects(tx, { objects: objects.slice(at, at + MAX_REMOVED_OBJECTS) });
        }
        return some;
      },
      { timeout: 60_000 },
    );
    purged += count;
    if (count < BATCH) return purged;
  }
}
