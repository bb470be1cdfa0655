import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json.ts';
import { withLock } from './lock.ts';
import type { SessionFolder } from './upload-state.ts';

const claimSchema = z.object({ token: z.string() });
const CLAIM_POLL_MS = 500;

/** The one that may write to a session now. */
export interface SessionWriter {
  /** Aborted when a newer request takes the session over: the older one's client is gone. */
  readonly signal: AbortSignal;
  /** Bytes at the last 256 KiB boundary, told to whoever asks meanwhile. */
  storedBytes: number;
}

export interface WriterRegistry {
  /** Runs `work` as the session's only writer, after the writer before it has stopped and saved what it had. */
  takeOver<T>(folder: SessionFolder, work: (writer: SessionWriter) => Promise<T>): Promise<T>;
  /** What the present writer in this process has stored. */
  storedBytes(folder: SessionFolder): number;
}

/**
 * One writer a session. Within this process the older request is aborted at once; a writer in another process reads
 * the claim file and stops by itself, and one that crashed leaves a lock that grows stale.
 */
export function createWriterRegistry(): WriterRegistry {
  const writers = new Map<string, { writer: SessionWriter; abort: AbortController }>();

  async function asWriter<T>(folder: SessionFolder, work: (writer: SessionWriter) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const token = randomUUID();
    const writer: SessionWriter = { signal: abort.signal, storedBytes: 0 };
    writers.get(folder.dir)?.abort.abort();
    writers.set(folder.dir, { writer, abort });
    let poll: NodeJS.Timeout | undefined;
    try {
      await writeJsonFile(folder.claimFile, `${folder.claimFile}.${token}`, { token });
      poll = setInterval(() => {
        readJsonFile(folder.claimFile, claimSchema).then(
          (claim) => claim && claim.token !== token && abort.abort(),
          () => abort.abort(),
        );
      }, CLAIM_POLL_MS);
      poll.unref();
      return await withLock(
        folder.lockFile,
        () => work(writer),
        () => abort.abort(),
      );
    } finally {
      clearInterval(poll);
      if (writers.get(folder.dir)?.writer === writer) writers.delete(folder.dir);
    }
  }

  return { takeOver: asWriter, storedBytes: (folder) => writers.get(folder.dir)?.writer.storedBytes ?? 0 };
}
