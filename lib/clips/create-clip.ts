import { z } from 'zod';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict, isAppError } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import { nextPlaceInLine } from '#lib/jobs/cut-line.ts';
import type { FoundClip } from './clip-film-repo.ts';
import type { ClipJson, CreateClip } from './clip-schemas.ts';
import { getClip, jsonOf } from './get-clip.ts';
import { askingLakeFirst, resolveCutSources } from './resolve-cut-source.ts';
import { writePendingClips } from './write-pending-clips.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue' | 'delivery' | 'logger'>;

export interface CreatedClip {
  clip: ClipJson;
  /** True when the same request had made it before (`Idempotency-Key`). */
  isReplay: boolean;
}

const outcomeSchema = z.object({ clip_id: z.string() });

/** The clip that an earlier request made, as it is now. */
const replayed = (deps: Deps, user: UserContext, clipId: string): Promise<ClipJson> =>
  getClip(deps, user, clipId).catch((error) => {
    const isGone = isAppError(error) && error.status === 404;
    throw isGone ? conflict('replay_gone', 'The clip that this Idempotency-Key made was deleted since.') : error;
  });

/**
 * Creates a pending clip and enqueues its cut in one transaction, which is all that a first request asks of Postgres.
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
  const made = new Map<string, FoundClip>();
  const { outcome, isReplay } = await askingLakeFirst(deps, (lake) =>
    runOnce(deps, user, { request, outcome: outcomeSchema }, async (tx) => {
      const sources = await resolveCutSources(deps, tx, user, [input], lake);
      const place = await nextPlaceInLine(tx, input.cut === 'later' ? 'later' : 'marked');
      const [clip] = await writePendingClips(deps, tx, user, [input], sources, 'marked');
      if (!clip || isAppError(clip)) throw clip;
      made.set(clip.clip_id, { clip, place });
      return { clip_id: clip.clip_id };
    }),
  );
  const found = made.get(outcome.clip_id);
  const clip = found && !isReplay ? await jsonOf(deps, user, found) : await replayed(deps, user, outcome.clip_id);
  return { clip, isReplay };
}
