import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm } from 'node:fs/promises';
import { finished, Readable } from 'node:stream';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import type { ObjectRef, ObjectStat, WriteOptions } from '#lib/storage/port/object-store.ts';
import type { DiskPaths } from './paths.ts';
import { publishFile } from './publish.ts';

/** Writes all of `bytes`; a single `write` may take fewer than it was given. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function copyBody(handle: FileHandle, body: Readable | Uint8Array, signal?: AbortSignal): Promise<string> {
  let crc = 0;
  let position = 0;
  const stream = body instanceof Uint8Array ? [body] : body;
  const abort = () => {
    if (body instanceof Readable) body.destroy(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (!(bytes instanceof Uint8Array)) throw new TypeError('The body of an object is a stream of bytes.');
      await writeFully(handle, bytes, position);
      signal?.throwIfAborted();
      crc = updateCrc32c(crc, bytes);
      position += bytes.length;
    }
    signal?.throwIfAborted();
    return encodeCrc32c(crc);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** `write` of the port: into a temporary file, checksum on the way, then one atomic step. Nothing stays on failure. */
export async function writeObject(
  paths: DiskPaths,
  ref: ObjectRef,
  body: Readable | Uint8Array,
  { contentType, ifGenerationMatch, signal }: WriteOptions,
): Promise<ObjectStat> {
  const file = paths.temporaryFile();
  try {
    paths.objectFile(ref);
    await mkdir(paths.temporaryDir, { recursive: true });
    const handle = await open(file, 'wx');
    try {
      const crc32c = await copyBody(handle, body, signal);
      return await publishFile(paths, ref, { path: file, handle, crc32c, contentType }, ifGenerationMatch);
    } finally {
      await handle.close();
    }
  } finally {
    if (body instanceof Readable) discard(body);
    await rm(file, { force: true });
  }
}

/** A body that nobody reads any more must not keep its source open, nor raise its own end as a new error. */
function discard(body: Readable): void {
  if (body.destroyed) return;
  finished(body, () => {});
  body.destroy();
}
