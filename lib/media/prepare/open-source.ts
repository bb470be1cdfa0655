import type { Logger } from '#lib/logger.ts';
import type { ClaimedMaster, PrepareWork } from '#lib/media/prepare-work.ts';
import { openMaster } from '#lib/media/publish/clip-master.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
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
export const openPreparedSource = (
  { store, buckets }: Pick<PrepareDeps, 'store' | 'buckets'>,
  { lakeUri, generation }: Pick<ClaimedMaster, 'lakeUri' | 'generation'>,
): Promise<ByteSource> => openMaster(store, parseGsUri(buckets, lakeUri), generation, 'The master');
