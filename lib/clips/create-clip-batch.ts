import { z } from 'zod';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { AppError, badRequest, guardOf, isAppError, TaggedError } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { toFieldFaults, toItemProblem } from '#lib/http/problem.ts';
import { type ItemProblem, itemProblemSchema } from '#lib/http/problem-schemas.ts';
import { nulFaults } from '#lib/http/read-input.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import type { Clip } from './clip.ts';
import { selectClipsById } from './clip-repo.ts';
import { type ClipBatchResultJson, type CreateClip, type CreateClipBatch, createClipSchema } from './clip-schemas.ts';
import { toClipJson } from './clip-serializer.ts';
import { askingLakeFirst, type LakeSources, resolveCutSources } from './resolve-cut-source.ts';
import { writePendingClips } from './write-pending-clips.ts';

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

/** Each item as a request, or what is wrong with it by itself. */
const parsed = (item: unknown): CreateClip | AppError => {
  const nul = nulFaults(item);
  if (nul.length > 0) return badRequest(nul);
  const result = createClipSchema.safeParse(item);
  return result.success ? result.data : badRequest(toFieldFaults(result.error));
};

/** The answer. Of a replay the clips are as they are now, and one that was deleted since is left out. */
async function render(
  deps: Deps,
  user: UserContext,
  outcome: readonly ItemOutcome[],
  clips: ReadonlyMap<string, Clip>,
): Promise<ClipBatchResultJson> {
  const results = await Promise.all(
    outcome.map(async (item, index) => {
      if ('problem' in item) return { index, status: item.problem.status, problem: item.problem };
      const clip = clips.get(item.clip_id);
      const json = clip ? { clip: await toClipJson(deps, user, clip) } : {};
      return { index, status: 201, clip_id: item.clip_id, ...json };
    }),
  );
  const failed = outcome.filter((item) => 'problem' in item).length;
  return { results, created: outcome.length - failed, failed };
}

/** Clips that an earlier request made, as they are now. */
async function selectMade(deps: Deps, user: UserContext, outcome: readonly ItemOutcome[]): Promise<Map<string, Clip>> {
  const ids = outcome.flatMap((item) => ('clip_id' in item ? item.clip_id : []));
  const clips =
    ids.length > 0 ? await readWithinReach(deps.db, user, (reads) => selectClipsById(reads, user, ids)) : [];
  return new Map(clips.map((clip) => [clip.clip_id, clip]));
}

/**
 * Creates up to 1,000 clips, each for itself: an item that is at fault says why and hinders no other. An atomic batch
 * makes all or none. The number of statements does not depend on the number of clips.
 *
 * @param request the caller's `Idempotency-Key`. A refused atomic batch made nothing, and is not remembered.
 * @throws AppError 403 (role), and what `runOnce` throws; a fault of one item is in its result.
 */
export async function createClipBatch(
  deps: Deps,
  user: UserContext,
  batch: CreateClipBatch,
  request: IdempotentRequest | null = null,
): Promise<{ result: ClipBatchResultJson; isReplay: boolean }> {
  authorize(user, 'clips.write');
  const items = batch.clips.map(parsed);
  const sound = items.filter((item): item is CreateClip => !isAppError(item));
  const options = { request, outcome: outcomeSchema, timeout: BATCH_TIMEOUT_MS };
  const made = new Map<string, Clip>();
  const makeAll = async (tx: Transaction, lake: LakeSources | null) => {
    const sources = await resolveCutSources(deps, tx, user, sound, lake);
    const written = await writePendingClips(deps, tx, user, items, sources, 'many');
    const all = written.map((end): ItemOutcome => {
      if (isAppError(end)) return { problem: toItemProblem(end) };
      made.set(end.clip_id, end);
      return { clip_id: end.clip_id };
    });
    if (batch.atomic && all.some((item) => 'problem' in item)) throw new BatchRefusedError(all);
    return all;
  };
  try {
    const { outcome, isReplay } = await askingLakeFirst(deps, (lake) =>
      runOnce(deps, user, options, (tx) => makeAll(tx, lake)),
    );
    const clips = isReplay ? await selectMade(deps, user, outcome) : made;
    return { result: await render(deps, user, outcome, clips), isReplay };
  } catch (error) {
    if (!isBatchRefusedError(error)) throw error;
    const outcome = error.outcome.map((item) => ('problem' in item ? item : { problem: toItemProblem(notMade) }));
    return { result: await render(deps, user, outcome, new Map()), isReplay: false };
  }
}
