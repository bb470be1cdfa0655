import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCrc32c, updateCrc32c } from './crc32c.ts';
import type { ObjectRef, ObjectStore } from './object-store.ts';

/** A store under test, with two empty buckets that belong to the test alone. */
export interface StoreHarness {
  store: ObjectStore;
  bucket: string;
  otherBucket: string;
  close(): Promise<void>;
}

const UNIT = 262_144;
const crcOf = (bytes: Uint8Array) => encodeCrc32c(updateCrc32c(0, bytes));
const BAD_KEYS = [
  '',
  '/a',
  'a/',
  'a//b',
  '../a',
  'a/../b',
  './a',
  'a/.',
  '.hidden',
  'a/.tmp',
  'a\\b',
  'a\0b',
  'é.mp4',
  'a%2fb',
  '\u202Egpj.mp4',
  'a b',
  'x'.repeat(1025),
];

async function keysOf(store: ObjectStore, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(bucket, prefix)) keys.push(key);
  return keys;
}

/**
 * What every object store does, whichever it is. `makeHarness` is called once; all HTTP goes to the URLs that the store
 * itself hands out.
 */
export function describeObjectStore(name: string, makeHarness: () => Promise<StoreHarness>): void {
  describe(`object store: ${name}`, () => {
    let harness: StoreHarness;
    let store: ObjectStore;
    let counter = 0;
    const newRef = (suffix = '.bin'): ObjectRef => ({ bucket: harness.bucket, key: `t/${++counter}${suffix}` });
    const put = (ref: ObjectRef, bytes: Uint8Array | string, contentType = 'application/octet-stream') =>
      store.write(ref, typeof bytes === 'string' ? Buffer.from(bytes) : bytes, { contentType });
    const lifetime = (seconds = 600) => {
      const now = Math.floor(Date.now() / 1000) * 1000;
      return { signedAt: new Date(now), expiresAt: new Date(now + seconds * 1000) };
    };

    beforeAll(async () => {
      harness = await makeHarness();
      store = harness.store;
    });
    afterAll(() => harness.close());

    describe('write and stat', () => {
      it('stores bytes, type, checksum and a generation', async () => {
        const ref = newRef();
        const bytes = randomBytes(100_000);
        const written = await put(ref, bytes, 'video/mp4');
        expect(written).toMatchObject({ sizeBytes: 100_000, crc32c: crcOf(bytes), contentType: 'video/mp4' });
        expect(await store.stat(ref)).toEqual(written);
        expect(await buffer(await store.read(ref))).toEqual(bytes);
      });

      it('writes a stream', async () => {
        const ref = newRef();
        const parts = [randomBytes(70_000), randomBytes(1), randomBytes(300_000)];
        const written = await store.write(ref, Readable.from(parts), { contentType: 'video/mp2t' });
        expect(written.crc32c).toBe(crcOf(Buffer.concat(parts)));
        expect(await buffer(await store.read(ref))).toEqual(Buffer.concat(parts));
      });

      it('knows the published vector of CRC-32C', async () => {
        expect((await put(newRef(), '123456789')).crc32c).toBe('4waSgw==');
      });

      it('stores an object of no bytes', async () => {
        const ref = newRef();
        expect(await put(ref, '')).toMatchObject({ sizeBytes: 0, crc32c: 'AAAAAA==' });
        expect(await buffer(await store.read(ref))).toHaveLength(0);
        await expect(store.read(ref, { range: { first: 0 } })).rejects.toMatchObject({ code: 'bad_range' });
      });

      it('replaces, with another generation each time', async () => {
        const ref = newRef();
        const generations = new Set<string>();
        for (let i = 0; i < 5; i++) generations.add((await put(ref, `version ${i}`)).generation);
        expect(generations.size).toBe(5);
        expect((await buffer(await store.read(ref))).toString()).toBe('version 4');
      });

      it('answers null for what is not there', async () => {
        expect(await store.stat(newRef())).toBeNull();
        await expect(store.read(newRef())).rejects.toMatchObject({ code: 'not_found' });
      });

      it('leaves nothing of a stream that fails', async () => {
        const ref = newRef();
        const failing = Readable.from(
          (async function* () {
            yield randomBytes(1000);
            throw new Error('the source broke');
          })(),
        );
        await expect(store.write(ref, failing, { contentType: 'video/mp4' })).rejects.toThrow('the source broke');
        expect(await store.stat(ref)).toBeNull();
      });

      it('leaves nothing of a write that is aborted, and the old object stays', async () => {
        const ref = newRef();
        const before = await put(ref, 'old');
        const abort = new AbortController();
        const endless = Readable.from(
          (async function* () {
            yield randomBytes(1000);
            abort.abort();
            yield randomBytes(1000);
            await new Promise(() => {});
          })(),
        );
        const write = store.write(ref, endless, { contentType: 'video/mp4', signal: abort.signal });
        await expect(write).rejects.toMatchObject({ name: 'AbortError' });
        expect(await store.stat(ref)).toEqual(before);
      });

      it.each(BAD_KEYS.map((key) => [JSON.stringify(key).slice(0, 40), key]))('refuses key %s', async (_, key) => {
        const ref = { bucket: harness.bucket, key };
        await expect(put(ref, 'x')).rejects.toMatchObject({ code: 'bad_key' });
        await expect(store.stat(ref)).rejects.toMatchObject({ code: 'bad_key' });
        await expect(store.signGetUrl(ref, lifetime())).rejects.toMatchObject({ code: 'bad_key' });
      });

      it('refuses every operation on another bucket', async () => {
        const ref = { bucket: 'somebody-elses', key: 'a.mp4' };
        const foreign = { code: 'foreign_bucket' };
        await expect(put(ref, 'x')).rejects.toMatchObject(foreign);
        await expect(store.stat(ref)).rejects.toMatchObject(foreign);
        await expect(store.read(ref)).rejects.toMatchObject(foreign);
        await expect(store.delete(ref)).rejects.toMatchObject(foreign);
        await expect(store.signGetUrl(ref, lifetime())).rejects.toMatchObject(foreign);
        await expect(store.startUpload(ref, { contentType: 'video/mp4', sizeBytes: 1 })).rejects.toMatchObject(foreign);
        await expect(keysOf(store, 'somebody-elses', '')).rejects.toMatchObject(foreign);
      });
    });

    describe('preconditions', () => {
      it('must not exist: the second write is refused and changes nothing', async () => {
        const ref = newRef();
        const options = { contentType: 'video/mp4', ifGenerationMatch: '0' };
        const first = await store.write(ref, Buffer.from('first'), options);
        const second = store.write(ref, Buffer.from('second'), options);
        await expect(second).rejects.toMatchObject({ code: 'precondition_failed' });
        expect(await store.stat(ref)).toEqual(first);
      });

      it('must not exist: of many at once exactly one wins', async () => {
        const ref = newRef();
        const bodies = Array.from({ length: 8 }, () => randomBytes(50_000));
        const options = { contentType: 'video/mp4', ifGenerationMatch: '0' };
        const results = await Promise.allSettled(bodies.map((body) => store.write(ref, body, options)));
        const winners = results.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
        expect(winners).toHaveLength(1);
        expect(await buffer(await store.read(ref))).toEqual(bodies[winners[0] ?? -1]);
      });

      it('compare and swap: of many at once exactly one wins', async () => {
        const ref = newRef();
        const { generation } = await put(ref, 'start');
        const results = await Promise.allSettled(
          Array.from({ length: 8 }, (_, i) =>
            store.write(ref, Buffer.from(`swap ${i}`), { contentType: 'text/plain', ifGenerationMatch: generation }),
          ),
        );
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      });

      it('compare and swap: a key that is gone or newer is refused', async () => {
        const ref = newRef();
        const options = { contentType: 'text/plain', ifGenerationMatch: '12345' };
        await expect(store.write(ref, Buffer.from('x'), options)).rejects.toMatchObject({
          code: 'precondition_failed',
        });
        await put(ref, 'x');
        await expect(store.write(ref, Buffer.from('y'), options)).rejects.toMatchObject({
          code: 'precondition_failed',
        });
      });

      it('deletes only the generation that is meant', async () => {
        const ref = newRef();
        const old = await put(ref, 'old');
        const present = await put(ref, 'new');
        const stale = store.delete(ref, { ifGenerationMatch: old.generation });
        await expect(stale).rejects.toMatchObject({ code: 'precondition_failed' });
        expect(await store.delete(ref, { ifGenerationMatch: present.generation })).toBe(true);
        expect(await store.delete(ref)).toBe(false);
        expect(await store.stat(ref)).toBeNull();
      });
    });

    describe('ranges', () => {
      const content = Buffer.from('0123456789');
      it.each([
        [{ first: 0, last: 0 }, '0'],
        [{ first: 0, last: 9 }, '0123456789'],
        [{ first: 9 }, '9'],
        [{ first: 9, last: 9 }, '9'],
        [{ first: 3, last: 5 }, '345'],
        [{ first: 5, last: 5000 }, '56789'],
      ])('reads %j', async (range, expected) => {
        const ref = newRef();
        await put(ref, content);
        expect((await buffer(await store.read(ref, { range }))).toString()).toBe(expected);
      });

      it.each([{ first: 10 }, { first: 10, last: 20 }, { first: 5, last: 4 }, { first: -1 }, { first: 0.5 }])(
        'refuses %j',
        async (range) => {
          const ref = newRef();
          await put(ref, content);
          await expect(store.read(ref, { range })).rejects.toMatchObject({ code: 'bad_range' });
        },
      );

      it('pins a generation', async () => {
        const ref = newRef();
        const old = await put(ref, 'old');
        expect((await buffer(await store.read(ref, { generation: old.generation }))).toString()).toBe('old');
        await put(ref, 'new');
        await expect(store.read(ref, { generation: old.generation })).rejects.toMatchObject({ code: 'not_found' });
      });
    });

    describe('list', () => {
      it('gives key order, by prefix, with size and generation', async () => {
        const names = ['a.b', 'a/b', 'a-b', 'A', 'a/b.c/d', 'b', 'a/a', 'ab/c'];
        for (const name of names) await put({ bucket: harness.otherBucket, key: `list/${name}` }, name);
        const base = 'list/';
        const sorted = names.map((item) => base + item).sort();
        expect(await keysOf(store, harness.otherBucket, base)).toEqual(sorted);
        expect(await keysOf(store, harness.otherBucket, '')).toEqual(sorted);
        expect(await keysOf(store, harness.otherBucket, 'list/a/')).toEqual(['list/a/a', 'list/a/b', 'list/a/b.c/d']);
        expect(await keysOf(store, harness.otherBucket, 'list/a')).toEqual(
          sorted.filter((key) => key > 'list/a' && key < 'list/b'),
        );
        expect(await keysOf(store, harness.otherBucket, 'nothing/')).toEqual([]);
        for await (const entry of store.list(harness.otherBucket, 'list/b')) {
          const stat = await store.stat({ bucket: harness.otherBucket, key: entry.key });
          expect(entry).toEqual({ key: 'list/b', sizeBytes: 1, generation: stat?.generation });
        }
      });

      it('forgets what was deleted', async () => {
        const ref = { bucket: harness.bucket, key: 'gone/deep/er/x' };
        await put(ref, 'x');
        await store.delete(ref);
        expect(await keysOf(store, harness.bucket, 'gone')).toEqual([]);
        await put(ref, 'again');
        expect(await keysOf(store, harness.bucket, 'gone')).toEqual([ref.key]);
      });

      it.each(['../', '/', 'a//', '.tmp/', 'a/../'])('refuses prefix %j', async (prefix) => {
        await expect(keysOf(store, harness.bucket, prefix)).rejects.toMatchObject({ code: 'bad_key' });
      });
    });

    describe('signed GET', () => {
      it('serves the bytes, whole and by range', async () => {
        const ref = newRef('.mp4');
        await put(ref, '0123456789', 'video/mp4');
        const url = await store.signGetUrl(ref, lifetime());
        const whole = await fetch(url);
        expect(whole.status).toBe(200);
        expect(whole.headers.get('content-type')).toBe('video/mp4');
        expect(await whole.text()).toBe('0123456789');
        const part = await fetch(url, { headers: { Range: 'bytes=2-4' } });
        expect(part.status).toBe(206);
        expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
        expect(await part.text()).toBe('234');
      });

      it('is the same text for the same inputs', async () => {
        const ref = newRef();
        const { generation } = await put(ref, 'x');
        const options = { ...lifetime(), generation, downloadName: 'é "x".mp4' };
        expect(await store.signGetUrl(ref, options)).toBe(await store.signGetUrl(ref, { ...options }));
      });

      it('refuses a URL in which any character of path or query was changed', async () => {
        const ref = newRef();
        const { generation } = await put(ref, 'secret');
        const url = await store.signGetUrl(ref, { ...lifetime(), generation, downloadName: 'name.mp4' });
        expect((await fetch(url)).status).toBe(200);
        const parts = new URL(url);
        const from = url.indexOf(parts.pathname, parts.origin.length) + 1;
        for (let i = from; i < url.length; i++) {
          const other = url[i] === 'a' ? 'b' : url[i] === '1' ? '2' : /\d/.test(url[i] ?? '') ? '1' : 'a';
          const response = await fetch(url.slice(0, i) + other + url.slice(i + 1), { redirect: 'manual' });
          const text = await response.text();
          expect(response.status, `${url[i]} at ${i}`).toBeGreaterThanOrEqual(400);
          expect(response.status).toBeLessThan(500);
          expect(text).not.toContain('secret');
        }
      });

      it('refuses an expired URL, and one signed for another key', async () => {
        const ref = newRef();
        await put(ref, 'x');
        const past = Math.floor(Date.now() / 1000) * 1000 - 60_000;
        const url = await store.signGetUrl(ref, { signedAt: new Date(past - 60_000), expiresAt: new Date(past) });
        expect([400, 403]).toContain((await fetch(url)).status);
        const other = newRef();
        await put(other, 'y');
        const good = await store.signGetUrl(ref, lifetime());
        expect((await fetch(good.replace(ref.key, other.key))).status).toBe(403);
      });

      it('refuses a lifetime of nothing and one beyond seven days', async () => {
        await expect(store.signGetUrl(newRef(), lifetime(0))).rejects.toBeInstanceOf(RangeError);
        await expect(store.signGetUrl(newRef(), lifetime(604_801))).rejects.toBeInstanceOf(RangeError);
      });

      it('serves the pinned generation or nothing', async () => {
        const ref = newRef();
        const { generation } = await put(ref, 'old');
        const url = await store.signGetUrl(ref, { ...lifetime(), generation });
        expect(await (await fetch(url)).text()).toBe('old');
        await put(ref, 'new');
        expect((await fetch(url)).status).toBe(404);
      });

      it.each([
        ['clip "one".mp4', 'attachment; filename="clip \\"one\\".mp4"'],
        ['é.mp4', 'attachment; filename="?.mp4"; filename*=UTF-8\'\'%C3%A9.mp4'],
        ['a\r\nSet-Cookie: x=1.mp4', 'attachment; filename="a__Set-Cookie: x=1.mp4"'],
        ['../../etc/passwd', 'attachment; filename=.._.._etc_passwd'],
        ['', 'attachment; filename=download'],
      ])('sends the download name %j safely', async (downloadName, expected) => {
        const ref = newRef();
        await put(ref, 'x');
        const response = await fetch(await store.signGetUrl(ref, { ...lifetime(), downloadName }));
        expect(response.headers.get('content-disposition')).toBe(expected);
        expect(response.headers.get('set-cookie')).toBeNull();
      });
    });

    describe('resumable upload', () => {
      const send = (url: string, range: string, body: Uint8Array<ArrayBuffer> | null = null) =>
        fetch(url, { method: 'PUT', headers: { 'Content-Range': range }, body });
      const start = async (ref: ObjectRef, sizeBytes: number) =>
        (await store.startUpload(ref, { contentType: 'video/mp4', sizeBytes })).url;

      it('takes chunks, says where it stands, and shows the object only at the end', async () => {
        const ref = newRef('.mp4');
        const bytes = Buffer.from(randomBytes(2 * UNIT + 1000));
        const url = await start(ref, bytes.length);
        const asked = await send(url, `bytes */${bytes.length}`);
        expect([asked.status, asked.headers.get('range')]).toEqual([308, null]);
        const first = await send(url, `bytes 0-${2 * UNIT - 1}/${bytes.length}`, bytes.subarray(0, 2 * UNIT));
        expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${2 * UNIT - 1}`]);
        expect(await store.stat(ref)).toBeNull();
        const range = `bytes ${2 * UNIT}-${bytes.length - 1}/${bytes.length}`;
        const last = await send(url, range, bytes.subarray(2 * UNIT));
        expect(last.status).toBe(200);
        const resource = await last.json();
        expect(resource).toMatchObject({ name: ref.key, size: String(bytes.length), crc32c: crcOf(bytes) });
        const stat = await store.stat(ref);
        expect(stat).toMatchObject({ sizeBytes: bytes.length, crc32c: crcOf(bytes), contentType: 'video/mp4' });
        expect(resource.generation).toBe(stat?.generation);
        expect(await buffer(await store.read(ref))).toEqual(bytes);
        const again = await send(url, `bytes */${bytes.length}`);
        expect(again.status).toBe(200);
        expect((await again.json()).generation).toBe(stat?.generation);
      });

      it('takes the whole file in one PUT', async () => {
        const ref = newRef();
        const bytes = Buffer.from(randomBytes(300_001));
        const response = await fetch(await start(ref, bytes.length), { method: 'PUT', body: bytes });
        expect(response.status).toBe(200);
        expect((await store.stat(ref))?.crc32c).toBe(crcOf(bytes));
      });

      it('refuses a session for a key that exists', async () => {
        const ref = newRef();
        await put(ref, 'here');
        const request = { contentType: 'video/mp4', sizeBytes: 1 };
        await expect(store.startUpload(ref, request)).rejects.toMatchObject({ code: 'already_exists' });
      });

      it('loses against an object that came meanwhile', async () => {
        const ref = newRef();
        const url = await start(ref, 5);
        const other = await put(ref, 'other');
        expect((await send(url, 'bytes 0-4/5', Buffer.from('later'))).status).toBe(412);
        expect(await store.stat(ref)).toEqual(other);
      });

      it('refuses a chunk that is no multiple of 256 KiB, and another total', async () => {
        const url = await start(newRef(), UNIT * 2);
        expect((await send(url, `bytes 0-999/${UNIT * 2}`, Buffer.alloc(1000))).status).toBe(400);
        expect((await send(url, 'bytes 0-999/1000', Buffer.alloc(1000))).status).toBe(400);
      });

      it('forgets a cancelled session, also twice', async () => {
        const ref = newRef();
        const url = await start(ref, 5);
        await store.cancelUpload(url);
        await store.cancelUpload(url);
        expect([404, 410, 499]).toContain((await send(url, 'bytes 0-4/5', Buffer.from('later'))).status);
        expect(await store.stat(ref)).toBeNull();
      });

      it('never takes an upload URL for a signed GET', async () => {
        const ref = newRef();
        const url = await start(ref, 5);
        await put(ref, 'hello');
        const response = await fetch(url);
        expect(response.status).toBeGreaterThanOrEqual(400);
      });
    });

    it('passes its own check', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });
  });
}
