import type { FileHandle } from 'node:fs/promises';
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import mime from 'mime';
import { z } from 'zod';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { crc32cOfFile } from './checksum.ts';
import { isMissing, systemCode } from './errors.ts';
import { readJsonFile, writeJsonFile } from './json.ts';
import type { DiskPaths } from './paths.ts';

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

const SIDECAR = /^(\d{1,20})\.json$/;

/** The key whose metadata a folder holds; `null` for one that is empty, foreign or gone. */
export async function readKeyOf(metadataDir: string): Promise<string | null> {
  let names: string[];
  try {
    names = await readdir(metadataDir);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const name = names.find((file) => SIDECAR.test(file));
  return name ? ((await readJsonFile(path.join(metadataDir, name), metadataSchema))?.key ?? null) : null;
}

/** Makes metadata anew from the bytes: reads the whole file, and takes the content type from the key's suffix. */
export async function recomputeMetadata(handle: FileHandle, sizeBytes: number, key: string): Promise<ObjectMetadata> {
  return {
    crc32c: await crc32cOfFile(handle, sizeBytes),
    contentType: mime.getType(key) ?? 'application/octet-stream',
  };
}

/** The generations that sidecars tell of: the object's, and during a write the one before. */
export async function listGenerations(paths: DiskPaths, ref: ObjectRef): Promise<string[]> {
  try {
    const names = await readdir(paths.metadataDir(ref));
    return names.flatMap((name) => SIDECAR.exec(name)?.[1] ?? []);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/**
 * Removes the sidecars of every generation up to `last`. A newer one stays, whoever calls: a process that was stopped
 * and goes on after its lock was taken over knows nothing of it.
 */
export async function pruneMetadata(paths: DiskPaths, ref: ObjectRef, last: bigint): Promise<void> {
  for (const generation of await listGenerations(paths, ref)) {
    if (BigInt(generation) <= last) await rm(sidecar(paths, ref, generation), { force: true });
  }
  await rmdir(paths.metadataDir(ref)).catch((error) => {
    if (!isMissing(error) && systemCode(error) !== 'ENOTEMPTY' && systemCode(error) !== 'EEXIST') throw error;
  });
}
