import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isSafeKey } from '#lib/storage/port/object-keys.ts';
import { type ListedObject, type ObjectRef, StoreError } from '#lib/storage/port/object-store.ts';
import { isMissing } from './errors.ts';
import { readMetadata } from './metadata.ts';
import type { DiskPaths } from './paths.ts';
import { openObject } from './read.ts';

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function factsOf(paths: DiskPaths, ref: ObjectRef): Promise<ListedObject | null> {
  const object = await openObject(paths, ref);
  if (!object) return null;
  await object.handle.close();
  const { sizeBytes, generation, updatedAt } = object;
  const metadata = await readMetadata(paths, ref, generation);
  return { key: ref.key, sizeBytes, generation, crc32c: metadata?.crc32c ?? null, updatedAt };
}

const byCode = (a: string, b: string) => (a < b ? -1 : 1);

/** One folder after the other, depth first; only names are held in memory, one folder a level. */
async function* walk(
  paths: DiskPaths,
  bucket: string,
  folderKey: string,
  prefix: string,
): AsyncGenerator<ListedObject> {
  const folder = path.join(paths.bucketDir(bucket), ...folderKey.split('/').filter(Boolean));
  const names = (await entriesOf(folder))
    .filter((entry) => entry.isFile() || entry.isDirectory())
    // "a/b" sorts after "a-b" and "a.b": a folder's place is that of its name with the slash.
    .map((entry) => folderKey + entry.name + (entry.isDirectory() ? '/' : ''))
    .filter((name) => (name.endsWith('/') && prefix.startsWith(name)) || name.startsWith(prefix))
    .filter((name) => isSafeKey(name.replace(/\/$/, '')))
    .sort(byCode);
  for (const name of names) {
    if (name.endsWith('/')) {
      yield* walk(paths, bucket, name, prefix);
    } else {
      const facts = await factsOf(paths, { bucket, key: name });
      if (facts) yield facts;
    }
  }
}

/** `list` of the port. A prefix that no key can start with is refused with `bad_key`. */
export async function* listObjects(paths: DiskPaths, bucket: string, prefix: string): AsyncGenerator<ListedObject> {
  const top = paths.bucketDir(bucket);
  if (!isSafeKey(`${prefix}x`)) throw new StoreError('bad_key', 'No key starts with this prefix.');
  // Straight to the deepest folder that the prefix names: a list of one clip does not walk the library.
  const folderKey = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const folder = path.join(top, ...folderKey.split('/').filter(Boolean));
  try {
    await paths.assertNoLinks(path.join(folder, 'x'));
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  yield* walk(paths, bucket, folderKey, prefix);
}
