import { createHash, randomUUID } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isSafeKey } from '#lib/storage/port/object-keys.ts';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';

const BUCKET_NAME = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

/** Where the disk store keeps what. Names of buckets never start with a dot, so the store's own folders cannot clash. */
export interface DiskPaths {
  readonly root: string;
  readonly buckets: readonly string[];
  readonly temporaryDir: string;
  readonly uploadsDir: string;
  readonly locksDir: string;
  /** Holds the folders of `metadataDir`, two levels down. */
  readonly metadataTop: string;
  /** Throws `foreign_bucket`. */
  bucketDir(bucket: string): string;
  /** Throws `foreign_bucket` or `bad_key`; the only way from a key to a path. */
  objectFile(ref: ObjectRef): string;
  /** Sidecars of all generations of one key. Named by a hash: keys may be prefixes of each other. */
  metadataDir(ref: ObjectRef): string;
  lockFile(ref: ObjectRef): string;
  temporaryFile(): string;
  /** Refuses a file whose folder is reached through a symbolic link (`bad_key`). `ENOENT` passes through. */
  assertNoLinks(file: string): Promise<void>;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Throws a `TypeError` for bucket names that no store would accept: a fault of the configuration. */
export function createDiskPaths(root: string, bucketNames: readonly string[]): DiskPaths {
  const base = path.resolve(root);
  const buckets = [...new Set(bucketNames)];
  for (const name of buckets) {
    if (!BUCKET_NAME.test(name) || name.includes('..')) throw new TypeError(`"${name}" is no bucket name.`);
  }
  let realBase: string | undefined;

  const bucketDir = (bucket: string) => {
    if (!buckets.includes(bucket)) {
      throw new StoreError('foreign_bucket', 'Only the two configured buckets are read or written.');
    }
    return path.join(base, bucket);
  };
  const checkedName = (ref: ObjectRef) => {
    const dir = bucketDir(ref.bucket);
    if (!isSafeKey(ref.key)) throw new StoreError('bad_key', 'This is no object key.');
    return { dir, id: digest(`${ref.bucket}/${ref.key}`) };
  };

  return {
    root: base,
    buckets,
    temporaryDir: path.join(base, '.tmp'),
    uploadsDir: path.join(base, '.uploads'),
    locksDir: path.join(base, '.locks'),
    metadataTop: path.join(base, '.meta'),
    bucketDir,
    objectFile: (ref) => path.join(checkedName(ref).dir, ...ref.key.split('/')),
    metadataDir: (ref) => {
      const { id } = checkedName(ref);
      return path.join(base, '.meta', id.slice(0, 2), id);
    },
    lockFile: (ref) => path.join(base, '.locks', checkedName(ref).id),
    temporaryFile: () => path.join(base, '.tmp', randomUUID()),
    async assertNoLinks(file) {
      if (!realBase) {
        await mkdir(base, { recursive: true });
        realBase = await realpath(base);
      }
      const folder = path.dirname(file);
      if ((await realpath(folder)) !== path.join(realBase, path.relative(base, folder))) {
        throw new StoreError('bad_key', 'The folder of this object is a symbolic link; the disk store follows none.');
      }
    },
  };
}
