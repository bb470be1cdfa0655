import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { wholeTextOf } from './whole-text.ts';

export interface LoopbackServer {
  /** `http://127.0.0.1:port` */
  origin: string;
  close(): Promise<void>;
}

export type WebHandler = (request: Request) => Promise<Response>;

interface BridgeOptions {
  /** Scheme, host and port of the URL that the handler sees. */
  origin: string;
  /** Opens the body of a request that may have one; `null` where it has none. */
  openBody(): ReadableStream<Uint8Array> | null;
}

function toWebRequest(incoming: IncomingMessage, { origin, openBody }: BridgeOptions, signal: AbortSignal): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const init: RequestInit & { duplex: 'half' } = { method, headers, duplex: 'half' };
  if (method !== 'GET' && method !== 'HEAD') init.body = openBody();
  const request = new Request(new URL(incoming.url ?? '/', origin), init);
  // Of a signal that it is made with, `Request` keeps a weak reference and asks to be told of its end (undici): until the
  // old generation is collected, all that hangs on the request would stay.
  return Object.defineProperty(request, 'signal', { value: signal });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  const text = wholeTextOf(response);
  if (text !== undefined) {
    outgoing.writeHead(response.status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
    return;
  }
  outgoing.writeHead(response.status, headers);
  if (!response.body) {
    outgoing.end();
    return;
  }
  // A stream of events may have nothing to say for long.
  outgoing.flushHeaders();
  // `pipeline` alone listens for the end in half a dozen ways.
  outgoing.setMaxListeners(outgoing.getMaxListeners() + 8);
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
}

/**
 * Answers a request of `node:http` by a Web handler. Bodies stream both ways, and the handler's signal is aborted when
 * the client leaves. Throws what the handler throws, and when the answer broke off.
 */
export async function answerNodeRequest(
  handler: WebHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: BridgeOptions,
): Promise<void> {
  const abort = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) abort.abort();
  });
  await send(await handler(toWebRequest(incoming, options, abort.signal)), outgoing);
}

/** Serves a Web handler from plain `node:http` on a free loopback port, for commands, tests and benchmarks of the store. */
export async function serveOnLoopback(handler: WebHandler, port = 0): Promise<LoopbackServer> {
  let origin = '';
  const server = createServer(async (incoming, outgoing) => {
    try {
      // Not `Readable.toWeb`: cancelled in the wrong moment, it goes on to enqueue, and nobody can catch that.
      const openBody = () => NodeStream.from<Uint8Array>(incoming) as ReadableStream<Uint8Array>;
      await answerNodeRequest(handler, incoming, outgoing, { origin, openBody });
    } catch {
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.destroy();
    } finally {
      // What nobody read of the body is thrown away, so that the connection can be used again.
      incoming.removeAllListeners('readable').resume();
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The bucket and key of a path below `/api/objects/`. Safe keys have nothing to decode. */
export function objectRefOfUrl(url: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^\/api\/objects\/([^/]*)\/(.*)$/.exec(new URL(url).pathname) ?? [];
  return { bucket, key };
}
