import { z } from 'zod';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, badRequest, guardOf, isAppError, TaggedError } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { toFieldFaults, toItemProblem } from '#lib/http/problem.ts';
import { type ItemProblem, itemProblemSchema } from '#lib/http/problem-schemas.ts';
import { nulFaults } from '#lib/http/read-input.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import { type ClipBatchResultJson, type CreateClipBatch, createClipSchema } from './clip-schemas.ts';
import { toClipJson } from './clip-serializer.ts';
import { selectClipsById } from './insert-clips-repo.ts';
import { makeClips, type PreparedClip, prepareClip } from './make-clips.ts';
import { resolveCutSources } from './resolve-cut-source.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue' | 'delivery' | 'logger'>;

/** A thousand clips are a handful of statements; Prisma's default of 5 s is short for a busy database. */
const BATCH_TIMEOUT_MS = 60_000;

/** What became of one item: the name of the clip that was made, or the fault. */
type ItemOutcome = { clip_id: string } | { problem: ItemProblem };
const outcomeSchema = z.array(
  z.union([z.object({ clip_id: z.string() }), z.object({ problem: itemProblemSchema })]),
) satisfies z.ZodType<ItemOutcome[]>;

/** Rolls an atomic batch back; carries what is answered. */
class BatchRefusedError extends TaggedError {
  readonly outcome: ItemOutcome[];

  constructor(outcome: ItemOutcome[]) {
    super('BatchRefusedError', 'The batch was refused.');
    this.outcome = outcome;
  }
}
const isBatchRefusedError = guardOf<BatchRefusedError>('BatchRefusedError');

const notMade = new AppError({
  status: 424,
  code: 'batch_refused',
  detail: 'This clip is sound; it was not made because the batch is atomic and another one is at fault.',
});

const faultOf = <T>(check: () => T): T | AppError => {
  try {
    return check();
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
};

/** Each item as a clip that may be made, or with the fault that can be told before the transaction. */
async function prepareAll(
  deps: Deps,
  user: UserContext,
  items: readonly unknown[],
): Promise<(PreparedClip | AppError)[]> {
  const parsed = items.map((item) => {
    const nul = nulFaults(item);
    if (nul.length > 0) return badRequest(nul);
    const result = createClipSchema.safeParse(item);
    return result.success ? result.data : badRequest(toFieldFaults(result.error));
  });
  const sources = await resolveCutSources(
    deps,
    user,
    parsed.flatMap((input) => (isAppError(input) ? [] : input)),
  );
  return parsed.map((input) => (isAppError(input) ? input : faultOf(() => prepareClip(user, input, sources))));
}

const toOutcome = (prepared: PreparedClip | AppError, fault: AppError | null): ItemOutcome => {
  if (isAppError(prepared)) return { problem: toItemProblem(prepared) };
  return fault ? { problem: toItemProblem(fault) } : { clip_id: prepared.clip.clip_id };
};

/** The answer, with the clips as they are now: one that was deleted since is left out. */
async function render(deps: Deps, user: UserContext, outcome: readonly ItemOutcome[]): Promise<ClipBatchResultJson> {
  const made = outcome.flatMap((item) => ('clip_id' in item ? item.clip_id : []));
  const rows =
    made.length > 0 ? await readWithinReach(deps.db, user, (reads) => selectClipsById(reads, user, made)) : [];
  const clips = new Map(
    await Promise.all(rows.map(async (row) => [row.clipId, await toClipJson(deps, user, row)] as const)),
  );
  const results = outcome.map((item, index) => {
    if ('problem' in item) return { index, status: item.problem.status, problem: item.problem };
    const clip = clips.get(item.clip_id);
    return { index, status: 201, clip_id: item.clip_id, ...(clip ? { clip } : {}) };
  });
  return { results, created: made.length, failed: outcome.length - made.length };
}

/**
 * Creates up to 1,000 clips, each for itself: an item that is at fault says why and hinders no other. An atomic batch
 * makes all or none. The number of statements does not depend on the number of clips.
 *
 * @param request the caller's `Idempotency-Key`. A refused atomic batch made nothing, and is not remembered.
 * @throws AppError 403 (role), and what `runOnce` throws; a fault of one item is in its result.
 */
export async function createClips(
  deps: Deps,
  user: UserContext,
  batch: CreateClipBatch,
  request: IdempotentRequest | null = null,
): Promise<{ result: ClipBatchResultJson; isReplay: boolean }> {
  authorize(user, 'clips.write');
  const prepared = await prepareAll(deps, user, batch.clips);
  const options = { request, outcome: outcomeSchema, timeout: BATCH_TIMEOUT_MS };
  try {
    const { outcome, isReplay } = await runOnce(deps, user, options, async (tx) => {
      const sound = prepared.flatMap((item) => (isAppError(item) ? [] : item));
      const faults = await makeClips(tx, user, sound, (cuts) => deps.queue.enqueuePublishClips(tx, cuts));
      const faultBy = new Map(sound.map((item, place) => [item, faults[place] ?? null]));
      const all = prepared.map((item) => toOutcome(item, isAppError(item) ? null : (faultBy.get(item) ?? null)));
      if (batch.atomic && all.some((item) => 'problem' in item)) throw new BatchRefusedError(all);
      return all;
    });
    return { result: await render(deps, user, outcome), isReplay };
  } catch (error) {
    if (!isBatchRefusedError(error)) throw error;
    const outcome = error.outcome.map((item) => ('problem' in item ? item : { problem: toItemProblem(notMade) }));
    return { result: await render(deps, user, outcome), isReplay: false };
  }
}
