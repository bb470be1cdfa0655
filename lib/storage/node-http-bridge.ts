import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface LoopbackServer {
  /** `http://127.0.0.1:port` */
  origin: string;
  close(): Promise<void>;
}

function toWebRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, duplex: 'half' };
  if (hasBody) init.body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  return new Request(new URL(incoming.url ?? '/', origin), init);
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
}

/** Serves a Web handler from plain `node:http` on a free loopback port, for tests and benchmarks of the store. */
export async function serveOnLoopback(
  handler: (request: Request) => Promise<Response>,
  port = 0,
): Promise<LoopbackServer> {
  let origin = '';
  const server = createServer(async (incoming, outgoing) => {
    const abort = new AbortController();
    outgoing.once('close', () => abort.abort());
    try {
      await send(await handler(toWebRequest(incoming, origin, abort.signal)), outgoing);
    } catch {
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.destroy();
    } finally {
      // What nobody read of the body is thrown away, so that the connection can be used again.
      incoming.removeAllListeners('data').resume();
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

/** The bucket and key of a path below `/api/objects/`, split as the portal's route splits it. */
export function objectRefOfUrl(url: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^\/api\/objects\/([^/]*)\/(.*)$/.exec(new URL(url).pathname) ?? [];
  return { bucket, key };
}
