import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import parseRange from 'range-parser';
import { type ByteSource, MediaError } from './media-types.ts';

export interface LoopbackSource extends AsyncDisposable {
  /** An address on 127.0.0.1 that nobody can guess. A bearer secret: never log it. */
  url: string;
  /** Bytes handed to ffmpeg's sockets so far. */
  bytesServed(): number;
  /** The first failure of the source itself, as a retryable `source_unreadable`; a reader that hung up is none. */
  fault(): MediaError | undefined;
  close(): Promise<void>;
}

const PIECE_BYTES = 1024 * 1024;

/**
 * Serves one object, and that alone, to ffmpeg: GET and HEAD with a single range (RFC 9110 §14), 404 for anything else.
 *
 * The source is asked for one MiB at a time and only as fast as the socket drains, so that a reader that seeks away
 * has cost the store about as much as it read. Ends when `signal` aborts.
 */
export async function serveSource(
  source: ByteSource,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<LoopbackSource> {
  signal?.throwIfAborted();
  const path = `/${randomBytes(32).toString('base64url')}`;
  const state: ServeState = { source, served: 0, fault: undefined };
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(404).end();
    answer(state, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The loopback server has no port.');
  const close = async () => {
    signal?.removeEventListener('abort', close);
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  signal?.addEventListener('abort', close);
  return {
    url: `http://127.0.0.1:${address.port}${path}`,
    bytesServed: () => state.served,
    fault: () => state.fault,
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface ServeState {
  source: ByteSource;
  served: number;
  fault: MediaError | undefined;
}

async function answer(state: ServeState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  }
  const size = state.source.sizeBytes;
  const headers = { 'Accept-Ranges': 'bytes', 'Content-Type': 'application/octet-stream' };
  const ranges = request.headers.range === undefined ? undefined : parseRange(size, request.headers.range);
  if (ranges === -1) return void response.writeHead(416, { ...headers, 'Content-Range': `bytes */${size}` }).end();
  const range = ranges === undefined || ranges === -2 ? undefined : ranges[0];
  const first = range?.start ?? 0;
  const last = range?.end ?? size - 1;
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'Content-Length': last - first + 1,
    ...(range ? { 'Content-Range': `bytes ${first}-${last}/${size}` } : {}),
  });
  if (request.method === 'HEAD' || last < first) return void response.end();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await pipeline(pieces(state, first, last, gone.signal), response, { signal: gone.signal });
}

/** The bytes of a range, one piece of the source after the other; whatever happens, the piece's stream is destroyed. */
async function* pieces(state: ServeState, first: number, last: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = first; at <= last; ) {
    const end = Math.min(last, at + PIECE_BYTES - 1);
    const before = at;
    try {
      for await (const chunk of await state.source.read({ first: at, last: end }, signal)) {
        at += chunk.length;
        state.served += chunk.length;
        yield chunk;
      }
      if (at !== end + 1) throw new Error(`The store ended at byte ${at} of a read of ${before}-${end}.`);
    } catch (cause) {
      if (!signal.aborted) {
        state.fault ??= new MediaError('source_unreadable', 'The master could not be read from the store.', {
          retryable: true,
          cause,
        });
      }
      throw cause;
    }
  }
}
