import { z } from 'zod';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict, isAppError } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import type { ClipJson, CreateClip } from './clip-schemas.ts';
import { getClip } from './get-clip.ts';
import { makeClips, prepareClip } from './make-clips.ts';
import { resolveCutSources } from './resolve-cut-source.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue' | 'delivery' | 'logger'>;

export interface CreatedClip {
  clip: ClipJson;
  /** True when the same request had made it before (`Idempotency-Key`). */
  isReplay: boolean;
}

const outcomeSchema = z.object({ clip_id: z.string() });

/**
 * Creates a pending clip and enqueues its cut in the same transaction.
 *
 * @param request the caller's `Idempotency-Key`: the same key and body answer the clip that the first request made.
 * @throws AppError 403 (role, team), 409 `clip_exists`, `master_not_ready`, `replay_gone` for a replay whose clip was
 *   deleted since, 422 for a source that cannot be cut; and what `runOnce` throws.
 */
export async function createClip(
  deps: Deps,
  user: UserContext,
  input: CreateClip,
  request: IdempotentRequest | null = null,
): Promise<CreatedClip> {
  authorize(user, 'clips.write');
  // Before the transaction, which must not wait for the store; a fault counts only if the work is to be done.
  const sources = await resolveCutSources(deps, user, [input]);
  const { outcome, isReplay } = await runOnce(deps, user, { request, outcome: outcomeSchema }, async (tx) => {
    const prepared = prepareClip(user, input, sources);
    const [fault] = await makeClips(tx, user, [prepared], async (cuts) => {
      for (const cut of cuts) await deps.queue.enqueuePublishClip(tx, cut);
    });
    if (fault) throw fault;
    return { clip_id: prepared.clip.clip_id };
  });
  const clip = await getClip(deps, user, outcome.clip_id).catch((error) => {
    const isGone = isReplay && isAppError(error) && error.status === 404;
    throw isGone ? conflict('replay_gone', 'The clip that this Idempotency-Key made was deleted since.') : error;
  });
  return { clip, isReplay };
}
