import { open } from 'node:fs/promises';
import { UploadError } from './error.ts';
import type { UploadFile } from './resumable-client.ts';

const changed = (cause?: unknown) =>
  new UploadError('file_unreadable', 'The file cannot be read any more; was it moved or changed?', { cause });

/**
 * A file of this machine for `uploadResumable`, read a chunk at a time. Not `fs.openAsBlob`: Node 24 keeps a blob's
 * size in 32 bits, so that a file of 5 GiB would be taken for one of 1 GiB.
 *
 * A file that is changed while it is being sent is noticed: `slice` throws `UploadError` `file_unreadable`.
 */
export async function openUploadFile(file: string): Promise<UploadFile & AsyncDisposable> {
  const handle = await open(file, 'r');
  const first = await handle.stat();
  return {
    size: first.size,
    async slice(start, end) {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start).catch((cause) => {
        throw changed(cause);
      });
      const now = await handle.stat();
      if (bytesRead !== bytes.length || now.mtimeMs !== first.mtimeMs || now.size !== first.size) throw changed();
      return new Blob([bytes]);
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
