import type { FileHandle } from 'node:fs/promises';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';

const READ_BYTES = 1024 * 1024;

/** The CRC-32C of an open file, read from its start to its end. */
export async function crc32cOfFile(handle: FileHandle, sizeBytes: number): Promise<string> {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let crc = 0;
  for (let position = 0; position < sizeBytes; ) {
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, position);
    if (bytesRead === 0) break;
    crc = updateCrc32c(crc, buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  return encodeCrc32c(crc);
}
