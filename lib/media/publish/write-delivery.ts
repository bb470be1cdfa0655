import { createReadStream } from 'node:fs';
import { guardOf, TaggedError } from '#lib/errors.ts';
import type { ClaimedClip, PublishedAsset } from '#lib/media/clip-work.ts';
import { type CutFile, MediaError } from '#lib/media/media-types.ts';
import { type Buckets, deliveryPrefix, deliveryRef, toGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef, type ObjectStat, type ObjectStore } from '#lib/storage/port/object-store.ts';

/** Thrown when another worker has taken the clip, or somebody deleted it. Nothing of this attempt may stay. */
export class ClaimLostError extends TaggedError {
  constructor(clipId: string) {
    super('ClaimLostError', `The claim on clip ${clipId} is lost.`);
  }
}
export const isClaimLostError = guardOf<ClaimLostError>('ClaimLostError');

/** How often a write may lose against a worker that has lost its claim already. */
const MAX_RACES = 3;

/** What names a clip's folder. */
type FiledClip = Pick<ClaimedClip, 'clipId' | 'teamCode' | 'season' | 'gameId'>;

const gameOf = (clip: FiledClip) => ({ teamCode: clip.teamCode, season: clip.season ?? '', gameId: clip.gameId });

/** The first thing that is wrong with a clip's place in the media bucket, before any work is done for it. */
export function requireDeliveryPlace(clip: FiledClip): string {
  try {
    return deliveryPrefix(gameOf(clip), clip.clipId);
  } catch (cause) {
    throw new MediaError('source_unreadable', 'The clip has no sound team, season, game or id to be filed under.', {
      cause,
    });
  }
}

/**
 * Writes a clip's objects under a fence. Each write asks that the object still is what this attempt saw when it
 * claimed the clip; a worker that lost its claim saw an older state, so it can never replace a newer worker's object.
 */
export async function openDelivery(
  deps: { store: ObjectStore; buckets: Buckets; holdsClaim(): Promise<boolean> },
  clip: ClaimedClip,
  signal: AbortSignal,
) {
  const { store, buckets } = deps;
  const prefix = requireDeliveryPlace(clip);
  const seen = new Map<string, string>();
  for await (const { key, generation } of store.list(buckets.media, prefix)) seen.set(key, generation);
  const written: { ref: ObjectRef; generation: string }[] = [];

  const writeFenced = async (ref: ObjectRef, file: CutFile): Promise<ObjectStat> => {
    for (let race = 0; ; race++) {
      const ifGenerationMatch = seen.get(ref.key) ?? '0';
      try {
        const options = { contentType: file.contentType, ifGenerationMatch, signal };
        return await store.write(ref, createReadStream(file.path), options);
      } catch (error) {
        if (!isStoreError(error) || error.code !== 'precondition_failed' || race >= MAX_RACES) throw error;
        if (!(await deps.holdsClaim())) throw new ClaimLostError(clip.clipId);
        const present = await store.stat(ref);
        if (present) seen.set(ref.key, present.generation);
        else seen.delete(ref.key);
      }
    }
  };

  return {
    /** Writes one file and returns its registration. */
    async write(file: CutFile): Promise<PublishedAsset> {
      const ref = refOfFile(buckets, clip, file);
      const stat = await writeFenced(ref, file);
      written.push({ ref, generation: stat.generation });
      return registrationOf(ref, file, stat);
    },

    /** Takes back what this attempt wrote and nothing else. */
    async discard(): Promise<void> {
      for (const { ref, generation } of written) await deleteGeneration(store, ref, generation);
    },

    /** Removes what earlier attempts left beside the published objects. */
    async sweepStale(): Promise<void> {
      const kept = new Set(written.map(({ ref }) => ref.key));
      for (const [key, generation] of seen) {
        if (!kept.has(key)) await deleteGeneration(store, { bucket: buckets.media, key }, generation);
      }
    },
  };
}

/** Where a file of a clip is written. */
export const refOfFile = (buckets: Buckets, clip: FiledClip, { fileName }: CutFile): ObjectRef =>
  deliveryRef(buckets, gameOf(clip), clip.clipId, fileName);

/** A file as it is registered, once it is written. */
export function registrationOf(
  ref: ObjectRef,
  file: CutFile,
  { generation, sizeBytes, crc32c }: ObjectStat,
): PublishedAsset {
  const { path: _path, fileName: _name, contentType: _type, ...facts } = file;
  return { ...facts, sizeBytes, gcsUri: toGsUri(ref), generation, crc32c };
}

/** Deletes exactly one generation; a newer object under the key stays. */
export async function deleteGeneration(store: ObjectStore, ref: ObjectRef, generation: string): Promise<void> {
  await store.delete(ref, { ifGenerationMatch: generation }).catch((error) => {
    if (!isStoreError(error) || error.code !== 'precondition_failed') throw error;
  });
}
