import { crc32c } from '@node-rs/crc32';

/** CRC-32C (Castagnoli) of `bytes`, going on from an earlier value; 0 to start. Unsigned 32-bit. */
export const updateCrc32c = (value: number, bytes: Uint8Array): number => crc32c(bytes, value);

/** As Google writes it: base64 of the four big-endian bytes (GCS "Hashes and ETags"). */
export function encodeCrc32c(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString('base64');
}

/** Checksum of a stream of bytes, for instance of a file before it is uploaded. */
export async function crc32cOfStream(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let value = 0;
  for await (const bytes of stream) value = updateCrc32c(value, bytes);
  return encodeCrc32c(value);
}
