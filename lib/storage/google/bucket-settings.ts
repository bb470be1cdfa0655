import type { ClockReading } from '#lib/storage/port/clock-reading.ts';
import { isStoreError, StoreError } from '#lib/storage/port/object-store.ts';
import { type BucketResource, bucketResourceSchema } from './bucket-resource.ts';
import { createGcsClient, type GcsClient, type GcsStoreOptions } from './client.ts';
import { readGcsClock } from './clock.ts';
import { readResource } from './object-resource.ts';
import { grantedPermissions } from './permissions.ts';

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
    return readResource(bucketResourceSchema, { name, ...resource });
  } catch (error) {
    if (!isStoreError(error)) throw error;
    const { cause, retryable, code } = error;
    if (code === 'not_found') throw new StoreError(code, `There is no bucket gs://${name}.`, { cause });
    const message = `The settings of gs://${name} cannot be read (storage.buckets.get): ${error.message}`;
    throw new StoreError(code, message, { cause, retryable });
  }
}

/** The inspector on the client library, with the time limits and retries of the store. */
export function createGcsInspector(options: GcsStoreOptions): GcsInspector {
  const client = createGcsClient(options);
  return {
    readBucket: (bucket) => readBucket(client, bucket),
    grantedPermissions: (bucket, permissions) => grantedPermissions(client, bucket, permissions),
    readClock: () => readGcsClock(client),
  };
}
