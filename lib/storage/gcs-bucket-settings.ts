import { type BucketResource, bucketResourceSchema } from './gcs-bucket-resource.ts';
import { createGcsClient, type GcsClient, type GcsStoreOptions } from './gcs-client.ts';
import { isStoreError, StoreError } from './object-store.ts';

/** Another machine's clock beside this one's, in milliseconds. */
export interface ClockReading {
  /** Positive: this machine is ahead. */
  aheadMs: number;
  /** The answer's way, and the second that an HTTP date is rounded to. */
  uncertaintyMs: number;
}

/** Looks at buckets as a whole: nothing in here reads or changes an object. Errors are `StoreError`s. */
export interface GcsInspector {
  /** Needs `storage.buckets.get`. Throws `foreign_bucket`, `not_found`, `unavailable`. */
  readBucket(bucket: string): Promise<BucketResource>;
  /** Those of `permissions` that the credentials have on the bucket; asking needs none. */
  grantedPermissions(bucket: string, permissions: readonly string[]): Promise<string[]>;
  /** By the `Date` of Google's own answer. */
  readClock(): Promise<ClockReading>;
}

async function readBucket(client: GcsClient, name: string): Promise<BucketResource> {
  const bucket = client.bucket(name);
  try {
    const [resource] = await client.call(() => bucket.getMetadata());
    return bucketResourceSchema.parse({ name, ...resource });
  } catch (error) {
    if (!isStoreError(error)) throw error;
    const { cause, retryable, code } = error;
    if (code === 'not_found') throw new StoreError(code, `There is no bucket gs://${name}.`, { cause });
    const message = `The settings of gs://${name} cannot be read (storage.buckets.get): ${error.message}`;
    throw new StoreError(code, message, { cause, retryable });
  }
}

async function grantedPermissions(client: GcsClient, name: string, permissions: readonly string[]): Promise<string[]> {
  const bucket = client.bucket(name);
  const [granted] = await client.call(() => bucket.iam.testPermissions([...permissions]));
  return permissions.filter((permission) => granted[permission]);
}

/** Any answer tells the time, a refusal as well: no credentials are sent. */
function readClock(client: GcsClient): Promise<ClockReading> {
  return client.call(async () => {
    const askedAt = Date.now();
    const started = performance.now();
    const response = await fetch(client.endpoint, {
      redirect: 'manual',
      signal: AbortSignal.timeout(client.timeoutMs),
    });
    const tookMs = performance.now() - started;
    await response.body?.cancel();
    const theirs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirs))
      throw new StoreError('unavailable', 'The store does not tell its time.', { retryable: false });
    // A date is cut off to whole seconds: half of one is what it lacks on average.
    return { aheadMs: askedAt + tookMs / 2 - (theirs + 500), uncertaintyMs: tookMs / 2 + 500 };
  });
}

/** The inspector on the client library, with the time limits and retries of the store. */
export function createGcsInspector(options: GcsStoreOptions): GcsInspector {
  const client = createGcsClient(options);
  return {
    readBucket: (bucket) => readBucket(client, bucket),
    grantedPermissions: (bucket, permissions) => grantedPermissions(client, bucket, permissions),
    readClock: () => readClock(client),
  };
}
