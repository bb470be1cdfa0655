import { randomBytes } from 'node:crypto';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import type { CorsRule } from './bucket-cors.ts';

export interface FakeObject {
  bytes: Buffer;
  contentType: string;
  cacheControl: string | undefined;
  generation: string;
  crc32c: string;
  updated: string;
}

export interface ObjectMetadata {
  contentType: string;
  cacheControl?: string | undefined;
}

export interface FakeSession {
  id: string;
  bucket: string;
  key: string;
  metadata: ObjectMetadata;
  /** From `X-Upload-Content-Length`, or from the first chunk that names a total. */
  totalBytes: number | null;
  ifGenerationMatch: string | null;
  /** The page that may send the bytes: the `Origin` of the session's start. */
  origin: string | undefined;
  parts: Buffer[];
  storedBytes: number;
  result: FakeObject | null;
  endedAs: 404 | 410 | 499 | null;
}

export interface FakeBucket {
  objects: Map<string, FakeObject>;
  cors: CorsRule[];
  /** Permissions that the caller lacks on this bucket. */
  denied: string[];
  /** What its resource says beside name and CORS. */
  settings: BucketSettings;
}

/** Fields of the resource "Buckets" of the JSON API. */
export type BucketSettings = Record<string, unknown>;

/** A bucket as Google makes it when nothing is asked for. */
const NEW_BUCKET: BucketSettings = {
  iamConfiguration: { uniformBucketLevelAccess: { enabled: false }, publicAccessPrevention: 'inherited' },
  softDeletePolicy: { retentionDurationSeconds: '604800' },
};

export const crcOf = (bytes: Uint8Array): string => encodeCrc32c(updateCrc32c(0, bytes));

/** Everything that the fake remembers. */
export class FakeState {
  readonly buckets = new Map<string, FakeBucket>();
  readonly sessions = new Map<string, FakeSession>();
  #lastGeneration = 0n;

  constructor(buckets: Readonly<Record<string, CorsRule[]>>, settings: Readonly<Record<string, BucketSettings>> = {}) {
    for (const [name, cors] of Object.entries(buckets)) {
      const own = { ...NEW_BUCKET, ...settings[name] };
      this.buckets.set(name, { objects: new Map(), cors, denied: [], settings: own });
    }
  }

  openSession(start: Omit<FakeSession, 'id' | 'parts' | 'storedBytes' | 'result' | 'endedAs'>): FakeSession {
    const id = randomBytes(24).toString('base64url');
    const session = { ...start, id, parts: [], storedBytes: 0, result: null, endedAs: null };
    this.sessions.set(id, session);
    return session;
  }

  /** Whether `ifGenerationMatch` holds; `0` means that nothing may lie there. */
  preconditionHolds(bucket: FakeBucket, key: string, ifGenerationMatch: string | null): boolean {
    return ifGenerationMatch === null || ifGenerationMatch === (bucket.objects.get(key)?.generation ?? '0');
  }

  put(bucket: FakeBucket, key: string, bytes: Buffer, { contentType, cacheControl }: ObjectMetadata): FakeObject {
    const now = BigInt(Date.now()) * 1000n;
    this.#lastGeneration = now > this.#lastGeneration ? now : this.#lastGeneration + 1n;
    const object: FakeObject = {
      ...{ bytes, contentType, cacheControl, crc32c: crcOf(bytes) },
      generation: String(this.#lastGeneration),
      updated: new Date().toISOString(),
    };
    bucket.objects.set(key, object);
    return object;
  }
}
