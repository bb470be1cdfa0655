import { mkdir, open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { messageOf } from '#lib/errors.ts';
import { readClock } from '#lib/storage/port/clock-reading.ts';
import type { ByteRange, ObjectRef, ObjectStat, ObjectStore } from '#lib/storage/port/object-store.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { toStoreError, withStoreErrors } from './errors.ts';
import { listObjects } from './list.ts';
import type { DiskPaths } from './paths.ts';
import { createDiskPaths } from './paths.ts';
import { deleteFile } from './publish.ts';
import type { OpenObject } from './read.ts';
import { openObject, resolveRange, statObject, statOpenObject } from './read.ts';
import type { SignatureVerdict } from './signature.ts';
import { createUrlSigner } from './signature.ts';
import { type DiskLeftover, diskLeftovers, sweepDisk } from './sweep.ts';
import type { DiskUploads } from './uploads.ts';
import { createDiskUploads } from './uploads.ts';
import { writeObject } from './write.ts';

/** GCS keeps a session for a week. */
const UPLOAD_TTL_MS = 7 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;
const OBJECTS_PATH = '/api/objects/';
/** Read at a time: a step of Node's costs as much as reading this. */
const READ_BYTES = 256 * 1024;

export interface DiskStoreOptions {
  /** A folder that belongs to the store alone; one sub-folder a bucket. */
  root: string;
  buckets: readonly string[];
  /** Origin under which the portal is reached, like `http://localhost:3000`. */
  publicBaseUrl: string;
  /** Signs URLs; 16 characters at least. */
  secret: string;
  uploadTtlMs?: number;
  /** What announced uploads leave free of the disk, in bytes; none unless told. */
  reserveBytes?: number;
  /** The clock of expiry, milliseconds; generations use the real one. */
  now?: () => number;
}

/** The port on a local disk, and what its HTTP side needs. Any number of processes may share one root. */
export interface DiskStore extends ObjectStore {
  readonly uploads: DiskUploads;
  /** The clock that expiry is judged by. */
  now(): number;
  verifySignedGet(ref: ObjectRef, query: URLSearchParams): SignatureVerdict;
  /** An open object with its facts; the caller closes `handle`. */
  openForServing(ref: ObjectRef): Promise<{ object: OpenObject; stat: ObjectStat } | null>;
  /** Removes what crashes and expired sessions left behind; also runs by itself, at most hourly. */
  sweep(): Promise<number>;
  /** All that crashes left among the store's own files; looks at every object's metadata. */
  leftovers(): AsyncIterable<DiskLeftover>;
}

/** The caller closes it. Throws `not_found`. */
async function openGeneration(paths: DiskPaths, ref: ObjectRef, generation: string | undefined): Promise<OpenObject> {
  const object = await openObject(paths, ref);
  if (!object) throw new StoreError('not_found', 'There is no such object.');
  if (generation === undefined || generation === object.generation) return object;
  await object.handle.close();
  throw new StoreError('not_found', 'There is no such generation of this object.');
}

async function readRange(
  paths: DiskPaths,
  ref: ObjectRef,
  options: { range?: ByteRange; generation?: string; signal?: AbortSignal },
): Promise<Readable> {
  options.signal?.throwIfAborted();
  const object = await openGeneration(paths, ref, options.generation);
  try {
    const { first, length } = resolveRange(options.range, object.sizeBytes);
    if (length > 0) {
      return object.handle.createReadStream({
        ...{ start: first, end: first + length - 1, signal: options.signal, highWaterMark: READ_BYTES },
      });
    }
  } catch (error) {
    await object.handle.close();
    throw error;
  }
  await object.handle.close();
  return Readable.from([]);
}

async function checkDisk(paths: DiskPaths): Promise<void> {
  const probe = paths.temporaryFile();
  try {
    for (const bucket of paths.buckets) {
      await mkdir(paths.bucketDir(bucket), { recursive: true });
      await paths.assertNoLinks(`${paths.bucketDir(bucket)}/x`);
    }
    await mkdir(paths.temporaryDir, { recursive: true });
    const handle = await open(probe, 'wx');
    await handle.writeFile('probe').finally(() => handle.close());
  } catch (error) {
    throw new StoreError('unavailable', `The object store cannot write to its disk: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

/** What time a new file has: of the machine that the disk is in, which need not be this one. */
async function timeOfDisk(paths: DiskPaths): Promise<number> {
  const probe = paths.temporaryFile();
  await mkdir(paths.temporaryDir, { recursive: true });
  const handle = await open(probe, 'wx');
  try {
    return (await handle.stat()).mtimeMs;
  } finally {
    await handle.close();
    await rm(probe, { force: true });
  }
}

/** The upload id of one of this store's session URLs; `bad_key` for any other URL. */
function uploadIdOf(url: string, base: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const id = parsed?.href.startsWith(base) ? parsed.searchParams.get('upload_id') : null;
  if (!id) throw new StoreError('bad_key', 'This is not an upload URL of this store.');
  return id;
}

/** Throws a `TypeError` or `RangeError` for bad options. Touches the disk only when used. */
export function createDiskStore(options: DiskStoreOptions): DiskStore {
  const { secret, uploadTtlMs = UPLOAD_TTL_MS, reserveBytes = 0, now = Date.now } = options;
  if (secret.length < 16) throw new RangeError('The secret of the disk store has at least 16 characters.');
  const paths = createDiskPaths(options.root, options.buckets);
  const objectsUrl = new URL(OBJECTS_PATH, options.publicBaseUrl).href;
  const signer = createUrlSigner(secret);
  const uploads = createDiskUploads({ paths, ttlMs: uploadTtlMs, reserveBytes, now });
  let sweptAt = Number.NEGATIVE_INFINITY;

  return {
    uploads,
    now,
    stat: (ref) => withStoreErrors(() => statObject(paths, ref)),
    read: (ref, readOptions = {}) => withStoreErrors(() => readRange(paths, ref, readOptions)),
    openFile: (ref, { generation }) =>
      withStoreErrors(async () => (await openGeneration(paths, ref, generation)).handle.createReadStream()),
    write: (ref, body, writeOptions) => withStoreErrors(() => writeObject(paths, ref, body, writeOptions)),
    async *list(bucket, prefix) {
      try {
        yield* listObjects(paths, bucket, prefix);
      } catch (error) {
        throw toStoreError(error);
      }
    },
    delete: (ref, { ifGenerationMatch } = {}) => withStoreErrors(() => deleteFile(paths, ref, ifGenerationMatch)),
    async signGetUrl(ref, signOptions) {
      paths.objectFile(ref);
      return new URL(signer.signedPath(ref, signOptions), objectsUrl).href;
    },
    async startUpload(ref, request) {
      paths.objectFile(ref);
      if (now() - sweptAt > SWEEP_EVERY_MS) {
        sweptAt = now();
        await sweepDisk(paths, now());
      }
      const { uploadId, expiresAt } = await withStoreErrors(() => uploads.start(ref, request));
      return { url: new URL(`${ref.bucket}/${ref.key}?upload_id=${uploadId}`, objectsUrl).href, expiresAt };
    },
    isUploadOpen: async (url) => withStoreErrors(() => uploads.isOpen(uploadIdOf(url, objectsUrl))),
    cancelUpload: async (url) => withStoreErrors(() => uploads.forget(uploadIdOf(url, objectsUrl))),
    check: () => checkDisk(paths),
    readClock: () => withStoreErrors(() => readClock(() => timeOfDisk(paths))),
    verifySignedGet: (ref, query) => signer.verify(ref, query, new Date(now())),
    openForServing: (ref) =>
      withStoreErrors(async () => {
        const object = await openObject(paths, ref);
        if (!object) return null;
        try {
          return { object, stat: await statOpenObject(paths, ref, object) };
        } catch (error) {
          await object.handle.close();
          throw error;
        }
      }),
    sweep: () => sweepDisk(paths, now()),
    leftovers: () => diskLeftovers(paths, now()),
  };
}
