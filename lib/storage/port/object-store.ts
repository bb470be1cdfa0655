import type { ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { guardOf, TaggedError } from '#lib/errors.ts';
import type { ClockReading } from './clock-reading.ts';

/** Where one object lives. Build it with the functions of `object-keys.ts`, never by hand. */
export interface ObjectRef {
  readonly bucket: string;
  readonly key: string;
}

/** What a store knows of one object. */
export interface ObjectStat {
  sizeBytes: number;
  /** CRC-32C as Google writes it: base64 of the four big-endian bytes. */
  crc32c: string;
  contentType: string;
  /** Changes with every write of the key; what later reads and signatures may pin. */
  generation: string;
  updatedAt: Date;
}

/** One object as a list tells it. */
export interface ListedObject {
  key: string;
  sizeBytes: number;
  generation: string;
  /** `null` where the store would have to read the object's bytes to say it; `stat` does. */
  crc32c: string | null;
  updatedAt: Date;
}

/** Inclusive byte positions, as in an HTTP `Range` header. `last` may be left out: to the end. */
export interface ByteRange {
  first: number;
  last?: number;
}

export interface WriteOptions {
  contentType: string;
  /**
   * Write only if the key's present generation is this one; `'0'` means that the key must not exist.
   * Left out, the write replaces whatever is there.
   */
  ifGenerationMatch?: string;
  signal?: AbortSignal;
}

/** Google's longest lifetime of a V4 signed URL, seconds; every store keeps to it. */
const MAX_SIGNED_LIFETIME_S = 604_800;

export interface SignedGetOptions {
  /** When the signature counts as made; floored to a window by `lib/delivery`, so that URLs repeat. Whole seconds. */
  signedAt: Date;
  /** First moment at which the URL no longer works. Whole seconds, at most seven days after `signedAt`. */
  expiresAt: Date;
  /** Serve exactly this generation, or nothing. */
  generation?: string;
  /** Sent back as `Content-Disposition: attachment` with this name (RFC 6266). */
  downloadName?: string;
}

export interface UploadRequest {
  contentType: string;
  sizeBytes: number;
  /** Origin of the page that will send the bytes; a browser's upload needs it when the session starts. */
  origin?: string;
}

/** Throws a `RangeError` unless `expiresAt` lies after `signedAt` by seven days at most: a fault of the caller. */
export function assertSignedLifetime(signedAt: Date, expiresAt: Date): void {
  const seconds = (expiresAt.getTime() - signedAt.getTime()) / 1000;
  if (!(seconds > 0 && seconds <= MAX_SIGNED_LIFETIME_S)) {
    throw new RangeError('A signed URL lives more than nothing and at most seven days.');
  }
}

/** A resumable session in the GCS protocol. The URL is a bearer secret: never log it. */
export interface UploadSession {
  url: string;
  expiresAt: Date;
}

/**
 * The port to the object store: the disk's and Google's.
 *
 * Errors are `StoreError`s with a code; a cause is kept, a signature never is.
 * Only the two configured buckets can be named; any other is refused with `foreign_bucket` before any request.
 */
export interface ObjectStore {
  /** `null` where no such object is. */
  stat(ref: ObjectRef): Promise<ObjectStat | null>;
  /** A stream of the object's bytes, or of the range. Throws `not_found`, or `bad_range` past its end. */
  read(ref: ObjectRef, options?: { range?: ByteRange; generation?: string; signal?: AbortSignal }): Promise<Readable>;
  /**
   * Opens the file that an object is on this machine, for a tool that reads all of it; it stays these bytes, whatever
   * becomes of the object. The caller destroys it. Throws `not_found`.
   */
  openFile?(ref: ObjectRef, options: { generation: string }): Promise<ReadStream>;
  /**
   * Writes a whole object, atomically: readers see the old one or the new one.
   * Throws `precondition_failed` when `ifGenerationMatch` does not hold; nothing changes then.
   */
  write(ref: ObjectRef, body: Readable | Uint8Array, options: WriteOptions): Promise<ObjectStat>;
  /** Every object whose key starts with `prefix`, in key order. */
  list(bucket: string, prefix: string): AsyncIterable<ListedObject>;
  /** True if something was deleted. */
  delete(ref: ObjectRef, options?: { ifGenerationMatch?: string }): Promise<boolean>;
  /**
   * An absolute URL that anyone may GET, with ranges, until it expires. (The disk store answers HEAD as well; Google
   * checks the signed verb.) The same inputs give the same URL, byte for byte. `RangeError` for a bad lifetime.
   */
  signGetUrl(ref: ObjectRef, options: SignedGetOptions): Promise<string>;
  /**
   * Opens a resumable session for a key that must not exist (`already_exists` when it does, now or at the last chunk).
   */
  startUpload(ref: ObjectRef, request: UploadRequest): Promise<UploadSession>;
  /** Whether a session takes bytes still, or has them all: false once the store has forgotten it (404, 410). */
  isUploadOpen(url: string): Promise<boolean>;
  /** Forgets an unfinished session and its bytes. A session that is gone already is no error. */
  cancelUpload(url: string): Promise<void>;
  /** A cheap round trip on both buckets: throws `unavailable` with the reason when the store cannot work. */
  check(): Promise<void>;
  /** This machine's clock beside that of the store, which judges what expires, or stamps what is written. */
  readClock(): Promise<ClockReading>;
}

export type StoreErrorCode =
  | 'not_found'
  | 'already_exists'
  | 'precondition_failed'
  | 'bad_range'
  | 'bad_key'
  | 'foreign_bucket'
  | 'out_of_space'
  /** What is announced has no room in the store as it is. */
  | 'too_large'
  /** It would have room, had others not announced as much. */
  | 'space_announced'
  /** The store knows the portal and does not let it do this. */
  | 'forbidden'
  | 'unavailable';

/** A failure of the object store; `retryable` says whether the same call may go through later. */
export class StoreError extends TaggedError {
  readonly code: StoreErrorCode;
  readonly retryable: boolean;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super('StoreError', message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? code === 'unavailable';
  }
}
export const isStoreError = guardOf<StoreError>('StoreError');
