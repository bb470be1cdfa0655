import type { FileHandle } from 'node:fs/promises';
import { Piscina } from 'piscina';
import type { BlockTask, Told } from './upload-thread.ts';

/** What an interrupted chunk keeps is a multiple of this, as in GCS. */
export const COMMIT_BYTES = 262_144;

/** More would wait for the same disk. */
const THREADS = 2;
/** Threads end when nobody has uploaded for so long. */
const IDLE_MS = 10_000;

let pool: Piscina | undefined;

async function inThread<T>(name: 'storeBlock' | 'syncFile', task: BlockTask | number): Promise<T> {
  pool ??= new Piscina({
    filename: new URL('./upload-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: THREADS,
    idleTimeout: IDLE_MS,
  });
  const result: Told<T> = await pool.run(task, { name });
  if ('value' in result) return result.value;
  const { message, code } = result.fault;
  throw Object.assign(new Error(message), { code });
}

/** How much of a file is there, and the running CRC-32C of exactly that much. */
export interface StoredSpan {
  endBytes: number;
  crc32c: number;
}

/**
 * Stores a stream of bytes in a file, block by block, off the event loop: threads write and sum up what was gathered. An
 * upload takes one block of memory, however long it is and however slow the disk.
 */
export class UploadBlocks {
  readonly #handle: FileHandle;
  /** Shared, so that it goes to a thread and back as it is. */
  readonly #block = new Uint8Array(new SharedArrayBuffer(COMMIT_BYTES));
  #filledBytes = 0;
  #stored: StoredSpan;

  /** @param handle stays open until all that was asked for here is done. */
  constructor(handle: FileHandle, from: StoredSpan) {
    this.#handle = handle;
    this.#stored = from;
  }

  /** Where the next byte goes. */
  get position(): number {
    return this.#stored.endBytes + this.#filledBytes;
  }

  /** What is in the file; a block that is not full is not. */
  get stored(): StoredSpan {
    return this.#stored;
  }

  /** Takes bytes in; when it is done they are the caller's again, and every block that they filled is in the file. */
  async put(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const room = COMMIT_BYTES - (this.position % COMMIT_BYTES);
      const part = bytes.subarray(done, done + room);
      this.#block.set(part, this.#filledBytes);
      this.#filledBytes += part.length;
      done += part.length;
      if (part.length === room) await this.flush();
    }
  }

  /** Stores the block that is not full, too. */
  async flush(): Promise<void> {
    const [position, bytes] = [this.#stored.endBytes, this.#block.subarray(0, this.#filledBytes)];
    if (bytes.length === 0) return;
    const task: BlockTask = { fd: this.#handle.fd, position, bytes, crc32c: this.#stored.crc32c };
    const crc32c = await inThread<number>('storeBlock', task);
    this.#stored = { endBytes: position + bytes.length, crc32c };
    this.#filledBytes = 0;
  }

  /** What is stored outlasts a power cut. */
  sync(): Promise<void> {
    return inThread('syncFile', this.#handle.fd);
  }
}
