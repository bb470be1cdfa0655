import { buffer } from 'node:stream/consumers';
import { MediaError } from '#lib/media/media-types.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';

/** Bytes of a source from a place on, as many as there are. Throws `source_unreadable` (retryable) when the store fails. */
export async function readBytes(
  source: ByteSource,
  first: number,
  length: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  const last = Math.min(source.sizeBytes, first + length) - 1;
  if (last < first) return Buffer.alloc(0);
  try {
    return await buffer(await source.read({ first, last }, signal));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new MediaError('source_unreadable', 'The master could not be read from the store.', {
      retryable: true,
      cause,
    });
  }
}
