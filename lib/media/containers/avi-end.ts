import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { readBytes } from './read-bytes.ts';

/** RIFF: four letters, the length of what follows in 32 bits, little-endian. */
const HEADER_BYTES = 8;

/** A list of this many gigabytes of AVI is more than anybody uploads. */
const MAX_LISTS = 1000;

/**
 * Whether an AVI says that it goes on behind its last byte, or does not say where it ends: a recorder writes the lengths
 * of its RIFF lists when it stops (OpenDML AVI 1.02 §3: one list for each gigabyte or so).
 */
export async function isAviCutOff(source: ByteSource, signal?: AbortSignal): Promise<boolean> {
  let at = 0;
  for (let lists = 0; lists < MAX_LISTS && at + HEADER_BYTES <= source.sizeBytes; lists++) {
    const header = await readBytes(source, at, HEADER_BYTES, signal);
    if (header.toString('latin1', 0, 4) !== 'RIFF') return false;
    const length = header.readUInt32LE(4);
    if (length === 0) return true;
    at += HEADER_BYTES + length + (length % 2);
  }
  return at > source.sizeBytes + 1;
}
