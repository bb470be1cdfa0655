import { encodeCrc32c, updateCrc32c } from './crc32c.ts';
import type { ObjectRef, ObjectStat, ObjectStore } from './object-store.ts';

/** A store under test, with two empty buckets that belong to the test alone. */
export interface StoreHarness {
  store: ObjectStore;
  bucket: string;
  otherBucket: string;
  close(): Promise<void>;
}

/** What the contract's parts work with; `store` is there once the tests run. */
export interface StoreBench {
  readonly store: ObjectStore;
  readonly bucket: string;
  readonly otherBucket: string;
  /** A key that no other test uses. */
  newRef(suffix?: string): ObjectRef;
  put(ref: ObjectRef, bytes: Uint8Array | string, contentType?: string): Promise<ObjectStat>;
  /** A signature's lifetime from this second on. */
  lifetime(seconds?: number): { signedAt: Date; expiresAt: Date };
}

export function createStoreBench(harness: () => StoreHarness): StoreBench {
  let counter = 0;
  return {
    get store() {
      return harness().store;
    },
    get bucket() {
      return harness().bucket;
    },
    get otherBucket() {
      return harness().otherBucket;
    },
    newRef: (suffix = '.bin') => ({ bucket: harness().bucket, key: `t/${++counter}${suffix}` }),
    put: (ref, bytes, contentType = 'application/octet-stream') =>
      harness().store.write(ref, typeof bytes === 'string' ? Buffer.from(bytes) : bytes, { contentType }),
    lifetime(seconds = 600) {
      const now = Math.floor(Date.now() / 1000) * 1000;
      return { signedAt: new Date(now), expiresAt: new Date(now + seconds * 1000) };
    },
  };
}

export const crcOf = (bytes: Uint8Array): string => encodeCrc32c(updateCrc32c(0, bytes));

export async function keysOf(store: ObjectStore, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(bucket, prefix)) keys.push(key);
  return keys;
}
