import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { crcOf } from '#lib/storage/port/store-bench.ts';
import { nodeTransport } from '#lib/storage/upload/node-transport.ts';
import { uploadResumable } from '#lib/storage/upload/resumable-client.ts';
import type { Fault } from './fake/faults.ts';
import { type GcsHarness, LAKE, PORTAL, startGcsHarness } from './fake/harness.ts';

const UNIT = 262_144;
const CHUNK = /^PUT \/upload/;

let harness: GcsHarness;
let ref: ObjectRef;
let counter = 0;
beforeAll(async () => {
  harness = await startGcsHarness();
});
afterAll(() => harness.close());
beforeEach(() => {
  harness.fake.faults.clear();
  harness.fake.requestLines.length = 0;
  ref = { bucket: LAKE, key: `media/raw/MTL/2025-2026/20031/${++counter}.mp4` };
});

const objectOf = ({ key }: ObjectRef) => harness.fake.state.buckets.get(LAKE)?.objects.get(key);
const start = (sizeBytes: number, origin?: string) =>
  harness.store.startUpload(ref, { contentType: 'video/mp4', sizeBytes, ...(origin ? { origin } : {}) });

describe('a session', () => {
  it('is started with origin, size and the precondition that nothing lies there', async () => {
    const { url, expiresAt } = await start(1000, PORTAL);
    const session = harness.fake.state.sessions.get(new URL(url).searchParams.get('upload_id') ?? '');
    expect(session).toMatchObject({
      ...{ key: ref.key, origin: PORTAL, totalBytes: 1000, ifGenerationMatch: '0' },
      metadata: { contentType: 'video/mp4' },
    });
    const days = (expiresAt.getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
  });

  it('takes a file of no bytes', async () => {
    const { url } = await start(0);
    await uploadResumable({ url, file: new Blob([]), transport: nodeTransport });
    expect(objectOf(ref)?.bytes).toHaveLength(0);
  });

  it.each([
    'https://elsewhere.example/upload/storage/v1/b/test-lake/o?upload_id=x',
    'https://storage.googleapis.com/upload/storage/v1/b/test-lake/o?upload_id=x',
    'no URL',
  ])('is cancelled at its own store only, not at %s', async (url) => {
    await expect(harness.store.cancelUpload(url)).rejects.toMatchObject({ code: 'bad_key' });
  });

  it.each(['/upload/storage/v1/b/another-bucket/o?upload_id=x', '/upload/storage/v1/b/test-lake/o', '/test-lake/x'])(
    'is nothing at %s',
    async (path) => {
      await expect(harness.store.cancelUpload(harness.fake.origin + path)).rejects.toMatchObject({ code: 'bad_key' });
      expect(harness.fake.requestLines).toEqual([]);
    },
  );
});

describe('the uploader on a session of Google', () => {
  const bytes = Buffer.from(randomBytes(5 * UNIT + 77));
  const upload = async (url: string) =>
    uploadResumable({
      ...{ url, file: new Blob([bytes]), chunkBytes: 2 * UNIT, transport: nodeTransport },
      retry: { baseMs: 1, maxMs: 2 },
    });

  it.each<[string, Fault, number]>([
    ['503, three times', { kind: 'status', status: 503 }, 3],
    ['429', { kind: 'status', status: 429 }, 1],
    ['a reset before the first byte', { kind: 'reset', afterBytes: 0 }, 2],
    ['a reset in a chunk', { kind: 'reset', afterBytes: UNIT + 5 }, 2],
    ['fewer bytes stored than sent', { kind: 'commit-at-most', bytes: UNIT }, 3],
    ['no byte stored of a chunk', { kind: 'commit-at-most', bytes: 0 }, 2],
    ['answers that got lost', { kind: 'lose-answer' }, 2],
  ])('goes on after %s', async (_what, fault, times) => {
    const { url } = await start(bytes.length);
    harness.fake.faults.add({ on: CHUNK, fault, times });
    const stored = await upload(url);
    expect(stored).toEqual({ generation: objectOf(ref)?.generation, crc32c: crcOf(bytes) });
    expect(objectOf(ref)?.bytes.equals(bytes)).toBe(true);
  });

  it('goes on when the answer to the very last chunk got lost', async () => {
    const { url } = await start(bytes.length);
    let seen = 0;
    harness.fake.faults.add({ on: { test: () => ++seen === 4 }, fault: { kind: 'lose-answer' } });
    expect((await upload(url)).crc32c).toBe(crcOf(bytes));
    expect(harness.fake.requestLines.filter((line) => CHUNK.test(line)).length).toBeGreaterThanOrEqual(5);
  });

  it.each([404, 410] as const)('says that a session is gone with %i', async (status) => {
    const { url } = await start(bytes.length);
    harness.fake.faults.add({ on: CHUNK, fault: { kind: 'session-gone', status } });
    await expect(upload(url)).rejects.toMatchObject({ code: 'session_gone', status });
    expect(objectOf(ref)).toBeUndefined();
  });

  it('says that a session was cancelled', async () => {
    const { url } = await start(bytes.length);
    await harness.store.cancelUpload(url);
    await expect(upload(url)).rejects.toMatchObject({ code: 'session_gone', status: 499 });
  });

  it('loses against an object that came meanwhile', async () => {
    const { url } = await start(bytes.length);
    await harness.store.write(ref, Buffer.from('first'), { contentType: 'video/mp4', ifGenerationMatch: '0' });
    await expect(upload(url)).rejects.toMatchObject({ code: 'precondition_failed' });
    expect(objectOf(ref)?.bytes.toString()).toBe('first');
  });
});

describe('pages of other origins', () => {
  const preflight = (url: string, origin: string, method: string, headers = 'content-range') =>
    fetch(url, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': headers },
    });
  const allowed = (response: Response) => response.headers.get('access-control-allow-origin');

  it('may upload when the session was started for them', async () => {
    const { url } = await start(5, PORTAL);
    expect(allowed(await preflight(url, PORTAL, 'PUT'))).toBe(PORTAL);
    const headers = { Origin: PORTAL, 'Content-Range': 'bytes */5' };
    const asked = await fetch(url, { method: 'PUT', headers, body: '' });
    expect([asked.status, allowed(asked)]).toEqual([308, PORTAL]);
    expect(asked.headers.get('access-control-expose-headers')).toContain('Range');
  });

  it('may not upload to a session that was started without or for another origin', async () => {
    for (const origin of [undefined, 'http://evil.test']) {
      const { url } = await start(5, origin);
      expect(allowed(await preflight(url, PORTAL, 'PUT'))).toBeNull();
      const headers = { Origin: PORTAL, 'Content-Range': 'bytes */5' };
      expect(allowed(await fetch(url, { method: 'PUT', headers, body: '' }))).toBeNull();
    }
  });

  it('may not upload when the bucket’s rules say nothing of them, of the verb or of a header', async () => {
    const { url } = await start(5, 'http://evil.test');
    expect(allowed(await preflight(url, 'http://evil.test', 'PUT'))).toBeNull();
    const own = await start(5, PORTAL);
    expect(allowed(await preflight(own.url, PORTAL, 'PATCH'))).toBeNull();
    expect(allowed(await preflight(own.url, PORTAL, 'PUT', 'x-secret'))).toBeNull();
  });

  it('may read signed URLs by range when the bucket’s rules name them', async () => {
    await harness.store.write(ref, Buffer.from('hello'), { contentType: 'video/mp4' });
    const signedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
    const lifetime = { signedAt, expiresAt: new Date(signedAt.getTime() + 60_000) };
    const url = await harness.store.signGetUrl(ref, lifetime);
    const part = await fetch(url, { headers: { Origin: PORTAL, Range: 'bytes=0-1' } });
    expect([part.status, allowed(part), await part.text()]).toEqual([206, PORTAL, 'he']);
    expect(allowed(await fetch(url, { headers: { Origin: 'http://evil.test' } }))).toBeNull();
    expect(allowed(await preflight(url, PORTAL, 'GET', 'range'))).toBe(PORTAL);
    expect(allowed(await preflight(url, 'http://evil.test', 'GET', 'range'))).toBeNull();
  });
});
