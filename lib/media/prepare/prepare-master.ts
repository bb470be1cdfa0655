import { randomUUID } from 'node:crypto';
import { messageOf } from '#lib/errors.ts';
import { withMatroskaIndex } from '#lib/media/containers/matroska-index.ts';
import { hasSeveralDescriptions } from '#lib/media/containers/sample-descriptions.ts';
import { knowLength } from '#lib/media/frames/end.ts';
import { isMediaError, MediaError } from '#lib/media/media-types.ts';
import type { ClaimedMaster } from '#lib/media/prepare-work.ts';
import { type ProbedMaster, probeMaster } from '#lib/media/probe/probe-master.ts';
import { type LoopbackSource, serveSource } from '#lib/media/tools/loopback-source.ts';
import { beginLadder } from './begin-ladder.ts';
import { playsInBrowsers, soundPlaysInBrowsers } from './browser-fit.ts';
import { chunksOf, rungsOf } from './chunks.ts';
import { copyMaster, copySound } from './copy-master.ts';
import { openPreparedSource, type PrepareAttempt, type PrepareDeps } from './open-source.ts';
import { isUnfitStreamError, UnfitStreamError } from './segments.ts';
import { isPreparationLostError, openPreparedWriter, PreparationLostError } from './write-prepared.ts';

/** So much may be missing between what was copied and what the check of the master found: the length of some frames. */
const MAX_MISSING_S = 1;

/** Where a master that was copied ends for its clips: where its check has found its end, unless it was not read so far. */
function endOf({ durationS }: ProbedMaster['facts'], toS: number): number {
  if (toS - durationS > MAX_MISSING_S) throw new UnfitStreamError('picture', 'More is stored than is to be shown.');
  if (durationS - toS <= MAX_MISSING_S) return Math.max(toS, durationS);
  throw new MediaError(
    'undecodable',
    `The master can be read up to ${toS.toFixed(1)} s, of ${durationS.toFixed(1)} s. Copy it again, or export it again.`,
  );
}

interface Preparing {
  deps: PrepareDeps;
  claimed: ClaimedMaster;
  master: ProbedMaster;
  loopback: LoopbackSource;
  signal: AbortSignal;
}

/** Copies what browsers play of the master itself. Tells where its segments begin; `null` when they turn out not to play it. */
async function prepareSource(preparing: Preparing): Promise<number[] | null> {
  const { deps, claimed, master } = preparing;
  const soundWays = soundPlaysInBrowsers(master) ? (['copy', 'encode'] as const) : (['encode'] as const);
  for (const sound of soundWays) {
    try {
      const copied = await writing(preparing, (writer) => copyMaster({ ...preparing, writer }, sound));
      await copied.complete(endOf(master.facts, copied.toS));
      return copied.startsS;
    } catch (error) {
      if (!isUnfitStreamError(error)) throw error;
      deps.logger.info({ master_id: claimed.masterId, reason: error.message }, 'a master cannot be played as it is');
      await dropRendition(preparing, 'source');
      if (error.part === 'picture') return null;
    }
  }
  throw new Error('Sound that was encoded has a hole.');
}

/** What an attempt wrote and did not register goes with it. */
async function writing<T>(
  { deps, claimed, signal }: Preparing,
  use: (writer: ReturnType<typeof openPreparedWriter>) => Promise<T>,
): Promise<T> {
  const writer = openPreparedWriter({ ...deps, holdsClaim: () => deps.work.holdsClaim(claimed) }, claimed, signal);
  try {
    return await use(writer);
  } catch (error) {
    await writer
      .discard()
      .catch((err) => deps.logger.warn({ err, master_id: claimed.masterId }, 'objects were left behind'));
    throw error;
  }
}

async function dropRendition({ deps, claimed }: Preparing, name: string): Promise<void> {
  if (!(await deps.work.dropRendition(claimed, name))) throw new PreparationLostError(claimed.masterId);
  claimed.renditions = claimed.renditions.filter((rendition) => rendition.name !== name);
}

/** Copies the master, or its sound for a ladder that is made of it alone, and puts the ladder in line. */
async function prepare(deps: PrepareDeps, claimed: ClaimedMaster, signal: AbortSignal): Promise<void> {
  const startedMs = performance.now();
  const source = await openPreparedSource(deps, claimed);
  await using loopback = await serveSource(await withMatroskaIndex(source, signal), { signal, isReadWhole: true });
  try {
    const master = await probeMaster(loopback, source.sizeBytes);
    if (claimed.durationS === null) await knowLength(loopback, master, Number.MAX_VALUE);
    else master.facts.durationS = claimed.durationS;
    const preparing = { deps, claimed, master, loopback, signal };
    const mayCopy =
      claimed.kind !== 'ladder' && playsInBrowsers(master) && !(await hasSeveralDescriptions(source, signal));
    const keysS = mayCopy ? await prepareSource(preparing) : null;
    const kind = keysS ? 'source' : 'ladder';
    if (!(await deps.work.decide(claimed, kind))) throw new PreparationLostError(claimed.masterId);
    if (!keysS && master.soundTracks.length > 0) {
      const { toS, complete } = await writing(preparing, (writer) => copySound({ ...preparing, writer }));
      await complete(toS);
    }
    await writing(preparing, (writer) => beginLadder({ ...preparing, writer }, rungsOf(master, kind)));
    if (!(await deps.work.planLadder({ ...claimed, kind }, chunksOf(master, keysS))))
      throw new PreparationLostError(claimed.masterId);
    const seconds_spent = (performance.now() - startedMs) / 1000;
    deps.logger.info({ master_id: claimed.masterId, kind, seconds_spent }, 'a master was read for its preparation');
  } catch (error) {
    signal.throwIfAborted();
    throw loopback.fault() ?? error;
  }
}

/** Decides what a failed attempt means; rethrows what another attempt may mend. */
async function settleFailure(
  { work, logger }: PrepareDeps,
  master: ClaimedMaster,
  attempt: PrepareAttempt,
  error: unknown,
): Promise<void> {
  const facts = {
    master_id: master.masterId,
    err: error,
    technical: isMediaError(error) ? error.technical : undefined,
  };
  if (isPreparationLostError(error)) {
    logger.info({ master_id: master.masterId }, 'another worker prepares this master, or it was deleted');
    return;
  }
  if (isMediaError(error) && !error.retryable) {
    logger.warn({ ...facts, code: error.code }, 'a master cannot be prepared');
    await work.fail(master, error.message);
    return;
  }
  if (attempt.isLastAttempt && !attempt.signal.aborted) {
    logger.error(facts, 'the preparation of a master failed for good');
    const reason = isMediaError(error) ? error.message : 'The portal could not store or read what it needed.';
    await work.fail(master, `${reason} It was tried several times.`);
    return;
  }
  logger.warn({ ...facts, reason: messageOf(error) }, 'an attempt to prepare a master failed; another follows');
  await work.release(master);
  throw error;
}

/**
 * Prepares one master: copies its picture into segments where browsers play it, and puts its ladder in line. Safe to run
 * again at any point, by any worker: the last to claim wins, and goes on behind what is registered.
 * @throws whatever another attempt may mend, so that the queue retries.
 */
export async function prepareMaster(deps: PrepareDeps, attempt: PrepareAttempt): Promise<void> {
  const master = await deps.work.claim(attempt.masterId, randomUUID());
  if (!master) return;
  try {
    await prepare(deps, master, attempt.signal);
  } catch (error) {
    await settleFailure(deps, master, attempt, error);
  }
}
