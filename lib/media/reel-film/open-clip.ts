import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CutRequest, type CutResult, isMediaError } from '#lib/media/media-types.ts';
import { openMaster, requireMasterRef } from '#lib/media/publish/clip-master.ts';
import type { FilmClip } from '#lib/media/reel-work.ts';
import { type ByteSource, openByteSource } from '#lib/storage/port/byte-source.ts';
import { type Buckets, objectOfUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';

export interface ClipDeps {
  store: ObjectStore;
  buckets: Buckets;
  cutClip(request: CutRequest): Promise<CutResult>;
}

/** A file of this machine that is read by range. */
async function openLocal(file: string): Promise<ByteSource> {
  const { size } = await stat(file);
  return { sizeBytes: size, read: async ({ first, last }) => createReadStream(file, { start: first, end: last }) };
}

async function openFile({ store, buckets }: ClipDeps, file: FilmClip['file']): Promise<ByteSource | null> {
  const ref = file && objectOfUri(buckets, file.gcsUri);
  if (!file || !ref) return null;
  const found = await store.stat(ref);
  if (!found || (file.generation !== null && file.generation !== found.generation)) return null;
  return openByteSource(store, ref, found);
}

/**
 * The file of a clip: the one that was cut, or, for a clip that is played from its master and has none yet, one that is
 * cut for this film alone. `null` for a clip that has neither a file nor a master in the two buckets.
 * @param workDir where the cut may lie.
 */
export async function openClip(
  deps: ClipDeps,
  clip: FilmClip,
  { workDir, signal, isPatient }: { workDir: string; signal: AbortSignal; isPatient: boolean },
): Promise<ByteSource | null> {
  const file = await openFile(deps, clip.file);
  if (file) return file;
  const master = await openMasterOf(deps, clip);
  if (!master) return null;
  await mkdir(workDir, { recursive: true });
  const { startS, endS } = clip;
  await deps.cutClip({ source: master, startS, endS, isSliced: true, isPatient, workDir, signal });
  return openLocal(path.join(workDir, 'clip.mp4'));
}

async function openMasterOf({ store, buckets }: ClipDeps, clip: FilmClip): Promise<ByteSource | null> {
  try {
    const ref = requireMasterRef(buckets, clip);
    return await openMaster(store, ref, clip.sourceGeneration);
  } catch (error) {
    if (isMediaError(error) && !error.retryable) return null;
    throw error;
  }
}
