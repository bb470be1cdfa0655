import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { backoffMs, sleep } from '#lib/storage/port/backoff.ts';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import type { ByteRange, ObjectRef } from '#lib/storage/port/object-store.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { withTimeout } from './call.ts';
import type { GcsClient } from './client.ts';
import { isRetryable, toGcsStoreError } from './errors.ts';

interface OpenDownload {
  body: Readable;
  generation: string | undefined;
  lengthBytes: number | undefined;
  /** Google's checksum of the whole object. */
  crc32c: string | undefined;
}

interface DownloadResponse extends Readable {
  headers: IncomingHttpHeaders;
  statusCode: number;
}

const LIBRARY_LISTENERS = 20;

export interface ReadOptions {
  range?: ByteRange;
  generation?: string;
  signal?: AbortSignal;
}

const CRC32C = /(?:^|,)\s*crc32c=([A-Za-z0-9+/]{6}==)/;

/** Throws `bad_range` for what is wrong whatever the object's size is. */
function assertRange({ first, last = first }: ByteRange): void {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first < 0 || last < first) {
    throw new StoreError('bad_range', 'A range is two whole, non-negative byte positions in order.');
  }
}

/**
 * A download that nobody waits for any more must not hold its connection once it is answered. Until then the stream is
 * left alone: the library pipes the answer into it whatever became of it, and into a destroyed one with a rejection
 * that nobody could catch.
 */
function giveUpWith(body: Readable, signal: AbortSignal | undefined, timeoutMs: number): () => void {
  const giveUp = () => {
    body.on('error', () => {});
    body.once('data', () => body.destroy());
  };
  const timer = setTimeout(giveUp, timeoutMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  };
}

/** Asks for the bytes; resolves once the store has said that it sends them. */
function open(client: GcsClient, ref: ObjectRef, { range, generation, signal }: ReadOptions) {
  return new Promise<OpenDownload>((resolve, reject) => {
    const body = client.file(ref, generation).createReadStream({
      // The checksum is judged over all attempts together, in `readGcsObject`.
      validation: false,
      decompress: false,
      ...(range ? { start: range.first } : {}),
      ...(range?.last === undefined ? {} : { end: range.last }),
    });
    body.once('error', reject);
    const release = giveUpWith(body, signal, client.timeoutMs);
    body.once('close', release);
    body.once('response', (response: DownloadResponse) => {
      const { headers, statusCode } = response;
      // The library's layers hang more listeners on a body than Node takes for a sound number.
      response.setMaxListeners(LIBRARY_LISTENERS);
      release();
      // A refusal arrives as an error right after.
      if (statusCode >= 300) return;
      body.off('error', reject);
      // What breaks before the first read must not count as unheard of.
      body.on('error', () => {});
      const length = headers['content-length'];
      resolve({
        body,
        generation: headers['x-goog-generation']?.toString(),
        lengthBytes: length === undefined ? undefined : Number(length),
        crc32c: CRC32C.exec(headers['x-goog-hash']?.toString() ?? '')?.[1],
      });
    });
    // The library sends its request when someone reads.
    body.read(0);
  });
}

class Truncated extends Error {
  readonly code = 'ECONNRESET';
}

/** The bytes of one answer, each waited for no longer than the time limit. */
async function* bytesOf(download: OpenDownload, timeoutMs: number): AsyncGenerator<Buffer, void, void> {
  const chunks: AsyncIterator<Buffer> = download.body[Symbol.asyncIterator]();
  let seen = 0;
  try {
    for (;;) {
      const next = await withTimeout(chunks.next(), timeoutMs, () => download.body.destroy());
      if (next.done) break;
      seen += next.value.length;
      yield next.value;
    }
    if (download.lengthBytes !== undefined && seen < download.lengthBytes) {
      throw new Truncated('The answer ended before its announced length.');
    }
  } finally {
    download.body.destroy();
  }
}

/**
 * `read` of the port. Rejects with `not_found` or `bad_range` before the first byte. A download that breaks off goes
 * on where it stopped, in the same generation; a whole object is checked against Google's CRC-32C at its end.
 */
export async function readGcsObject(client: GcsClient, ref: ObjectRef, options: ReadOptions): Promise<Readable> {
  const { range, signal = new AbortController().signal } = options;
  if (range) assertRange(range);
  const first = await client.call(() => open(client, ref, options), signal);

  async function* bytes(): AsyncGenerator<Buffer, void, void> {
    const pinned = first.generation === undefined ? {} : { generation: first.generation };
    let download = first;
    let crc = 0;
    let done = 0;
    for (let failures = 0; ; ) {
      try {
        for await (const chunk of bytesOf(download, client.timeoutMs)) {
          signal.throwIfAborted();
          done += chunk.length;
          failures = 0;
          if (!range) crc = updateCrc32c(crc, chunk);
          yield chunk;
        }
        break;
      } catch (error) {
        signal.throwIfAborted();
        failures++;
        if (!isRetryable(error) || failures >= client.retry.attempts) throw toGcsStoreError(error);
        await sleep(backoffMs(client.retry, failures, Math.random), signal);
        const rest = { ...range, first: (range?.first ?? 0) + done };
        if (first.lengthBytes === done) break;
        download = await client.call(() => open(client, ref, { ...options, range: rest, ...pinned }), signal);
      }
    }
    if (!range && first.crc32c !== undefined && encodeCrc32c(crc) !== first.crc32c) {
      throw new StoreError('unavailable', 'The bytes that arrived are not those that Google Cloud Storage holds.', {
        retryable: true,
      });
    }
  }

  const stream = Readable.from(bytes(), { objectMode: false });
  stream.once('close', () => first.body.destroy());
  if (signal.aborted) stream.destroy(signal.reason);
  const abort = () => stream.destroy(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', abort));
  return stream;
}
