import type { ClaimedClip } from '#lib/media/clip-work.ts';
import { MediaError } from '#lib/media/media-types.ts';
import { type ByteSource, openByteSource } from '#lib/storage/port/byte-source.ts';
import { type Buckets, parseGsUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectRef, ObjectStore } from '#lib/storage/port/object-store.ts';

/** HeartBeat's older rows name masters by a path of its own disk; no further attempt finds those. */
export function requireMasterRef(buckets: Buckets, { sourceGcsUri }: Pick<ClaimedClip, 'sourceGcsUri'>): ObjectRef {
  if (!sourceGcsUri) throw new MediaError('source_unreadable', 'The clip names no master to be cut from.');
  try {
    return parseGsUri(buckets, sourceGcsUri);
  } catch (cause) {
    throw new MediaError('source_unreadable', 'The clip names a master that does not lie in the lake.', { cause });
  }
}

/**
 * @param generation what was checked when the master was uploaded.
 * @param calledAs what people are told is not there any more.
 */
export async function openMaster(
  store: ObjectStore,
  ref: ObjectRef,
  generation: string | null,
  calledAs = 'The master that this clip is cut from',
): Promise<ByteSource> {
  const stat = await store.stat(ref);
  if (!stat) throw new MediaError('source_unreadable', `${calledAs} is not in the lake any more.`);
  // Masters are immutable: other bytes at their place are not the master, whoever put them there.
  if (generation !== null && generation !== stat.generation) {
    throw new MediaError('source_unreadable', 'The file in the lake is not the one that was uploaded as this master.');
  }
  return openByteSource(store, ref, stat);
}
