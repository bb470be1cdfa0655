import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { PortalDeps } from '#lib/deps.ts';
import { unprocessable } from '#lib/errors.ts';
import { MAX_MASTER_BYTES } from '#lib/masters/master-schemas.ts';
import type { InspectedMaster } from '#lib/media/media-types.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';

/** A file of this machine that is to become a master. */
export interface LocalMaster {
  file: string;
  /** The name that it gets in the lake. */
  filename: string;
  sizeBytes: number;
}

const READ_BYTES = 1024 * 1024;

const REASONS: Record<string, string> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read by you',
  EPERM: 'may not be read by you',
  EISDIR: 'is a folder',
};

const unreadable = (file: string, reason: string, cause?: unknown) =>
  unprocessable('file_unreadable', `${file} ${reason}; name a video file.`, undefined, cause);

/** Opens the file once, to know that it can be read. @throws AppError `file_unreadable`, `empty_file`. */
export async function openLocalMaster(file: string, filename: string = path.basename(file)): Promise<LocalMaster> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, REASONS[error.code ?? ''] ?? `cannot be read (${error.code})`, error);
  });
  const stat = await handle.stat().finally(() => handle.close());
  if (!stat.isFile()) throw unreadable(file, stat.isDirectory() ? 'is a folder' : 'is no file');
  if (stat.size === 0) throw unprocessable('empty_file', `${file} is empty.`);
  if (stat.size > MAX_MASTER_BYTES) throw unprocessable('too_large', `${file} is larger than a store keeps.`);
  return { file, filename, sizeBytes: stat.size };
}

const byteSourceOf = ({ file, sizeBytes }: LocalMaster): ByteSource => ({
  sizeBytes,
  read: async ({ first, last }) => createReadStream(file, { start: first, end: last }),
});

/** The check that the portal makes after the upload, made before it. @throws MediaError */
export const inspectLocalMaster = (
  deps: Pick<PortalDeps, 'inspectMaster'>,
  master: LocalMaster,
  signal: AbortSignal,
): Promise<InspectedMaster> => deps.inspectMaster(byteSourceOf(master), { filename: master.filename, signal });

/** CRC-32C of the file, read once from end to end. */
export async function checksumLocalMaster(
  { file }: LocalMaster,
  options: { signal: AbortSignal; onRead(bytes: number): void },
): Promise<string> {
  let value = 0;
  let bytesRead = 0;
  const stream = createReadStream(file, { highWaterMark: READ_BYTES, signal: options.signal });
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    value = updateCrc32c(value, bytes);
    bytesRead += bytes.length;
    options.onRead(bytesRead);
  }
  return encodeCrc32c(value);
}
