import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type DiskFixture, diskFixture, LAKE, MEDIA } from '#lib/storage/disk/store-fixture.ts';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { removeObjects } from './remove-objects.ts';

const CLIP: ObjectRef = { bucket: MEDIA, key: 'MTL/2025-2026/20031/c/clip.mp4' };
const THUMB: ObjectRef = { bucket: MEDIA, key: 'MTL/2025-2026/20031/c/thumb.jpg' };
const MASTER: ObjectRef = { bucket: LAKE, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
const uriOf = ({ bucket, key }: ObjectRef) => `gs://${bucket}/${key}`;

let disk: DiskFixture;
let generation: Record<'clip' | 'thumb' | 'master', string>;
beforeAll(async () => {
  disk = await diskFixture();
});
afterAll(() => disk.close());

const put = async (ref: ObjectRef) =>
  (await disk.store.write(ref, Buffer.from('x'), { contentType: 'video/mp4' })).generation;
const remove = (...objects: [ref: ObjectRef | string, generation: string | null][]) => {
  const named = objects.map(([ref, of]) => ({ gcsUri: typeof ref === 'string' ? ref : uriOf(ref), generation: of }));
  return removeObjects({ store: disk.store, buckets: { lake: LAKE, media: MEDIA } }, named);
};
const isThere = async (ref: ObjectRef) => (await disk.store.stat(ref)) !== null;

beforeEach(async () => {
  generation = { clip: await put(CLIP), thumb: await put(THUMB), master: await put(MASTER) };
});

it('removes the registered generations, and again is no error', async () => {
  const both: [ObjectRef, string][] = [
    [CLIP, generation.clip],
    [THUMB, generation.thumb],
  ];
  await remove(...both);
  expect([await isThere(CLIP), await isThere(THUMB)]).toEqual([false, false]);
  await remove(...both);
});

it('never removes a newer object of the same name', async () => {
  await put(CLIP);
  await remove([CLIP, generation.clip], [THUMB, generation.thumb]);
  expect([await isThere(CLIP), await isThere(THUMB)]).toEqual([true, false]);
});

it('removes what stands there for a row of HeartBeat’s, which knows no generation', async () => {
  await remove([CLIP, null], [{ bucket: MEDIA, key: 'MTL/gone.mp4' }, null]);
  expect(await isThere(CLIP)).toBe(false);
});

it('never touches the lake, nor anything beyond the two buckets, and goes on with the rest', async () => {
  await remove(
    [MASTER, generation.master],
    [MASTER, null],
    ['gs://elsewhere/clip.mp4', null],
    [`gs://${MEDIA}/../${LAKE}/${MASTER.key}`, null],
    ['/data/clips/clip.mp4', null],
    [CLIP, generation.clip],
  );
  expect([await isThere(MASTER), await isThere(CLIP)]).toEqual([true, false]);
});
