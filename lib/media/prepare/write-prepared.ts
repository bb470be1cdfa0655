import { guardOf, TaggedError } from '#lib/errors.ts';
import type { WrittenObject } from '#lib/media/prepare-work.ts';
import { deleteGeneration } from '#lib/media/publish/write-delivery.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef, type ObjectStat, type ObjectStore } from '#lib/storage/port/object-store.ts';
import { preparedRef } from '#lib/storage/port/prepared-keys.ts';

/** Thrown when another worker has taken the work, or somebody deleted the master. */
export class PreparationLostError extends TaggedError {
  constructor(masterId: string) {
    super('PreparationLostError', `The preparation of master ${masterId} is another's, or not wanted any more.`);
  }
}
export const isPreparationLostError = guardOf<PreparationLostError>('PreparationLostError');

/** Where the objects of one master lie. */
export interface PreparedPlace {
  masterId: string;
  teamCode: string;
  season: string;
  gameId: string;
}

/** How often a write may lose against a worker that has lost its claim already. */
const MAX_RACES = 3;

export interface PreparedWriter {
  /** @param folder of a rendition, or of the sheets. */
  write(folder: string, fileName: string, bytes: Buffer): Promise<WrittenObject>;
  /** These objects have rows now. */
  settle(objects: readonly WrittenObject[]): void;
  /** Takes back what has none. */
  discard(): Promise<void>;
}

/**
 * Writes a master's objects, each as one that must not exist. What stands there already was left by an attempt that
 * broke off before it registered it: it is replaced and never taken over, by whoever holds the claim after having seen
 * it, so that no worker ever removes what another registers.
 */
export function openPreparedWriter(
  deps: { store: ObjectStore; buckets: Buckets; holdsClaim(): Promise<boolean> },
  place: PreparedPlace,
  signal: AbortSignal,
): PreparedWriter {
  const { store } = deps;
  let unregistered: { ref: ObjectRef; generation: string }[] = [];

  const writeNew = async (ref: ObjectRef, bytes: Buffer): Promise<ObjectStat> => {
    const contentType = ref.key.endsWith('.jpg') ? 'image/jpeg' : 'video/mp4';
    for (let race = 0; ; race++) {
      try {
        return await store.write(ref, bytes, { contentType, ifGenerationMatch: '0', signal });
      } catch (error) {
        if (!isStoreError(error) || error.code !== 'precondition_failed' || race >= MAX_RACES) throw error;
        const left = await store.stat(ref);
        if (!(await deps.holdsClaim())) throw new PreparationLostError(place.masterId);
        if (left) await deleteGeneration(store, ref, left.generation);
      }
    }
  };

  return {
    async write(folder, fileName, bytes) {
      const ref = preparedRef(deps.buckets, place, { folder, fileName });
      const { sizeBytes, generation, crc32c } = await writeNew(ref, bytes);
      unregistered.push({ ref, generation });
      return { sizeBytes, generation, crc32c };
    },
    settle: (objects) => {
      const registered = new Set(objects.map(({ generation }) => generation));
      unregistered = unregistered.filter(({ generation }) => !registered.has(generation));
    },
    discard: async () => {
      for (const { ref, generation } of unregistered) await deleteGeneration(store, ref, generation);
      unregistered = [];
    },
  };
}
