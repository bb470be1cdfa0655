import { createReadStream } from 'node:fs';
import type { Logger } from '#lib/logger.ts';
import type { ClipWork, PosterlessClip } from '#lib/media/clip-work.ts';
import { type CutFile, isMediaError, type PosterRequest } from '#lib/media/media-types.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef, type ObjectStat, type ObjectStore } from '#lib/storage/port/object-store.ts';
import { openMaster, requireMasterRef } from './clip-master.ts';
import { openWorkFolder } from './work-folder.ts';
import { deleteGeneration, refOfFile, registrationOf, requireDeliveryPlace } from './write-delivery.ts';

export interface PosterDeps {
  store: ObjectStore;
  buckets: Buckets;
  clips: ClipWork;
  makePoster(request: PosterRequest): Promise<CutFile>;
  logger: Logger;
}

/** Writes where nothing is yet; what a cut has put there is better, and what an attempt of before left is as good. */
async function writeOrFind(
  store: ObjectStore,
  ref: ObjectRef,
  file: CutFile,
  signal: AbortSignal,
): Promise<ObjectStat | null> {
  try {
    const options = { contentType: file.contentType, ifGenerationMatch: '0', signal };
    return await store.write(ref, createReadStream(file.path), options);
  } catch (error) {
    if (!isStoreError(error) || error.code !== 'precondition_failed') throw error;
    return store.stat(ref);
  }
}

async function makeAndRegister(deps: PosterDeps, clip: PosterlessClip, signal: AbortSignal): Promise<void> {
  requireDeliveryPlace(clip);
  const { store, buckets, clips } = deps;
  const source = await openMaster(store, requireMasterRef(buckets, clip), clip.sourceGeneration);
  await using folder = await openWorkFolder();
  const { startS, endS, keyS, sourceGcsUri, sourceGeneration } = clip;
  const masterKey = sourceGeneration && `${sourceGcsUri}#${sourceGeneration}`;
  const atS = keyS ?? (startS + endS) / 2;
  const file = await deps.makePoster({ source, masterKey, atS, workDir: folder.path, signal });
  const ref = refOfFile(buckets, clip, file);
  const written = await writeOrFind(store, ref, file, signal);
  if (!written || (await clips.registerPoster(clip, registrationOf(ref, file, written)))) return;
  // The clip was cut, or deleted, meanwhile. What a cut has put there is another generation, or registered.
  const registered = await clips.selectRegistered(clip.clipId);
  if (registered && ![...registered.values()].includes(written.generation))
    await deleteGeneration(store, ref, written.generation);
}

/**
 * Gives a clip that waits to be cut its picture. One that cannot have any goes without: why is the cut's to say.
 * @throws whatever another attempt may mend, so that the queue retries.
 */
export async function publishPoster(deps: PosterDeps, clipId: string, signal: AbortSignal): Promise<void> {
  const clip = await deps.clips.selectPosterless(clipId);
  if (!clip) return;
  try {
    await makeAndRegister(deps, clip, signal);
  } catch (error) {
    if (!isMediaError(error) || error.retryable) throw error;
    deps.logger.debug({ clip_id: clipId, code: error.code }, 'a clip has no picture before it is cut');
  }
}
