import { fdatasyncSync, writeSync } from 'node:fs';
import { updateCrc32c } from '#lib/storage/port/crc32c.ts';

/**
 * Runs in threads of the pool of `upload-blocks.ts`, where waiting for the disk and computing checksums keep no
 * request waiting. Faults are told as values: an error loses its code on its way between threads.
 */

/** A block of shared memory that goes to the file of this descriptor, which stays open meanwhile. */
export interface BlockTask {
  fd: number;
  position: number;
  bytes: Uint8Array;
  /** Checksum of all that lies before. */
  crc32c: number;
}

export type Told<T> = { value: T } | { fault: { message: string; code: string | undefined } };

function told<T>(work: () => T): Told<T> {
  try {
    return { value: work() };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return { fault: { message, code } };
  }
}

/** Writes all of the block; the checksum with it. */
export const storeBlock = ({ fd, position, bytes, crc32c }: BlockTask): Told<number> =>
  told(() => {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(fd, bytes, done, bytes.length - done, position + done);
    }
    return updateCrc32c(crc32c, bytes);
  });

/** Returns when what was written outlasts a power cut. */
export const syncFile = (fd: number): Told<void> => told(() => fdatasyncSync(fd));
