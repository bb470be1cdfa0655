import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { updateCrc32c } from './crc32c.ts';
import type { SessionFolder, SessionProgress } from './disk-upload-state.ts';
import type { SessionWriter } from './disk-upload-writer.ts';
import { writeFully } from './disk-write.ts';
import { freeSpentBuffers } from './spent-buffers.ts';

/** What an interrupted chunk keeps is a multiple of this, as in GCS. */
export const COMMIT_BYTES = 262_144;
/** How much a `kill -9` may lose of a request that goes on for gigabytes. */
const SAVE_EVERY_BYTES = 16 * 1024 * 1024;

/** Why a body ended. `failed` carries what the stream or the disk said. */
export type ReceiveEnd = 'complete' | 'short' | 'surplus' | { failed: unknown };

interface Cursor {
  /** Where the next byte goes; what lies before it is in `crc`. */
  position: number;
  crc: number;
  committed: SessionProgress;
}

/** Takes bytes into the running checksum, noting its value at each boundary passed. */
function advance(cursor: Cursor, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const toBoundary = COMMIT_BYTES - (cursor.position % COMMIT_BYTES);
    const part = bytes.subarray(done, done + toBoundary);
    cursor.crc = updateCrc32c(cursor.crc, part);
    cursor.position += part.length;
    done += part.length;
    if (cursor.position % COMMIT_BYTES === 0) {
      cursor.committed = { committedBytes: cursor.position, crc32c: cursor.crc };
    }
  }
}

/** Data first, then the note that it counts: after a power cut the note never promises bytes that are not there. */
async function save(folder: SessionFolder, handle: FileHandle, progress: SessionProgress): Promise<void> {
  await handle.datasync();
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
  handle: FileHandle,
  cursor: Cursor,
  span: Span,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  writer: SessionWriter,
): Promise<'complete' | 'short' | 'surplus'> {
  let skip = cursor.position - span.first;
  let saved = cursor.committed.committedBytes;
  for (;;) {
    const { done, value } = await reader.read();
    writer.signal.throwIfAborted();
    if (done) return cursor.position === span.end ? 'complete' : 'short';
    const fresh = value.subarray(skip);
    skip -= value.length - fresh.length;
    const wanted = fresh.subarray(0, span.end - cursor.position);
    await writeFully(handle, wanted, cursor.position);
    advance(cursor, wanted);
    writer.storedBytes = cursor.committed.committedBytes;
    if (fresh.length > wanted.length) return 'surplus';
    if (cursor.committed.committedBytes - saved >= SAVE_EVERY_BYTES) {
      await save(folder, handle, cursor.committed);
      saved = cursor.committed.committedBytes;
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
  const cursor: Cursor = { position: from.committedBytes, crc: from.crc32c, committed: from };
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  writer.signal.addEventListener('abort', stop, { once: true });
  writer.storedBytes = from.committedBytes;
  try {
    const end: ReceiveEnd = await copy(folder, handle, cursor, span, reader, writer).catch((failed: unknown) => ({
      failed,
    }));
    if (end === 'complete' && span.isLast) {
      cursor.committed = { committedBytes: cursor.position, crc32c: cursor.crc };
    }
    if (cursor.committed.committedBytes > from.committedBytes) await save(folder, handle, cursor.committed);
    return { progress: cursor.committed, end };
  } finally {
    writer.signal.removeEventListener('abort', stop);
    // Not cancelled: that would cut the connection before its client hears the answer.
    reader.releaseLock();
    await handle.close();
  }
}
