import type { Bucket, File, StorageOptions } from '@google-cloud/storage';
import { IdempotencyStrategy, Storage } from '@google-cloud/storage';
import type { RetryPolicy } from '#lib/storage/port/backoff.ts';
import { isSafeKey } from '#lib/storage/port/object-keys.ts';
import type { ObjectRef, ObjectStat } from '#lib/storage/port/object-store.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import type { Caller } from './call.ts';
import { createCaller, GCS_RETRY } from './call.ts';
import { objectResourceSchema, readResource } from './object-resource.ts';

const TIMEOUT_MS = 60_000;

export interface GcsStoreOptions {
  buckets: readonly string[];
  /** Signs URLs without the network; else the credentials' own key signs, or IAM's signBlob. */
  hmacKey?: { accessId: string; secret: string };
  /** `Cache-Control` of what is written, by bucket. A signed URL cannot change it later. */
  cacheControl?: Readonly<Record<string, string>>;
  /** Another endpoint than Google's; `STORAGE_EMULATOR_HOST` does the same for the whole process. */
  apiEndpoint?: string;
  /** Where IAM Credentials is asked for signatures, rather than at Google's own address. */
  iamEndpoint?: string;
  /** Whose credentials are used; left out, Application Default Credentials are looked for. */
  authClient?: Storage['authClient'];
  /** Milliseconds that one request may take until its answer. */
  timeoutMs?: number;
  retry?: Partial<RetryPolicy>;
  random?: () => number;
}

/** What the parts of the store work with. */
export interface GcsClient extends Caller {
  readonly buckets: readonly string[];
  readonly endpoint: string;
  readonly storage: Storage;
  /** The part of a new object's metadata that says how long it may be cached. */
  cachingOf(ref: ObjectRef): { cacheControl?: string };
  /** Throws `foreign_bucket`. */
  bucket(name: string): Bucket;
  /** Throws `foreign_bucket` or `bad_key`; the only way from a key to a request. */
  file(ref: ObjectRef, generation?: string): File;
  /** The same for a long streamed write, whose retries lie inside the client library. */
  streamedFile(ref: ObjectRef): File;
}

/**
 * The client library. With `STORAGE_EMULATOR_HOST` it leaves out the path under which Google's JSON API, and Google's
 * own emulator, answer (`/storage/v1`).
 */
function openLibrary(options: StorageOptions): Storage {
  const storage = new Storage(options);
  storage.baseUrl = `${storage.apiEndpoint}/storage/v1`;
  return storage;
}

export function createGcsClient(options: GcsStoreOptions): GcsClient {
  const { apiEndpoint, authClient, timeoutMs = TIMEOUT_MS } = options;
  const buckets = [...new Set(options.buckets)];
  const retry = { ...GCS_RETRY, ...options.retry };
  const shared: StorageOptions = {
    ...(apiEndpoint ? { apiEndpoint } : {}),
    ...(authClient ? { authClient } : {}),
  };
  const storage = openLibrary({ ...shared, retryOptions: { autoRetry: false } });
  const streaming = openLibrary({
    ...shared,
    retryOptions: {
      ...{ autoRetry: true, maxRetries: retry.attempts - 1, maxRetryDelay: 8, totalTimeout: timeoutMs / 1000 },
      // A chunk's place in its session is named, so that repeating it never does harm.
      idempotencyStrategy: IdempotencyStrategy.RetryAlways,
    },
  });

  function assertKnown(bucket: string): void {
    if (buckets.includes(bucket)) return;
    throw new StoreError('foreign_bucket', 'Only the two configured buckets are read or written.');
  }
  function assertRef({ bucket, key }: ObjectRef): void {
    assertKnown(bucket);
    if (!isSafeKey(key)) throw new StoreError('bad_key', 'This is no object key.');
  }

  return {
    ...createCaller(timeoutMs, retry, options.random),
    buckets,
    endpoint: storage.apiEndpoint,
    storage,
    cachingOf: ({ bucket }) => {
      const cacheControl = options.cacheControl?.[bucket];
      return cacheControl === undefined ? {} : { cacheControl };
    },
    bucket: (name) => {
      assertKnown(name);
      return storage.bucket(name);
    },
    file: (ref, generation) => {
      assertRef(ref);
      return storage.bucket(ref.bucket).file(ref.key, generation === undefined ? {} : { generation });
    },
    streamedFile: (ref) => {
      assertRef(ref);
      return streaming.bucket(ref.bucket).file(ref.key);
    },
  };
}

/** The facts of an object's resource (JSON API, "Objects"). Throws `unavailable` where one is missing. */
export function statOfResource(resource: File['metadata']): ObjectStat {
  const { size, updated, ...facts } = readResource(objectResourceSchema, resource);
  return { ...facts, sizeBytes: size, updatedAt: updated };
}
