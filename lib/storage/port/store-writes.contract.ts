import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { StoreBench } from './store-bench.ts';
import { crcOf, keysOf } from './store-bench.ts';

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

/** Whole objects: bytes, generations, preconditions, refused keys and buckets. */
export function describeWrites(bench: StoreBench): void {
  const { newRef, put, lifetime } = bench;
  describe('write and stat', () => {
    it('stores bytes, type, checksum and a generation', async () => {
      const ref = newRef();
      const bytes = randomBytes(100_000);
      const written = await put(ref, bytes, 'video/mp4');
      expect(written).toMatchObject({ sizeBytes: 100_000, crc32c: crcOf(bytes), contentType: 'video/mp4' });
      expect(await bench.store.stat(ref)).toEqual(written);
      expect(await buffer(await bench.store.read(ref))).toEqual(bytes);
    });

    it('writes a stream', async () => {
      const ref = newRef();
      const parts = [randomBytes(70_000), randomBytes(1), randomBytes(300_000)];
      const written = await bench.store.write(ref, Readable.from(parts), { contentType: 'video/mp2t' });
      expect(written.crc32c).toBe(crcOf(Buffer.concat(parts)));
      expect(await buffer(await bench.store.read(ref))).toEqual(Buffer.concat(parts));
    });

    it('knows the published vector of CRC-32C', async () => {
      expect((await put(newRef(), '123456789')).crc32c).toBe('4waSgw==');
    });

    it('stores an object of no bytes', async () => {
      const ref = newRef();
      expect(await put(ref, '')).toMatchObject({ sizeBytes: 0, crc32c: 'AAAAAA==' });
      expect(await buffer(await bench.store.read(ref))).toHaveLength(0);
      await expect(bench.store.read(ref, { range: { first: 0 } })).rejects.toMatchObject({ code: 'bad_range' });
    });

    it('replaces, with another generation each time', async () => {
      const ref = newRef();
      const generations = new Set<string>();
      for (let i = 0; i < 5; i++) generations.add((await put(ref, `version ${i}`)).generation);
      expect(generations.size).toBe(5);
      expect((await buffer(await bench.store.read(ref))).toString()).toBe('version 4');
    });

    it('answers null for what is not there', async () => {
      expect(await bench.store.stat(newRef())).toBeNull();
      await expect(bench.store.read(newRef())).rejects.toMatchObject({ code: 'not_found' });
    });

    it('leaves nothing of a stream that fails', async () => {
      const ref = newRef();
      const failing = Readable.from(
        (async function* () {
          yield randomBytes(1000);
          throw new Error('the source broke');
        })(),
      );
      await expect(bench.store.write(ref, failing, { contentType: 'video/mp4' })).rejects.toThrow('the source broke');
      expect(await bench.store.stat(ref)).toBeNull();
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
      const write = bench.store.write(ref, endless, { contentType: 'video/mp4', signal: abort.signal });
      await expect(write).rejects.toMatchObject({ name: 'AbortError' });
      expect(await bench.store.stat(ref)).toEqual(before);
    });

    it.each(BAD_KEYS.map((key) => [JSON.stringify(key).slice(0, 40), key]))('refuses key %s', async (_, key) => {
      const ref = { bucket: bench.bucket, key };
      await expect(put(ref, 'x')).rejects.toMatchObject({ code: 'bad_key' });
      await expect(bench.store.stat(ref)).rejects.toMatchObject({ code: 'bad_key' });
      await expect(bench.store.signGetUrl(ref, lifetime())).rejects.toMatchObject({ code: 'bad_key' });
    });

    it('refuses every operation on another bucket', async () => {
      const ref = { bucket: 'somebody-elses', key: 'a.mp4' };
      const foreign = { code: 'foreign_bucket' };
      await expect(put(ref, 'x')).rejects.toMatchObject(foreign);
      await expect(bench.store.stat(ref)).rejects.toMatchObject(foreign);
      await expect(bench.store.read(ref)).rejects.toMatchObject(foreign);
      await expect(bench.store.delete(ref)).rejects.toMatchObject(foreign);
      await expect(bench.store.signGetUrl(ref, lifetime())).rejects.toMatchObject(foreign);
      await expect(bench.store.startUpload(ref, { contentType: 'video/mp4', sizeBytes: 1 })).rejects.toMatchObject(
        foreign,
      );
      await expect(keysOf(bench.store, 'somebody-elses', '')).rejects.toMatchObject(foreign);
    });
  });

  describe('preconditions', () => {
    it('must not exist: the second write is refused and changes nothing', async () => {
      const ref = newRef();
      const options = { contentType: 'video/mp4', ifGenerationMatch: '0' };
      const first = await bench.store.write(ref, Buffer.from('first'), options);
      const second = bench.store.write(ref, Buffer.from('second'), options);
      await expect(second).rejects.toMatchObject({ code: 'precondition_failed' });
      expect(await bench.store.stat(ref)).toEqual(first);
    });

    it('must not exist: of many at once exactly one wins', async () => {
      const ref = newRef();
      const bodies = Array.from({ length: 8 }, () => randomBytes(50_000));
      const options = { contentType: 'video/mp4', ifGenerationMatch: '0' };
      const results = await Promise.allSettled(bodies.map((body) => bench.store.write(ref, body, options)));
      const winners = results.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
      expect(winners).toHaveLength(1);
      expect(await buffer(await bench.store.read(ref))).toEqual(bodies[winners[0] ?? -1]);
    });

    it('compare and swap: of many at once exactly one wins', async () => {
      const ref = newRef();
      const { generation } = await put(ref, 'start');
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) =>
          bench.store.write(ref, Buffer.from(`swap ${i}`), {
            contentType: 'text/plain',
            ifGenerationMatch: generation,
          }),
        ),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    });

    it('compare and swap: a key that is gone or newer is refused', async () => {
      const ref = newRef();
      const options = { contentType: 'text/plain', ifGenerationMatch: '12345' };
      await expect(bench.store.write(ref, Buffer.from('x'), options)).rejects.toMatchObject({
        code: 'precondition_failed',
      });
      await put(ref, 'x');
      await expect(bench.store.write(ref, Buffer.from('y'), options)).rejects.toMatchObject({
        code: 'precondition_failed',
      });
    });

    it('deletes only the generation that is meant', async () => {
      const ref = newRef();
      const old = await put(ref, 'old');
      const present = await put(ref, 'new');
      const stale = bench.store.delete(ref, { ifGenerationMatch: old.generation });
      await expect(stale).rejects.toMatchObject({ code: 'precondition_failed' });
      expect(await bench.store.delete(ref, { ifGenerationMatch: present.generation })).toBe(true);
      expect(await bench.store.delete(ref)).toBe(false);
      expect(await bench.store.stat(ref)).toBeNull();
    });
  });
}
