import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handleObjectRequest } from './http.ts';
import type { DiskFixture } from './store-fixture.ts';
import { diskFixture, LAKE } from './store-fixture.ts';

const START = Date.UTC(2026, 0, 1);
const CONTENT = '0123456789';

describe('signed GET of the disk store', () => {
  let fixture: DiskFixture;
  let nowMs = START;
  let keys = 0;
  beforeAll(async () => {
    fixture = await diskFixture({ now: () => nowMs });
  });
  afterAll(() => fixture.close());

  async function signed(options: { contentType?: string; body?: string } = {}) {
    nowMs = START;
    const ref = { bucket: LAKE, key: `clip-${++keys}/clip.mp4` };
    const contentType = options.contentType ?? 'video/mp4';
    const stat = await fixture.store.write(ref, Buffer.from(options.body ?? CONTENT), { contentType });
    const lifetime = { signedAt: new Date(START), expiresAt: new Date(START + 600_000) };
    return { ref, stat, url: await fixture.store.signGetUrl(ref, lifetime) };
  }
  const get = (url: string, headers: Record<string, string> = {}, method = 'GET') => fetch(url, { method, headers });

  it('answers 200 with headers that keep a stored file from acting as a page', async () => {
    const { url, stat } = await signed();
    nowMs = START + 100_500;
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(CONTENT);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: `"${stat.generation}"`,
      'last-modified': stat.updatedAt.toUTCString(),
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=499, immutable',
      'content-length': '10',
      'content-type': 'video/mp4',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'access-control-allow-origin': '*',
    });
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=-4', '6789', 'bytes 6-9/10'],
    ['bytes=-400', CONTENT, 'bytes 0-9/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
  ])('answers 206 to %s', async (range, text, contentRange) => {
    const response = await get((await signed()).url, { Range: range });
    expect([response.status, response.headers.get('content-range')]).toEqual([206, contentRange]);
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(await response.text()).toBe(text);
  });

  it('answers 416 past the end, with the size', async () => {
    const response = await get((await signed()).url, { Range: 'bytes=10-' });
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    expect(await response.json()).toMatchObject({ status: 416, code: 'bad_range' });
  });

  it('answers several ranges with the whole', async () => {
    const response = await get((await signed()).url, { Range: 'bytes=0-1,4-5' });
    expect([response.status, await response.text()]).toEqual([200, CONTENT]);
  });

  it('answers HEAD as GET without the bytes', async () => {
    const { url } = await signed();
    const whole = await get(url, {}, 'HEAD');
    expect([whole.status, whole.headers.get('content-length'), await whole.text()]).toEqual([200, '10', '']);
    const part = await get(url, { Range: 'bytes=2-4' }, 'HEAD');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 2-4/10']);
  });

  it('answers 304 to a client that has this generation', async () => {
    const { url, stat, ref } = await signed();
    const tag = `"${stat.generation}"`;
    const notModified = await get(url, { 'If-None-Match': `"other", ${tag}` });
    expect([notModified.status, notModified.headers.get('etag')]).toEqual([304, tag]);
    expect((await get(url, { 'If-Modified-Since': stat.updatedAt.toUTCString() })).status).toBe(304);
    expect((await get(url, { 'If-Modified-Since': new Date(0).toUTCString() })).status).toBe(200);
    expect((await get(url, { 'If-None-Match': '"other"' })).status).toBe(200);
    await fixture.store.write(ref, Buffer.from('new'), { contentType: 'video/mp4' });
    expect((await get(url, { 'If-None-Match': tag })).status).toBe(200);
  });

  it('honours If-Range only for the same generation', async () => {
    const { url, stat } = await signed();
    const range = { Range: 'bytes=0-1' };
    expect((await get(url, { ...range, 'If-Range': `"${stat.generation}"` })).status).toBe(206);
    expect((await get(url, { ...range, 'If-Range': stat.updatedAt.toUTCString() })).status).toBe(206);
    expect((await get(url, { ...range, 'If-Range': '"1"' })).status).toBe(200);
    expect((await get(url, { ...range, 'If-Range': `W/"${stat.generation}"` })).status).toBe(200);
  });

  it('serves an object of no bytes', async () => {
    const { url } = await signed({ body: '' });
    const response = await get(url);
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', '']);
    expect((await get(url, { Range: 'bytes=0-' })).status).toBe(416);
  });

  it('works until the very second of its expiry and says why not afterwards', async () => {
    const { url } = await signed();
    nowMs = START + 599_999;
    expect((await get(url)).status).toBe(200);
    nowMs = START + 600_000;
    const response = await get(url);
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'url_expired', instance: new URL(url).pathname });
  });

  it.each(['&x=1', '&signature=a', '&expires=1', '&generation=1', '&download=x', '&upload_id=x'])(
    'refuses a good URL with %s added',
    async (extra) => {
      const response = await get((await signed()).url + extra);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'bad_signature' });
    },
  );

  it('does not take a signature made with another secret, or no signature at all', async () => {
    const { url, ref } = await signed();
    const other = await diskFixture({ now: () => START, secret: 'another secret, as long' });
    const lifetime = { signedAt: new Date(START), expiresAt: new Date(START + 600_000) };
    const foreign = new URL(await other.store.signGetUrl(ref, lifetime));
    await other.close();
    expect((await get(fixture.origin + foreign.pathname + foreign.search)).status).toBe(403);
    expect((await get(url.split('?')[0] ?? '')).status).toBe(403);
  });

  it('answers 404 for what was deleted, 405 with Allow for other methods', async () => {
    const { url, ref } = await signed();
    await fixture.store.delete(ref);
    expect((await get(url)).status).toBe(404);
    const response = await get(url, {}, 'POST');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, DELETE, OPTIONS']);
    const preflight = await get(url, { Origin: 'https://club.example' }, 'OPTIONS');
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD']);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('never sends a content type that would break the header', async () => {
    const { url } = await signed({ contentType: 'video/mp4\r\nX: y' });
    expect((await get(url)).headers.get('content-type')).toBe('application/octet-stream');
  });

  it.each(['..%2f..%2fetc%2fpasswd', '%2e%2e/x', 'a%00b', 'a//b', '.uploads/x'])('answers 4xx to %s', async (path) => {
    const response = await get(`${fixture.origin}/api/objects/${LAKE}/${path}?expires=1&signature=x`);
    expect([403, 404]).toContain(response.status);
  });

  it('reads no faster than it is read from, and closes the file when the reader leaves', async () => {
    const ref = { bucket: LAKE, key: 'big.mp4' };
    nowMs = START;
    await fixture.store.write(ref, Buffer.alloc(8_000_000), { contentType: 'video/mp4' });
    const lifetime = { signedAt: new Date(START), expiresAt: new Date(START + 600_000) };
    const url = await fixture.store.signGetUrl(ref, lifetime);
    const opened = await fixture.store.openForServing(ref);
    if (!opened) throw new Error('The object is gone.');
    const { handle } = opened.object;
    const store = { ...fixture.store, openForServing: async () => opened };
    const read = vi.spyOn(handle, 'read');
    const response = await handleObjectRequest(store, new Request(url), ref);
    expect(read).not.toHaveBeenCalled();
    const reader = response.body?.getReader();
    await reader?.read();
    expect(read).toHaveBeenCalledTimes(1);
    await reader?.cancel();
    expect(handle.fd).toBe(-1);
  });

  it('closes the file when the request is aborted before its body is read', async () => {
    const { ref, url } = await signed();
    const opened = await fixture.store.openForServing(ref);
    if (!opened) throw new Error('The object is gone.');
    const store = { ...fixture.store, openForServing: async () => opened };
    const abort = new AbortController();
    await handleObjectRequest(store, new Request(url, { signal: abort.signal }), ref);
    abort.abort();
    await expect.poll(() => opened.object.handle.fd).toBe(-1);
  });
});
