import { type Action, authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { MAX_REMOVED_OBJECTS } from '#lib/jobs/queues.ts';
import { deleteClipRow, deleteTag, insertTag, lockClip, resetFailedClip, updateClip } from './clip-repo.ts';
import type { ClipJson, PatchClip } from './clip-schemas.ts';
import { getClip } from './get-clip.ts';

type Deps = Pick<PortalDeps, 'db' | 'queue' | 'delivery' | 'logger'>;
type LockedClip = NonNullable<Awaited<ReturnType<typeof lockClip>>>;

/** Runs one change on a locked clip of the caller's reach, after the right to it was checked. */
async function withClip<T>(
  deps: Deps,
  user: UserContext,
  action: Action,
  clipId: string,
  change: (tx: Transaction, clip: LockedClip) => Promise<T>,
): Promise<T> {
  authorize(user, action);
  return withinReach(deps.db, user, async (tx) => {
    const clip = await lockClip(tx, user, clipId);
    if (!clip) throw notFound('Clip');
    return change(tx, clip);
  });
}

/** Corrects a clip's facts. @throws AppError 403, 404. */
export async function patchClip(deps: Deps, user: UserContext, clipId: string, patch: PatchClip): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', clipId, (tx, clip) => updateClip(tx, clip.id, patch));
  return getClip(deps, user, clipId);
}

/**
 * Deletes a clip for good. Its objects follow in a job of the same transaction; a worker that is cutting it notices
 * that its claim is gone and removes what it wrote. @throws AppError 403, 404.
 */
export async function deleteClip(deps: Deps, user: UserContext, clipId: string): Promise<void> {
  await withClip(deps, user, 'clips.delete', clipId, async (tx, clip) => {
    const objects = await deleteClipRow(tx, clip.id);
    for (let at = 0; at < objects.length; at += MAX_REMOVED_OBJECTS) {
      await deps.queue.enqueueRemoveObjects(tx, { objects: objects.slice(at, at + MAX_REMOVED_OBJECTS) });
    }
  });
}

/** Adds a tag; adding it twice is the same as once. @throws AppError 403, 404. */
export async function addTag(deps: Deps, user: UserContext, clipId: string, tag: string): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', clipId, (tx, clip) => insertTag(tx, clip.id, tag));
  return getClip(deps, user, clipId);
}

/** Takes a tag off. @throws AppError 403, and 404 for a clip or a tag that is not there. */
export async function removeTag(deps: Deps, user: UserContext, clipId: string, tag: string): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', clipId, async (tx, clip) => {
    if (!(await deleteTag(tx, clip.id, tag))) throw notFound('Tag');
  });
  return getClip(deps, user, clipId);
}

/** Puts a failed clip back in line. @throws AppError 403, 404, 409 `not_failed`. */
export async function retryClip(deps: Deps, user: UserContext, clipId: string): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', clipId, async (tx, clip) => {
    if (!(await resetFailedClip(tx, clip.id))) {
      throw conflict('not_failed', `The clip is ${clip.processing_status}; only a failed one can be retried.`);
    }
    await deps.queue.enqueuePublishClip(tx, { clipId });
  });
  return getClip(deps, user, clipId);
}
