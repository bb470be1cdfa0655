import { addAbortListener } from 'node:events';
import type { Writable } from 'node:stream';
import { finished, Readable } from 'node:stream';
import type { CreateWriteStreamOptions } from '@google-cloud/storage';
import { guardOf, TaggedError } from '#lib/errors.ts';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import type { ObjectRef, ObjectStat, WriteOptions } from '#lib/storage/port/object-store.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { withTimeout } from './call.ts';
import type { GcsClient } from './client.ts';
import { statOfResource } from './client.ts';
import { statusOf, toGcsStoreError } from './errors.ts';
import { cancelGcsUpload } from './uploads.ts';

/** Up to here a body is held in memory and sent as one request, which can be repeated; also a resumable chunk's size. */
const HELD_BYTES = 8 * 1024 * 1024;

const crcOf = (bytes: Uint8Array): string => encodeCrc32c(updateCrc32c(0, bytes));

function streamOptions(
  client: GcsClient,
  ref: ObjectRef,
  { contentType, ifGenerationMatch }: WriteOptions,
): CreateWriteStreamOptions {
  return {
    metadata: { contentType, ...client.cachingOf(ref) },
    // On a mismatch the library would delete whatever lies under the key by then; the checks here do not.
    validation: false,
    ...(ifGenerationMatch === undefined ? {} : { preconditionOpts: { ifGenerationMatch } }),
  };
}

const finishOf = (stream: Writable): Promise<void> =>
  new Promise((resolve, reject) => {
    finished(stream, { readable: false }, (error) => (error ? reject(error) : resolve()));
  });

const destroyOnAbort = (stream: Writable, signal: AbortSignal | undefined): Disposable =>
  signal ? addAbortListener(signal, () => stream.destroy()) : { [Symbol.dispose]: () => {} };

/** What lies under the key, if it is what was to be written: then an earlier attempt had arrived after all. */
async function earlierWrite(client: GcsClient, ref: ObjectRef, bytes: Uint8Array, options: WriteOptions) {
  const [resource] = await client.file(ref).getMetadata();
  const stat = statOfResource(resource);
  const isOurs =
    stat.sizeBytes === bytes.length && stat.crc32c === crcOf(bytes) && stat.contentType === options.contentType;
  return isOurs && stat.generation !== options.ifGenerationMatch ? stat : null;
}

/** One simple upload; Google itself compares the checksum before the object exists. */
function writeHeld(client: GcsClient, ref: ObjectRef, bytes: Uint8Array, options: WriteOptions): Promise<ObjectStat> {
  const crc32c = crcOf(bytes);
  return client.call(async ({ isRepeat }) => {
    const file = client.file(ref);
    const { metadata, ...rest } = streamOptions(client, ref, options);
    const stream = file.createWriteStream({ ...rest, metadata: { ...metadata, crc32c }, resumable: false });
    const finish = finishOf(stream);
    using _ = destroyOnAbort(stream, options.signal);
    stream.end(bytes);
    try {
      await withTimeout(finish, client.timeoutMs, () => stream.destroy());
    } catch (error) {
      const earlier = isRepeat && statusOf(error) === 412 ? await earlierWrite(client, ref, bytes, options) : null;
      if (!earlier) throw error;
      return earlier;
    }
    return statOfResource(file.metadata);
  }, options.signal);
}

/** A resumable upload in chunks by the client library, which repeats what was not stored. Never all in memory. */
async function writeStreamed(
  client: GcsClient,
  ref: ObjectRef,
  chunks: AsyncIterable<Uint8Array>,
  options: WriteOptions,
): Promise<ObjectStat> {
  const file = client.streamedFile(ref);
  const stream = file.createWriteStream({
    ...streamOptions(client, ref, options),
    resumable: true,
    chunkSize: HELD_BYTES,
  });
  let session: string | undefined;
  stream.once('uri', (uri: string) => {
    session = uri;
  });
  const finish = finishOf(stream);
  finish.catch(() => {});
  using _ = destroyOnAbort(stream, options.signal);
  // The library's own retries of one chunk end within the time limit; what is longer hangs.
  const limitMs = client.timeoutMs * 2;
  let crc = 0;
  try {
    for await (const chunk of chunks) {
      crc = updateCrc32c(crc, chunk);
      const taken = new Promise<void>((resolve) => stream.write(chunk, () => resolve()));
      await withTimeout(Promise.race([taken, finish]), limitMs);
    }
    stream.end();
    await withTimeout(finish, limitMs);
  } catch (error) {
    // A destroyed stream reports its own end once more; the first error is the one that counts.
    stream.destroy();
    if (session) await cancelGcsUpload(client, session).catch(() => {});
    throw error;
  }
  const stat = statOfResource(file.metadata);
  if (stat.crc32c !== encodeCrc32c(crc)) {
    await client.file(ref).delete({ ifGenerationMatch: stat.generation });
    throw new StoreError('unavailable', 'What Google Cloud Storage stored is not what was sent; it was removed.', {
      retryable: true,
    });
  }
  return stat;
}

/** An error of the caller's own body: handed on as it is, unlike the store's. */
class SourceError extends TaggedError {
  constructor(cause: unknown) {
    super('SourceError', 'The body broke.', { cause });
  }
}
const isSourceError = guardOf<SourceError>('SourceError');

async function* bytesOf(body: Readable): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of body) {
      const bytes: unknown = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (!(bytes instanceof Uint8Array)) throw new TypeError('The body of an object is a stream of bytes.');
      yield bytes;
    }
  } catch (error) {
    throw new SourceError(error);
  }
}

async function* rejoin(held: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function writeBody(client: GcsClient, ref: ObjectRef, body: Readable, options: WriteOptions) {
  const chunks = bytesOf(body);
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  for (;;) {
    const next = await chunks.next();
    if (next.done) return writeHeld(client, ref, Buffer.concat(held), options);
    held.push(next.value);
    heldBytes += next.value.length;
    if (heldBytes > HELD_BYTES) return writeStreamed(client, ref, rejoin(held, chunks), options);
  }
}

/**
 * `write` of the port. A body of 8 MiB or less is one request, repeated when it fails; a longer stream is a resumable
 * session, cancelled when it fails. Either way the object appears whole or not at all.
 */
export async function writeGcsObject(
  client: GcsClient,
  ref: ObjectRef,
  body: Readable | Uint8Array,
  options: WriteOptions,
): Promise<ObjectStat> {
  const { signal } = options;
  const abort = () => {
    if (body instanceof Readable) body.destroy(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    client.file(ref);
    return await (body instanceof Uint8Array
      ? writeHeld(client, ref, body, options)
      : writeBody(client, ref, body, options));
  } catch (error) {
    signal?.throwIfAborted();
    throw isSourceError(error) ? error.cause : toGcsStoreError(error);
  } finally {
    signal?.removeEventListener('abort', abort);
    if (body instanceof Readable && !body.destroyed) {
      // Nobody reads on: its source is closed, and its own end is no new error.
      finished(body, () => {});
      body.destroy();
    }
  }
}
