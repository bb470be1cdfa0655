import { createPublicKey } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hmacSigner, signV4Url } from '#lib/storage/google/v4-signature.ts';
import { type GcsHarness, HMAC_KEY, MEDIA, startGcsHarness } from './harness.ts';
import { PUBLISHED_ACCOUNT, PUBLISHED_PUBLIC_KEY, PUBLISHED_V4, PUBLISHED_WIRES } from './published-v4.ts';
import { verifyV4 } from './verify-v4.ts';

let harness: GcsHarness;
beforeAll(async () => {
  harness = await startGcsHarness();
});
afterAll(() => harness.close());

/** One request exactly as written: no normalising of path, query or host. */
const ask = (method: string, url: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const path = url.slice(url.indexOf('/', 'http://'.length));
    const outgoing = request({
      hostname: '127.0.0.1',
      port,
      method,
      path,
      headers: { host: `${hostname}:${port}`, ...headers },
    });
    outgoing.on('error', reject).on('response', async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() });
    });
    outgoing.end();
  });

const changed = (char: string) => (char === 'a' ? 'b' : char === '1' ? '2' : /\d/.test(char) ? '1' : 'a');
const now = () => new Date(Math.floor(Date.now() / 1000) * 1000);
const lifetime = () => ({ signedAt: now(), expiresAt: new Date(now().getTime() + 600_000) });

describe.each([
  ['RSA', {}],
  ['HMAC', { hmacKey: HMAC_KEY }],
])('a URL signed by %s', (_name, options) => {
  const ref = { bucket: MEDIA, key: 'MTL/2025-2026/20031/clip-1/clip.mp4' };
  let url = '';
  beforeAll(async () => {
    const store = harness.storeWith(options);
    const { generation } = await store.write(ref, Buffer.from('secret'), { contentType: 'video/mp4' });
    url = await store.signGetUrl(ref, { ...lifetime(), generation, downloadName: 'one clip.mp4' });
  });

  it('is served as it is', async () => {
    expect(await ask('GET', url)).toEqual({ status: 200, text: 'secret' });
  });

  it('is refused with any one character of path or query changed, left out or doubled', async () => {
    const from = url.indexOf('/', 'http://'.length) + 1;
    for (let at = from; at < url.length; at++) {
      const char = url.charAt(at);
      for (const text of [changed(char), '', char + char]) {
        const { status, text: body } = await ask('GET', url.slice(0, at) + text + url.slice(at + 1));
        expect([400, 403], `${char} at ${at} → "${text}"`).toContain(status);
        expect(body).not.toContain('secret');
      }
    }
  });

  it('is refused under a host in which one character was changed', async () => {
    const { host } = new URL(url);
    for (let at = 0; at < host.length; at++) {
      const other = host.slice(0, at) + changed(host.charAt(at)) + host.slice(at + 1);
      expect((await ask('GET', url, { host: other })).status, other).toBe(403);
    }
  });

  it.each(['HEAD', 'PUT', 'DELETE', 'POST', 'PATCH'])('is refused for %s', async (method) => {
    expect((await ask(method, url)).status).toBe(403);
  });

  it('is refused with a parameter or a Google header that was not signed', async () => {
    expect((await ask('GET', `${url}&userProject=x`)).status).toBe(403);
    expect((await ask('GET', `${url}&X-Goog-Expires=600000`)).status).toBe(403);
    expect((await ask('GET', url, { 'x-goog-user-project': 'x' })).status).toBe(403);
  });

  it('is refused once its time is over, and for more than seven days', () => {
    const target = url.slice(url.indexOf('/', 'http://'.length));
    const [rawPath = '', rawQuery = ''] = target.split('?');
    const wire = { method: 'GET', rawPath, rawQuery, headers: { host: new URL(url).host } };
    const signedAt = new URL(url).searchParams.get('X-Goog-Date') ?? '';
    const start = Date.parse(signedAt.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
    const keys = {
      accounts: {},
      hmacSecrets: { [HMAC_KEY.accessId]: HMAC_KEY.secret },
    };
    const at = (ms: number) => verifyV4(wire, keys, new Date(start + ms));
    if (url.includes('HMAC')) {
      expect(at(599_999)).toMatchObject({ ok: true });
      expect(at(600_000)).toEqual({ ok: false, status: 400, code: 'ExpiredToken' });
    } else expect(at(0)).toMatchObject({ ok: false, status: 403 });
  });
});

it('refuses a lifetime over seven days although its signature is good', async () => {
  const request = { method: 'GET', endpoint: harness.fake.origin, bucket: MEDIA, key: 'x', signedAt: now() } as const;
  const url = await signV4Url({ ...request, lifetimeS: 604_801 }, hmacSigner(HMAC_KEY.accessId, HMAC_KEY.secret));
  expect((await ask('GET', url)).status).toBe(400);
});

describe('signatures that Google published', () => {
  const keys = { accounts: { [PUBLISHED_ACCOUNT]: createPublicKey(PUBLISHED_PUBLIC_KEY) }, hmacSecrets: {} };

  it.each(PUBLISHED_V4)('are good: $what', async ({ signature, ...published }) => {
    const signer = { algorithm: 'GOOG4-RSA-SHA256', accessId: PUBLISHED_ACCOUNT, sign: async () => signature } as const;
    const url = await signV4Url({ method: 'GET', endpoint: 'https://storage.googleapis.com', ...published }, signer);
    const [rawPath = '', rawQuery = ''] = url.slice('https://storage.googleapis.com'.length).split('?');
    const wire = { method: 'GET', rawPath, rawQuery, headers: { host: 'storage.googleapis.com' } };
    const verdict = (changes: Partial<typeof wire>) => verifyV4({ ...wire, ...changes }, keys, published.signedAt);
    expect(verdict({})).toMatchObject({ ok: true });
    expect(verdict({ rawPath: `${rawPath}x` })).toMatchObject({ ok: false });
    expect(verdict({ method: 'PUT' })).toMatchObject({ ok: false });
    expect(verdict({ headers: { host: 'storage.googleapis.con' } })).toMatchObject({ ok: false });
  });

  it.each(PUBLISHED_WIRES)('are good, and nothing near them: $what', ({ method, path, headers, signature }) => {
    const names = [...Object.keys(headers), 'host'].sort();
    const rawQuery = Object.entries({
      Algorithm: 'GOOG4-RSA-SHA256',
      Credential: `${PUBLISHED_ACCOUNT}/20190201/auto/storage/goog4_request`,
      Date: '20190201T090000Z',
      Expires: '10',
      SignedHeaders: names.join(';'),
      Signature: signature,
    })
      .map(([name, value]) => `X-Goog-${name}=${encodeURIComponent(value)}`)
      .join('&');
    const sent = { method, rawPath: path, rawQuery, headers: { ...headers, host: 'storage.googleapis.com' } };
    const verdict = (changes: Partial<typeof sent>) =>
      verifyV4({ ...sent, ...changes }, keys, new Date('2019-02-01T09:00:00Z'));
    expect(verdict({})).toMatchObject({ ok: true });
    expect(verdict({ method: 'DELETE' })).toMatchObject({ ok: false });
    expect(verdict({ rawPath: `${path}x` })).toMatchObject({ ok: false });
    for (const name of names) {
      expect(verdict({ headers: { ...sent.headers, [name]: 'other' } }), name).toMatchObject({ ok: false });
    }
    // A port is a part of the host that is signed.
    const host = 'storage.googleapis.com:443';
    expect(verdict({ headers: { ...sent.headers, host } })).toMatchObject({ ok: false });
  });
});
