import { statfs } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskStore } from './store.ts';
import { type DiskFixture, diskFixture, LAKE } from './store-fixture.ts';

const DAY_MS = 24 * 3_600_000;
const refOf = (name: string | number) => ({ bucket: LAKE, key: `media/raw/MTL/2025-2026/20031/${name}.mp4` });

describe('the room that uploads were promised', () => {
  let fixture: DiskFixture;
  let nowMs = Date.now();
  beforeEach(async () => {
    nowMs = Date.now();
    fixture = await diskFixture({ now: () => nowMs });
  });
  afterEach(() => fixture.close());

  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(fixture.root);
    return bavail * bsize;
  };
  const announce = (name: string | number, sizeBytes: number, store = fixture.store) =>
    store.startUpload(refOf(name), { contentType: 'video/mp4', sizeBytes });
  /** More than a third of the disk, so that two go together and three do not, whatever else is written meanwhile. */
  const large = async () => Math.floor((await freeBytes()) * 0.4);

  it('is not promised twice', async () => {
    const size = await large();
    await announce(1, size);
    await announce(2, size);
    await expect(announce(3, size)).rejects.toMatchObject({ code: 'space_announced', retryable: false });
    await announce(4, 1000);
  });

  it('is not promised twice to sixty at once, of several processes', async () => {
    const size = Math.floor((await freeBytes()) * 0.9);
    const stores = [fixture.store, createDiskStore(fixture.options), createDiskStore(fixture.options)];
    const ends = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => announce(n, size, stores[n % 3])));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'space_announced' });
  });

  it('is free again when an upload is stored, cancelled or past its time', async () => {
    const size = await large();
    const [first, second] = [await announce(1, size), await announce(2, size)];
    const refused = () => expect(announce(3, size)).rejects.toMatchObject({ code: 'space_announced' });
    await refused();
    await fixture.store.cancelUpload(first.url);
    const { url } = await announce(3, size);
    await expect(announce(4, size)).rejects.toMatchObject({ code: 'space_announced' });
    nowMs = second.expiresAt.getTime() - 1;
    await expect(announce(4, size)).rejects.toMatchObject({ code: 'space_announced' });
    nowMs += 8 * DAY_MS;
    await announce(4, size);
    await announce(5, size);
    await fixture.store.cancelUpload(url);
  });

  it('counts what is missing of an upload, not what lies on the disk already', async () => {
    const bytes = Buffer.alloc(1000);
    const { url } = await announce(1, bytes.length);
    const headers = { 'Content-Range': `bytes 0-${bytes.length - 1}/${bytes.length}` };
    expect((await fetch(url, { method: 'PUT', headers, body: bytes })).status).toBe(200);
    const size = await large();
    await announce(2, size);
    await announce(3, size);
  });

  it('leaves a reserve', async () => {
    const free = await freeBytes();
    const careful = createDiskStore({ ...fixture.options, reserveBytes: Math.floor(free * 0.7) });
    await expect(announce(1, Math.floor(free * 0.5), careful)).rejects.toMatchObject({ code: 'too_large' });
    await announce(2, Math.floor(free * 0.2), careful);
    await expect(announce(3, Math.floor(free * 0.2), careful)).rejects.toMatchObject({ code: 'space_announced' });
    await announce(4, Math.floor(free * 0.5));
  });
});
