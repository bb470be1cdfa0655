import { type AuditEntry, changesOf } from '#lib/audit/audit-entry.ts';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { type Action, authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict, forbidden, isAppError, notFound } from '#lib/errors.ts';
import { type IfMatch, refuseStaleEdit } from '#lib/http/etag.ts';
import { selectClipFacts } from './clip-entry-repo.ts';
import { TAKEN_BACK_MINUTES } from './clip-field-schemas.ts';
import type { ClipPlace } from './clip-filter-sql.ts';
import { deleteTag, insertTag, lockClip, resetFailedClip, selectClip, updateClip } from './clip-repo.ts';
import type { ClipJson, PatchClip } from './clip-schemas.ts';
import { versionOf } from './clip-version.ts';
import { getClip } from './get-clip.ts';
import { isMadeByCaller, restoreClips, trashClips } from './trash-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'queue' | 'delivery' | 'logger'>;
type LockedClip = NonNullable<Awaited<ReturnType<typeof lockClip>>>;

/** Which clip, as of which version: `null` for whatever stands there. */
export interface EditTarget {
  clipId: string;
  ifMatch?: IfMatch | null;
  place?: ClipPlace;
}

/** What a change is written down as. */
type ClipEntry = Pick<AuditEntry, 'action' | 'before' | 'after'>;

/**
 * Runs one change on a locked clip of the caller's reach, after the right to it was checked, and writes down what it
 * says that it did.
 */
async function withClip(
  deps: Deps,
  user: UserContext,
  action: Action,
  { clipId, ifMatch = null, place = 'library' }: EditTarget,
  change: (tx: Transaction, clip: LockedClip) => Promise<ClipEntry | null>,
): Promise<void> {
  authorize(user, action);
  await withinReach(deps.db, user, async (tx) => {
    const clip = await lockClip(tx, user, clipId, place);
    if (!clip) throw notFound('Clip');
    if (ifMatch !== null) {
      // A statement of its own: what locks the row sees its tags as they were before the wait for the lock.
      const current = await selectClip(tx, user, clipId, { assets: false, slices: false, tags: true, indexes: false });
      if (!current) throw notFound('Clip');
      refuseStaleEdit(ifMatch, versionOf(current));
    }
    const entry = await change(tx, clip);
    const target = { type: 'clip', id: clipId } as const;
    if (entry) await recordAudit(tx, user, { ...entry, target, teams: [clip.team_code] });
  });
}

/** Corrects a clip's facts. @throws AppError 403, 404, 412 `stale_edit`. */
export async function patchClip(
  deps: Deps,
  user: UserContext,
  target: EditTarget,
  patch: PatchClip,
): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', target, async (tx, clip) => {
    const before = await selectClipFacts(tx, clip.id);
    await updateClip(tx, clip.id, patch);
    const changes = changesOf(before, await selectClipFacts(tx, clip.id));
    return changes && { action: 'clip.update', ...changes };
  });
  return getClip(deps, user, target.clipId);
}

/**
 * Puts a clip into the trash, from where it can be had back for `TRASH_DAYS`; then `purgeTrash` takes rows and objects. A
 * worker that is cutting it notices that its claim is gone and removes what it wrote.
 * @throws AppError 403, 404, 412 `stale_edit`.
 */
export async function deleteClip(deps: Deps, user: UserContext, target: EditTarget): Promise<void> {
  await withClip(deps, user, 'clips.delete', target, (tx, clip) => trashClip(deps, tx, user, clip));
}

async function trashClip(deps: Deps, tx: Transaction, user: UserContext, { id }: LockedClip): Promise<ClipEntry> {
  await deps.queue.withdrawCuts(tx, await trashClips(tx, user, [id]));
  return { action: 'clip.delete' };
}

/**
 * Takes back a clip that the caller has just made: into the trash, without the right to delete what others made.
 * @throws AppError 403 `not_taken_back` for one that somebody else made, or that was made too long ago; 404.
 */
export async function takeBackClip(deps: Deps, user: UserContext, clipId: string): Promise<void> {
  await withClip(deps, user, 'clips.write', { clipId }, async (tx, clip) => {
    if (!(await isMadeByCaller(tx, clipId, TAKEN_BACK_MINUTES))) {
      const limits = `Only who made a clip takes it back, within ${TAKEN_BACK_MINUTES} minutes.`;
      throw forbidden(`${limits} Ask an admin to delete it.`, 'not_taken_back');
    }
    return trashClip(deps, tx, user, clip);
  });
}

/** Takes a clip out of the trash; one that was not cut is put in line. @throws AppError 403, 404, 409 `not_deleted`. */
export async function restoreClip(deps: Deps, user: UserContext, clipId: string): Promise<ClipJson> {
  const restored = withClip(deps, user, 'clips.delete', { clipId, place: 'trash' }, async (tx, clip) => {
    const { uncut } = await restoreClips(tx, [clip.id]);
    if (uncut.length > 0) await deps.queue.enqueueCuts(tx, 'marked', [clipId]);
    return { action: 'clip.restore' };
  });
  await restored.catch(async (error) => {
    if (!isAppError(error) || error.status !== 404) throw error;
    await getClip(deps, user, clipId);
    throw conflict('not_deleted', 'This clip is not in the trash.');
  });
  return getClip(deps, user, clipId);
}

/** Adds a tag; adding it twice is the same as once. @throws AppError 403, 404, 412 `stale_edit`. */
export async function addTag(deps: Deps, user: UserContext, target: EditTarget, tag: string): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', target, async (tx, clip) =>
    (await insertTag(tx, clip.id, tag)) ? { action: 'tag.add', after: { tag } } : null,
  );
  return getClip(deps, user, target.clipId);
}

/** Takes a tag off. @throws AppError 403, 404 for a clip or a tag that is not there, 412 `stale_edit`. */
export async function removeTag(deps: Deps, user: UserContext, target: EditTarget, tag: string): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', target, async (tx, clip) => {
    if (!(await deleteTag(tx, clip.id, tag))) throw notFound('Tag');
    return { action: 'tag.remove', before: { tag } };
  });
  return getClip(deps, user, target.clipId);
}

/** Puts a failed clip back in line. @throws AppError 403, 404, 409 `not_failed`. */
export async function retryClip(deps: Deps, user: UserContext, clipId: string): Promise<ClipJson> {
  await withClip(deps, user, 'clips.write', { clipId }, async (tx, clip) => {
    if (!(await resetFailedClip(tx, clip.id))) {
      throw conflict('not_failed', `The clip is ${clip.processing_status}; only a failed one can be retried.`);
    }
    await deps.queue.enqueueCuts(tx, 'marked', [clipId]);
    return { action: 'clip.retry' };
  });
  return getClip(deps, user, clipId);
}
