import type { Logger } from '#lib/logger.ts';
import { MediaError } from '#lib/media/media-types.ts';
import type { ClaimedMaster, PrepareWork } from '#lib/media/prepare-work.ts';
import { type ByteSource, openByteSource } from '#lib/storage/port/byte-source.ts';
import { type Buckets, parseGsUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';

export interface PrepareDeps {
  store: ObjectStore;
  buckets: Buckets;
  work: PrepareWork;
  logger: Logger;
}

export interface PrepareAttempt {
  masterId: string;
  /** Ends when the job expires or the worker shuts down. */
  signal: AbortSignal;
  /** No further attempt follows: a passing fault becomes the master's. */
  isLastAttempt: boolean;
}

/** The master's own bytes: others at their place are not the master, whoever put them there. */
export async function openPreparedSource(
  { store, buckets }: Pick<PrepareDeps, 'store' | 'buckets'>,
  { lakeUri, generation }: Pick<ClaimedMaster, 'lakeUri' | 'generation'>,
): Promise<ByteSource> {
  const ref = parseGsUri(buckets, lakeUri);
  const stat = await store.stat(ref);
  if (!stat) throw new MediaError('source_unreadable', 'The master is not in the lake any more.');
  if (generation !== null && generation !== stat.generation) {
    throw new MediaError('source_unreadable', 'The file in the lake is not the one that was uploaded as this master.');
  }
  return openByteSource(store, ref, stat);
}
