import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { freeSpentBuffers } from '#lib/spent-buffers.ts';
import { UploadBlocks } from './upload-blocks.ts';
import type { SessionFolder, SessionProgress } from './upload-state.ts';
import type { SessionWriter } from './upload-writer.ts';

/** How much a `kill -9` may lose of a request that goes on for gigabytes. */
const SAVE_EVERY_BYTES = 16 * 1024 * 1024;

/** Why a body ended. `failed` carries what the stream or the disk said. */
export type ReceiveEnd = 'complete' | 'short' | 'surplus' | { failed: unknown };

const progressOf = ({ stored }: UploadBlocks): SessionProgress => ({
  committedBytes: stored.endBytes,
  crc32c: stored.crc32c,
});

/** Data first, then the note that it counts: after a power cut the note never promises bytes that are not there. */
async function save(folder: SessionFolder, blocks: UploadBlocks, progress: SessionProgress): Promise<void> {
  await blocks.sync();
  await folder.writeProgress(progress);
  freeSpentBuffers();
}

interface Span {
  /** First byte of the body, at or before what is committed. */
  first: number;
  /** One past the last byte that the body may hold. */
  end: number;
  /** Whether `end` is the object's end, where the last bytes count without filling a boundary. */
  isLast: boolean;
}

async function copy(
  folder: SessionFolder,
  blocks: UploadBlocks,
  span: Span,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  writer: SessionWriter,
): Promise<'complete' | 'short' | 'surplus'> {
  let skip = blocks.position - span.first;
  let savedBytes = blocks.stored.endBytes;
  for (;;) {
    const { done, value } = await reader.read();
    writer.signal.throwIfAborted();
    if (done && blocks.position < span.end) return 'short';
    if (done) {
      // A block that is not full counts at the object's end only.
      if (span.isLast) await blocks.flush();
      return 'complete';
    }
    const fresh = value.subarray(skip);
    skip -= value.length - fresh.length;
    const wanted = fresh.subarray(0, span.end - blocks.position);
    await blocks.put(wanted);
    const progress = progressOf(blocks);
    writer.storedBytes = progress.committedBytes;
    if (fresh.length > wanted.length) return 'surplus';
    if (progress.committedBytes - savedBytes >= SAVE_EVERY_BYTES) {
      await save(folder, blocks, progress);
      savedBytes = progress.committedBytes;
    }
  }
}

/**
 * Streams a chunk's body into the session's data file from what is committed on, and saves how far it came, also when
 * the stream breaks. Memory use does not grow with the body. Only a failure to save is thrown.
 */
export async function receiveChunk(
  folder: SessionFolder,
  from: SessionProgress,
  span: Span,
  body: ReadableStream<Uint8Array>,
  writer: SessionWriter,
): Promise<{ progress: SessionProgress; end: ReceiveEnd }> {
  const handle = await open(folder.dataFile, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW);
  const blocks = new UploadBlocks(handle, { endBytes: from.committedBytes, crc32c: from.crc32c });
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  writer.signal.addEventListener('abort', stop, { once: true });
  writer.storedBytes = from.committedBytes;
  try {
    const end: ReceiveEnd = await copy(folder, blocks, span, reader, writer).catch((failed: unknown) => ({ failed }));
    const progress = progressOf(blocks);
    if (progress.committedBytes > from.committedBytes) await save(folder, blocks, progress);
    return { progress, end };
  } finally {
    writer.signal.removeEventListener('abort', stop);
    // Not cancelled: that would cut the connection before its client hears the answer.
    reader.releaseLock();
    await handle.close();
  }
}
