import { randomUUID } from 'node:crypto';
import { messageOf } from '#lib/errors.ts';
import type { Logger } from '#lib/logger.ts';
import type { ClaimedClip, ClipWork, PublishedAsset } from '#lib/media/clip-work.ts';
import { joinFlaws } from '#lib/media/frames/time-ranges.ts';
import { type CutRequest, type CutResult, isMediaError, type MasterFlaws } from '#lib/media/media-types.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { openMaster, requireMasterRef } from './clip-master.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { slicePlaylistFile } from './slice-playlist-file.ts';
import { watchClaim } from './watch-claim.ts';
import { openWorkFolder } from './work-folder.ts';
import { ClaimLostError, isClaimLostError, openDelivery, requireDeliveryPlace } from './write-delivery.ts';

/** Of the progress that people see, the cut is this much; writing the objects is the rest. */
const CUT_SHARE = 0.9;

export interface PublishDeps {
  store: ObjectStore;
  buckets: Buckets;
  clips: ClipWork;
  cutClip(request: CutRequest): Promise<CutResult>;
  logger: Logger;
}

export interface PublishAttempt {
  clipId: string;
  /** Ends when the job expires or the worker shuts down. */
  signal: AbortSignal;
  /** Nobody waits for it: it gives way to all other work of the machine. */
  isPatient?: boolean;
  /** No further attempt follows: a passing fault becomes the clip's. */
  isLastAttempt: boolean;
}

/** Cuts, writes and registers; what a reader sees changes in the one transaction at the end. */
async function cutAndPublish(
  deps: PublishDeps,
  clip: ClaimedClip,
  workDir: string,
  { signal: outer, isPatient = false }: PublishAttempt,
): Promise<void> {
  const startedMs = performance.now();
  using claim = watchClaim(deps.clips, clip);
  const signal = AbortSignal.any([outer, claim.signal]);
  const progress = createProgressReporter(async (percent) => {
    if (!(await deps.clips.reportProgress(clip, percent))) claim.lose();
  });
  // A row that names anything else than objects of the two buckets is refused before the store is asked for anything.
  const place = requireDeliveryPlace(clip);
  const master = requireMasterRef(deps.buckets, clip);
  const delivery = await openDelivery({ ...deps, holdsClaim: () => deps.clips.holdsClaim(clip) }, clip, signal);
  let mayBePublished = false;
  try {
    const source = await openMaster(deps.store, master, clip.sourceGeneration);
    const onProgress = (fraction: number) => progress.report(fraction * CUT_SHARE);
    const { startS, endS, slice } = clip;
    const way = { isSliced: slice !== null, isPatient };
    const cut = await deps.cutClip({ source, startS, endS, ...way, workDir, onProgress, signal });
    const files = slice ? [...cut.files, await slicePlaylistFile(slice, cut.durationS, workDir)] : cut.files;
    // Before the first object: whatever becomes of this worker and of the clip, it is known where they lie.
    if (!(await deps.clips.announceWrites(clip, place))) throw new ClaimLostError(clip.clipId);
    const assets: PublishedAsset[] = [];
    for (const file of files) {
      signal.throwIfAborted();
      assets.push(await delivery.write(file));
      progress.report(CUT_SHARE + ((1 - CUT_SHARE) * assets.length) / (files.length + 1));
    }
    await progress.settle();
    signal.throwIfAborted();
    const frameRate = cut.frameRate.num / cut.frameRate.den;
    const processingTimeS = (performance.now() - startedMs) / 1000;
    const publication = { assets, frameRate, audioNote: cut.audioNote, processingTimeS };
    mayBePublished = true;
    if (!(await deps.clips.publish(clip, publication))) throw new ClaimLostError(clip.clipId);
    await delivery.sweepStale();
    await tellFlaws(deps, clip, { gaps: cut.gaps });
    deps.logger.info(
      { clip_id: clip.clipId, processing_time_s: processingTimeS, objects: assets.length },
      'clip published',
    );
  } catch (error) {
    await progress.settle().catch(() => undefined);
    const reason = claim.signal.aborted ? claim.signal.reason : error;
    // Whether a publication that broke off was committed is not known: then its objects have to stay.
    if (isClaimLostError(reason) || !mayBePublished) {
      await delivery
        .discard()
        .then(() => deps.clips.forgetWrites(clip))
        .catch((err) => deps.logger.warn({ err, clip_id: clip.clipId }, 'objects were left behind'));
    }
    throw reason;
  }
}

/** What a cut has met in its master is told there. The clip's own end does not hang on it. */
async function tellFlaws(deps: PublishDeps, clip: ClaimedClip, flaws: Partial<MasterFlaws>): Promise<void> {
  if (!flaws.gaps?.length && !flaws.damage?.length) return;
  await deps.clips
    .changeFlaws(clip, (known) => joinFlaws(known, flaws))
    .catch((err) => deps.logger.warn({ err, clip_id: clip.clipId }, "a master's flaws could not be noted"));
}

/** Decides what a failed attempt means; rethrows what another attempt may mend. */
async function settleFailure(
  deps: PublishDeps,
  clip: ClaimedClip,
  attempt: PublishAttempt,
  error: unknown,
): Promise<void> {
  const facts = {
    clip_id: clip.clipId,
    technical: isMediaError(error) ? error.technical : undefined,
    err: error,
  };
  if (isClaimLostError(error)) {
    deps.logger.info({ clip_id: clip.clipId }, 'another worker has this clip, or it was deleted');
    return;
  }
  if (isMediaError(error) && !error.retryable) {
    deps.logger.warn({ ...facts, code: error.code }, 'a clip cannot be cut');
    await deps.clips.fail(clip, error.message);
    await tellFlaws(deps, clip, error.flaws);
    return;
  }
  if (attempt.isLastAttempt && !attempt.signal.aborted) {
    deps.logger.error(facts, 'a clip failed for good');
    const reason = isMediaError(error) ? error.message : 'The portal could not store or read what it needed.';
    await deps.clips.fail(clip, `${reason} It was tried several times; retry it once the cause is mended.`);
    return;
  }
  deps.logger.warn({ ...facts, reason: messageOf(error) }, 'an attempt failed; another follows');
  await deps.clips.release(clip);
  throw error;
}

/**
 * Takes one clip from `pending` to `ready` or `failed`. Safe to run again at any point, by any worker: the last to
 * claim wins, keys are deterministic, writes are fenced, and assets and status change in one transaction.
 * @throws whatever another attempt may mend, so that the queue retries.
 */
export async function publishClip(deps: PublishDeps, attempt: PublishAttempt): Promise<void> {
  const clip = await deps.clips.claim(attempt.clipId, randomUUID());
  if (!clip) return;
  await using folder = await openWorkFolder();
  try {
    await cutAndPublish(deps, clip, folder.path, attempt);
  } catch (error) {
    await settleFailure(deps, clip, attempt, error);
  }
}
