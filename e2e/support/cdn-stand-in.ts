import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { corsHeaders } from '#lib/storage/google/fake/bucket-cors.ts';
import type { FakeGcs } from '#lib/storage/google/fake/server.ts';
import { selfSigned } from './self-signed.ts';

export const CDN_HOST = 'media.portal.test';
const KEY_NAME = 'stand-in-key';

export interface CdnRequest {
  method: string;
  url: string;
  status: number;
  signature: string | null;
}

/** Cloud CDN before a backend bucket, as far as the portal meets it, on an origin of its own. */
export interface CdnStandIn {
  /** What a portal needs to use it. */
  env: Record<string, string>;
  /** An HTTP proxy (CONNECT) behind which `https://media.portal.test` is: no port 443, no name server. */
  proxy: string;
  requests: CdnRequest[];
  close(): Promise<void>;
}

/**
 * Judges a URL by the manual of Cloud CDN ("Use signed URLs"), written without a look at the code that signs: its signature
 * covers the prefix, the time and the key before it, or where there is no prefix all of the URL before it; the URL starts
 * with the prefix, and its time is not over.
 */
function isSigned(url: string, key: Buffer): boolean {
  const [, whole = '', signature] = /^(.+)&Signature=([A-Za-z0-9_=-]+)$/.exec(url) ?? [];
  const [, prefix, expires, name] =
    /[?&](?:URLPrefix=([A-Za-z0-9_=-]+)&)?Expires=(\d+)&KeyName=([a-z0-9-]+)$/.exec(whole) ?? [];
  const text = prefix === undefined ? whole : whole.slice(whole.indexOf('URLPrefix='));
  const expected = createHmac('sha1', key).update(text).digest('base64').replaceAll('+', '-').replaceAll('/', '_');
  const isGood = name === KEY_NAME && signature === expected && Number(expires) * 1000 > Date.now();
  return isGood && (prefix === undefined || url.startsWith(Buffer.from(prefix, 'base64url').toString()));
}

const listen = (server: Server) =>
  new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

const HEADERS = ['cache-control', 'content-length', 'content-range', 'content-type', 'accept-ranges', 'etag'];

/** Starts it before one bucket of the fake, which it reads with rights of its own, as Cloud CDN does. */
export async function startCdnStandIn(fake: FakeGcs, bucket: string): Promise<CdnStandIn> {
  const key = randomBytes(16);
  const requests: CdnRequest[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const url = `https://${CDN_HOST}${request.url}`;
    const cors = corsHeaders(fake.state.buckets.get(bucket)?.cors ?? [], headers.origin, method);
    const signature = new URL(url).searchParams.get('Signature');
    const answer = (status: number, more: Record<string, string>) => {
      requests.push({ method, url, status, signature });
      return response.writeHead(status, { ...cors, ...more });
    };
    if (headers.host !== CDN_HOST || method !== 'GET' || !isSigned(url, key)) {
      answer(403, {}).end();
      return;
    }
    const object = encodeURIComponent(decodeURIComponent(new URL(url).pathname.slice(1)));
    const origin = await fetch(`${fake.origin}/storage/v1/b/${bucket}/o/${object}?alt=media`, {
      headers: headers.range === undefined ? {} : { Range: headers.range },
    });
    const passedOn = HEADERS.flatMap((name) => {
      const value = origin.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    answer(origin.status, Object.fromEntries(passedOn)).end(Buffer.from(await origin.arrayBuffer()));
  }

  const web = createTlsServer(selfSigned(CDN_HOST), (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await listen(web);
  const proxy = createServer((_request, response) => response.writeHead(403).end());
  proxy.on('connect', (request, socket) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== `${CDN_HOST}:443`) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    web.emit('connection', socket);
  });
  const port = await listen(proxy);
  return {
    env: { MEDIA_CDN_DOMAIN: CDN_HOST, MEDIA_CDN_KEY_NAME: KEY_NAME, MEDIA_CDN_KEY: key.toString('base64url') },
    proxy: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      for (const server of [proxy, web]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
