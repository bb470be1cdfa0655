import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { StoreBench } from './store-bench.ts';
import { keysOf } from './store-bench.ts';

/** Ranges and lists. */
export function describeReads(bench: StoreBench): void {
  const { newRef, put } = bench;
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
      expect((await buffer(await bench.store.read(ref, { range }))).toString()).toBe(expected);
    });

    it.each([{ first: 10 }, { first: 10, last: 20 }, { first: 5, last: 4 }, { first: -1 }, { first: 0.5 }])(
      'refuses %j',
      async (range) => {
        const ref = newRef();
        await put(ref, content);
        await expect(bench.store.read(ref, { range })).rejects.toMatchObject({ code: 'bad_range' });
      },
    );

    it('pins a generation', async () => {
      const ref = newRef();
      const old = await put(ref, 'old');
      expect((await buffer(await bench.store.read(ref, { generation: old.generation }))).toString()).toBe('old');
      await put(ref, 'new');
      await expect(bench.store.read(ref, { generation: old.generation })).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('list', () => {
    it('gives key order, by prefix, with all but the content type', async () => {
      const names = ['a.b', 'a/b', 'a-b', 'A', 'a/b.c/d', 'b', 'a/a', 'ab/c'];
      for (const name of names) await put({ bucket: bench.otherBucket, key: `list/${name}` }, name);
      const base = 'list/';
      const sorted = names.map((item) => base + item).sort();
      expect(await keysOf(bench.store, bench.otherBucket, base)).toEqual(sorted);
      expect(await keysOf(bench.store, bench.otherBucket, '')).toEqual(sorted);
      expect(await keysOf(bench.store, bench.otherBucket, 'list/a/')).toEqual(['list/a/a', 'list/a/b', 'list/a/b.c/d']);
      expect(await keysOf(bench.store, bench.otherBucket, 'list/a')).toEqual(
        sorted.filter((key) => key > 'list/a' && key < 'list/b'),
      );
      expect(await keysOf(bench.store, bench.otherBucket, 'nothing/')).toEqual([]);
      for await (const entry of bench.store.list(bench.otherBucket, 'list/b')) {
        const stat = await bench.store.stat({ bucket: bench.otherBucket, key: entry.key });
        const { contentType: _, ...facts } = stat ?? {};
        expect(entry).toEqual({ key: 'list/b', ...facts });
      }
    });

    it('forgets what was deleted', async () => {
      const ref = { bucket: bench.bucket, key: 'gone/deep/er/x' };
      await put(ref, 'x');
      await bench.store.delete(ref);
      expect(await keysOf(bench.store, bench.bucket, 'gone')).toEqual([]);
      await put(ref, 'again');
      expect(await keysOf(bench.store, bench.bucket, 'gone')).toEqual([ref.key]);
    });

    it.each(['../', '/', 'a//', '.tmp/', 'a/../'])('refuses prefix %j', async (prefix) => {
      await expect(keysOf(bench.store, bench.bucket, prefix)).rejects.toMatchObject({ code: 'bad_key' });
    });
  });
}
