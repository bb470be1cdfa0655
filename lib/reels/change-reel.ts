import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { changesOf } from '#lib/audit/audit-entry.ts';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize, requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict, forbidden, isAppError, notFound } from '#lib/errors.ts';
import { type IfMatch, refuseStaleEdit } from '#lib/http/etag.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import { getReel } from './get-reel.ts';
import { deleteReelRow, insertReel, type LockedReel, lockReel, updateReel } from './reel-repo.ts';
import { type Audience, type CreateReel, type PatchReel, plainAudience, type ReelJson } from './reel-schemas.ts';
import { audienceOf } from './reel-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;

/** Which reel, as of which version: `null` for whatever stands there. */
export interface ReelTarget {
  reelId: string;
  ifMatch: IfMatch | null;
}

/**
 * The reel that is to be changed, locked, at the version that the change starts from.
 * @throws AppError 404 for one that the caller may not change, 412 `stale_edit`.
 */
export async function lockForChange(
  tx: Transaction,
  user: UserContext,
  { reelId, ifMatch }: ReelTarget,
): Promise<LockedReel> {
  const reel = await lockReel(tx, user, reelId);
  if (!reel) throw notFound('Reel');
  refuseStaleEdit(ifMatch, String(reel.version));
  return reel;
}

/**
 * Writes down what was done to a reel: to whom it is shown, and not what it says. Admins read the log, and a private reel is
 * its maker's alone.
 */
export const recordReel = (
  tx: Transaction,
  user: UserContext,
  reel: { id: string; team_code: string },
  action: 'reel.create' | 'reel.update' | 'reel.items' | 'reel.delete' | 'reel.export' | 'reel.download',
  facts: { before?: Record<string, unknown>; after?: Record<string, unknown> } = {},
): Promise<void> =>
  recordAudit(tx, user, { action, target: { type: 'reel', id: reel.id }, teams: [reel.team_code], ...facts });

const outcomeSchema = z.object({ reel_id: z.string() });

/**
 * Makes an empty reel.
 * @param request the caller's `Idempotency-Key`: the same key and body answer the reel that the first request made.
 * @throws AppError 403 (role, team), 409 `replay_gone` for a replay whose reel is gone; and what `runOnce` throws.
 */
export async function createReel(
  deps: Deps,
  user: UserContext,
  input: CreateReel,
  request: IdempotentRequest | null = null,
): Promise<{ reel: ReelJson; isReplay: boolean }> {
  authorize(user, 'reels.write');
  requireTeam(user, input.team_code, 'team_code');
  const { outcome, isReplay } = await runOnce(deps, user, { request, outcome: outcomeSchema }, async (tx) => {
    const id = randomUUID();
    await insertReel(tx, user, id, input);
    const { team_code, audience } = input;
    await recordReel(tx, user, { id, team_code }, 'reel.create', {
      after: { team_code, audience: plainAudience(audience) },
    });
    return { reel_id: id };
  });
  const reel = await getReel(deps, user, outcome.reel_id).catch((error) => {
    const isGone = isReplay && isAppError(error) && error.status === 404;
    throw isGone ? conflict('replay_gone', 'The reel that this Idempotency-Key made was deleted since.') : error;
  });
  return { reel, isReplay };
}

/** What others may do to a reel ends where nobody but its maker could see it any more. */
function requireSeenAfter(user: UserContext, reel: LockedReel, audience: Audience | undefined): void {
  if (audience !== 'private' || reel.owner_id === user.userId) return;
  throw forbidden('Only who made a reel makes it private again; show it to staff.', 'not_the_maker');
}

/**
 * Changes a reel's words and whom it is shown to. Whoever it is not shown to any more has nothing more of it at once, but for
 * what was signed before.
 * @throws AppError 403, also `not_the_maker`, 404, 412 `stale_edit`.
 */
export async function patchReel(
  deps: Deps,
  user: UserContext,
  target: ReelTarget,
  patch: PatchReel,
): Promise<ReelJson> {
  authorize(user, 'reels.write');
  await withinReach(deps.db, user, async (tx) => {
    const reel = await lockForChange(tx, user, target);
    requireSeenAfter(user, reel, patch.audience);
    await updateReel(tx, target.reelId, patch);
    const shown = changesOf(
      { audience: audienceOf(reel) },
      { audience: plainAudience(patch.audience ?? audienceOf(reel)) },
    );
    const said = Object.keys(patch).filter((name) => name !== 'audience');
    await recordReel(tx, user, { id: target.reelId, team_code: reel.team_code }, 'reel.update', {
      before: { ...shown?.before },
      after: { ...shown?.after, ...(said.length > 0 ? { changed: said } : {}) },
    });
  });
  return getReel(deps, user, target.reelId);
}

/** Deletes a reel; the clips stay. @throws AppError 403, 404, 412 `stale_edit`. */
export async function deleteReel(deps: Pick<Deps, 'db'>, user: UserContext, target: ReelTarget): Promise<void> {
  authorize(user, 'reels.write');
  await withinReach(deps.db, user, async (tx) => {
    const reel = await lockForChange(tx, user, target);
    await deleteReelRow(tx, target.reelId);
    await recordReel(tx, user, { id: target.reelId, team_code: reel.team_code }, 'reel.delete', {
      before: { audience: audienceOf(reel) },
    });
  });
}
