import type { FileHandle } from 'node:fs/promises';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import mime from 'mime';
import { z } from 'zod';
import { encodeCrc32c, updateCrc32c } from './crc32c.ts';
import { isMissing } from './disk-errors.ts';
import { readJsonFile, writeJsonFile } from './disk-json.ts';
import type { DiskPaths } from './disk-paths.ts';
import type { ObjectRef } from './object-store.ts';

const READ_BYTES = 1024 * 1024;

const metadataSchema = z.object({ key: z.string(), crc32c: z.string(), contentType: z.string() });

/** What a file itself cannot hold. */
export interface ObjectMetadata {
  crc32c: string;
  contentType: string;
}

// The generation is the sidecar's name. It is written before the object is published, so that the moment in which
// the object's file appears is the moment in which its metadata counts: there is no second rename to crash before.
const sidecar = (paths: DiskPaths, ref: ObjectRef, generation: string) =>
  path.join(paths.metadataDir(ref), `${generation}.json`);

export async function writeMetadata(
  paths: DiskPaths,
  ref: ObjectRef,
  generation: string,
  metadata: ObjectMetadata,
): Promise<void> {
  await mkdir(paths.metadataDir(ref), { recursive: true });
  await mkdir(paths.temporaryDir, { recursive: true });
  await writeJsonFile(sidecar(paths, ref, generation), paths.temporaryFile(), { key: ref.key, ...metadata });
}

/** `null` when this generation has no sidecar: the file came from elsewhere, or its folder was lost. */
export async function readMetadata(
  paths: DiskPaths,
  ref: ObjectRef,
  generation: string,
): Promise<ObjectMetadata | null> {
  const found = await readJsonFile(sidecar(paths, ref, generation), metadataSchema);
  return found && found.key === ref.key ? { crc32c: found.crc32c, contentType: found.contentType } : null;
}

/** Makes metadata anew from the bytes: reads the whole file, and takes the content type from the key's suffix. */
export async function recomputeMetadata(handle: FileHandle, sizeBytes: number, key: string): Promise<ObjectMetadata> {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let crc = 0;
  for (let position = 0; position < sizeBytes; ) {
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, position);
    if (bytesRead === 0) break;
    crc = updateCrc32c(crc, buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  return { crc32c: encodeCrc32c(crc), contentType: mime.getType(key) ?? 'application/octet-stream' };
}

/** Removes the sidecars of every other generation; all of them without `keep`. */
export async function pruneMetadata(paths: DiskPaths, ref: ObjectRef, keep?: string): Promise<void> {
  const dir = paths.metadataDir(ref);
  if (!keep) return rm(dir, { recursive: true, force: true });
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  for (const name of names) {
    if (name !== `${keep}.json`) await rm(path.join(dir, name), { force: true });
  }
}
