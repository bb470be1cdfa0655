import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { flood, growthOf } from './support/flood.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { rawRequest } from './support/raw-http.ts';

const MIB = 1024 * 1024;
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const TOO_LARGE = { status: 413, code: 'body_too_large' };
const COACH = accountOf('coach', 'MTL');
const bearer = () => ({ Authorization: `Bearer ${readPortalState().apiKeys[COACH.email] ?? ''}` });

/** All that comes of a connection that has said this. */
function hear(text: string): Promise<string> {
  const { hostname, port } = new URL(readPortalState().url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname);
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
    socket.write(text);
  });
}

test('four great bodies at the door of sign-in cost no memory, and get 413', async ({ portal }) => {
  const path = '/api/auth/callback/credentials';
  // What the first of its kind loads is nobody's body.
  await flood(portal.url, path, { headers: FORM, announcedBytes: 100_000 });
  const send = (announcedBytes?: number) =>
    flood(portal.url, path, { headers: FORM, ...(announcedBytes ? { announcedBytes } : {}) });
  const grown = await growthOf(portal.webPid, async () => {
    for (const sent of [
      await Promise.all([1, 2, 3, 4].map(() => send(420 * MIB))),
      await Promise.all([send(), send()]),
    ]) {
      for (const answer of sent) {
        expect(answer).toMatchObject(TOO_LARGE);
        expect(answer.sentBytes).toBeLessThan(64 * MIB);
      }
    }
  });
  expect(grown).toBeLessThan(50 * MIB);
});

test('no path takes a body without an end', async ({ portal }) => {
  const action = { 'Next-Action': '00d108014bcdc09fa64faef2c4b22a60690796707f', Origin: portal.url };
  for (const target of ['/signin', '/clips', '/nowhere', '/api/auth/signout', '/_next/image', '/favicon.svg']) {
    for (const method of ['POST', 'PUT', 'DELETE', 'GET']) {
      // next-auth's endpoints have the methods that they have.
      if (target.startsWith('/api/auth') && method !== 'POST') continue;
      expect(await flood(portal.url, target, { method, headers: action }), `${method} ${target}`).toMatchObject(
        TOO_LARGE,
      );
    }
  }
  const json = { 'Content-Type': 'application/json' };
  const cut = (headers: Record<string, string>) =>
    flood(portal.url, '/api/v2/clips', { headers: { ...json, ...headers } });
  expect(await cut(bearer())).toMatchObject(TOO_LARGE);
  // Whoever may not send one is told so before a byte of it is read.
  expect(await cut({})).toMatchObject({ status: 401, code: 'unauthenticated' });
});

test('what of next-auth the portal does not need is not there', async ({ portal }) => {
  for (const target of ['_log', 'session', 'verify-request', 'signout', 'signin/credentials', 'callback/nobody']) {
    const { status, headers } = await rawRequest(portal.url, `/api/auth/${target}`);
    expect([target, status]).toEqual([target, target === 'signout' ? 405 : 404]);
    expect(headers['content-type']).toBe('application/problem+json');
  }
  const startMs = performance.now();
  const message = JSON.stringify({ level: 'error', code: 'x', message: '//:'.repeat(20_000) });
  const logged = await rawRequest(portal.url, '/api/auth/_log', { method: 'POST', body: message });
  expect(logged.status).toBe(404);
  expect(performance.now() - startMs).toBeLessThan(2000);
});

const KINDS = ['/clips', '/api/v2/clips', '/api/objects/lake', '/api/auth', '/_next/static', ''];

for (const bytes of ['%ED%A0%80', '%', '%00', '%zz', '%ff']) {
  test(`${bytes} is 400 on every path, with a line in the log`, async ({ portal }) => {
    const ids: string[] = [];
    for (const kind of KINDS) {
      for (const target of [`${kind}/${bytes}`, `${kind}/x?y=${bytes}`]) {
        const id = `malformed-${randomUUID()}`;
        const { status, headers, text } = await rawRequest(portal.url, target, {
          headers: { ...bearer(), 'X-Request-Id': id },
        });
        // A route of the API names the parameter that holds the NUL.
        const code = bytes === '%00' && kind === '/api/v2/clips' ? 'invalid_request' : 'malformed_url';
        expect([target, status, JSON.parse(text).code]).toEqual([target, 400, code]);
        expect(headers).toMatchObject({
          'content-type': 'application/problem+json',
          'x-content-type-options': 'nosniff',
        });
        expect(headers['content-security-policy']).toContain("default-src 'none'");
        ids.push(id);
      }
    }
    const linesOf = async (): Promise<number[]> => {
      const log = await readFile(path.join(portal.dataDir, 'logs', 'web.log'), 'utf8');
      return ids.map((id) => log.split(`"request_id":"${id}"`).length - 1);
    };
    await expect.poll(linesOf).toEqual(ids.map(() => 1));
  });
}

test('a method that nobody has, and who is too slow, never reach a page', async () => {
  const slow = [
    hear('POST /signin HTTP/1.1\r\nHost: portal\r\nContent-Length: 10\r\n\r\nabc'),
    hear('GET /signin HTTP/1.1\r\nHost: portal\r\nX-Slow: '),
  ];
  for (const [method, status] of Object.entries({ TRACE: 405, PROPFIND: 405, NONSENSE: 501 })) {
    const heard = await hear(`${method} /clips HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n`);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).toMatch(/^allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r$/im);
    expect(heard).toContain('application/problem+json');
  }
  expect(await hear('CONNECT portal:443 HTTP/1.1\r\nHost: portal:443\r\n\r\n')).toMatch(/^HTTP\/1.1 405 /);
  for (const heard of await Promise.all(slow)) expect(heard).toMatch(/^HTTP\/1.1 408 /);
});

test('objects say how long they are, run nothing, and may be played elsewhere', async ({ portal }) => {
  const { json } = await apiOf(COACH).get('/clips/lib-mtl-1');
  const mp4 = json.assets.find(({ asset_type }: { asset_type: string }) => asset_type === 'mp4');
  const { pathname, search } = new URL(String(mp4?.signed_url));
  const size = String(mp4?.file_size_bytes);
  const ask = (method: string, headers: Record<string, string> = {}) =>
    rawRequest(portal.url, pathname + search, { method, headers });
  const whole = await ask('GET');
  expect([whole.status, whole.headers['content-length']]).toEqual([200, size]);
  expect(whole.headers['transfer-encoding']).toBeUndefined();
  const head = await ask('HEAD');
  expect([head.status, head.headers['content-length'], head.text]).toEqual([200, size, '']);
  const part = await ask('GET', { Range: 'bytes=5-104' });
  expect([part.status, part.headers['content-length'], part.text.length > 0]).toEqual([206, '100', true]);
  const headOfPart = await ask('HEAD', { Range: 'bytes=5-104' });
  expect([headOfPart.status, headOfPart.headers['content-length']]).toEqual([206, '100']);
  const known = await ask('GET', { 'If-None-Match': String(whole.headers.etag) });
  expect([known.status, known.text]).toEqual([304, '']);
  const refused = await rawRequest(portal.url, pathname);
  expect([refused.status, JSON.parse(refused.text).code]).toEqual([403, 'bad_signature']);
  expect(Number(refused.headers['content-length'])).toBe(refused.text.length);
  for (const { headers } of [whole, head, part, headOfPart, known]) {
    expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'");
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
});
