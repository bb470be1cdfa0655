import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectRefOfUrl } from '#lib/http/node-http-bridge.ts';
import type { ObjectRef, ObjectStat } from '#lib/storage/port/object-store.ts';
import { handleObjectRequest } from './http.ts';
import { createDiskStore, type DiskStore } from './store.ts';
import { type DiskFixture, diskFixture, LAKE, MEDIA } from './store-fixture.ts';

const MP4 = { contentType: 'video/mp4' };

let fixture: DiskFixture;
let restored: string;
beforeEach(async () => {
  fixture = await diskFixture();
  restored = path.join(await mkdtemp(path.join(tmpdir(), 'disk-restore-')), 'objects');
});
afterEach(async () => {
  await fixture.close();
  await rm(path.dirname(restored), { recursive: true, force: true });
});

const storeOf = (root: string): DiskStore => createDiskStore({ ...fixture.options, root });

/** A small library: objects, and one that was written twice. */
async function fill(): Promise<Map<ObjectRef, { stat: ObjectStat; bytes: Buffer; url: string }>> {
  const library = new Map<ObjectRef, { stat: ObjectStat; bytes: Buffer; url: string }>();
  const keys = Array.from({ length: 12 }, (_, index) => ({
    bucket: index % 2 ? LAKE : MEDIA,
    key: `MTL/2025-2026/20031/clip-${index}/clip.mp4`,
  }));
  for (const ref of keys) {
    await fixture.store.write(ref, randomBytes(1000), MP4);
    const bytes = randomBytes(1000);
    const written = await fixture.store.write(ref, bytes, MP4);
    const signedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
    const expiresAt = new Date(signedAt.getTime() + 600_000);
    const url = await fixture.store.signGetUrl(ref, { signedAt, expiresAt, generation: written.generation });
    library.set(ref, { stat: written, bytes, url });
  }
  return library;
}

const get = (store: DiskStore, url: string) => handleObjectRequest(store, new Request(url), objectRefOfUrl(url));

/** Everything is there as it was: bytes, generations, checksums, by every way that leads to them. */
async function expectWhole(store: DiskStore, library: Awaited<ReturnType<typeof fill>>): Promise<void> {
  const listed = new Map<string, string>();
  for (const bucket of [LAKE, MEDIA])
    for await (const { key, generation } of store.list(bucket, '')) listed.set(`${bucket}/${key}`, generation);
  for (const [ref, { stat: before, bytes, url }] of library) {
    const { updatedAt: _, ...facts } = before;
    expect(await store.stat(ref)).toMatchObject(facts);
    expect(listed.get(`${ref.bucket}/${ref.key}`)).toBe(before.generation);
    expect(await buffer(await store.read(ref, { generation: before.generation }))).toEqual(bytes);
    const response = await get(store, url);
    expect([response.status, response.headers.get('etag')]).toEqual([200, `"${before.generation}"`]);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  }
}

describe('a disk store that was restored', () => {
  it.each<[string, (from: string, to: string) => Promise<unknown>]>([
    ['cp -r', (from, to) => execa('cp', ['-r', from, to])],
    ['cp -a', (from, to) => execa('cp', ['-a', from, to])],
    [
      'tar, which keeps whole seconds',
      (from, to) => execa('sh', ['-c', `mkdir "$1" && tar -C "$0" -cf - . | tar -C "$1" -xf -`, from, to]),
    ],
  ])('by %s has every object as it was', async (_how, copy) => {
    const library = await fill();
    await copy(fixture.root, restored);
    await expectWhole(storeOf(restored), library);
    // A second process knows nothing of what the first one found out.
    await expectWhole(storeOf(restored), library);
  });

  it('is read at once the second time: the bytes are compared once', async () => {
    const library = await fill();
    await execa('cp', ['-r', fixture.root, restored]);
    await expectWhole(storeOf(restored), library);
    for (const [ref, { stat: before }] of library) {
      const file = await stat(path.join(restored, ref.bucket, ref.key), { bigint: true });
      expect((file.mtimeNs / 1000n).toString()).toBe(before.generation);
    }
  });

  it('goes on: an object is replaced and deleted by the generation that it had', async () => {
    const library = await fill();
    await execa('cp', ['-r', fixture.root, restored]);
    const store = storeOf(restored);
    const [[first, before] = [], [second, other] = []] = library;
    if (!first || !before || !second || !other) throw new Error('an empty library');
    const next = { ...MP4, ifGenerationMatch: before.stat.generation };
    expect(Number((await store.write(first, Buffer.from('new'), next)).generation)).toBeGreaterThan(
      Number(before.stat.generation),
    );
    await expect(store.write(first, Buffer.from('newer'), next)).rejects.toMatchObject({ code: 'precondition_failed' });
    expect(await store.delete(second, { ifGenerationMatch: other.stat.generation })).toBe(true);
  });

  it('in the middle of a write has the object that lies in place, not the one that was to come', async () => {
    const library = await fill();
    const [[ref, before] = []] = library;
    if (!ref || !before) throw new Error('an empty library');
    // As a crash leaves it: the sidecar of the next generation, and the file of this one.
    const meta = (await readdir(path.join(fixture.root, '.meta'), { recursive: true })).find((name) =>
      name.endsWith(`${before.stat.generation}.json`),
    );
    const later = path.join(
      fixture.root,
      '.meta',
      path.dirname(meta ?? ''),
      `${Number(before.stat.generation) + 5}.json`,
    );
    await writeFile(later, JSON.stringify({ key: ref.key, crc32c: 'AAAAAA==', contentType: 'video/mp4' }));
    await execa('cp', ['-r', fixture.root, restored]);
    await expectWhole(storeOf(restored), library);
  });

  it('with other bytes is not taken for what it was', async () => {
    const library = await fill();
    await execa('cp', ['-r', fixture.root, restored]);
    const [[ref, before] = []] = library;
    if (!ref || !before) throw new Error('an empty library');
    await writeFile(path.join(restored, ref.bucket, ref.key), randomBytes(1000));
    const store = storeOf(restored);
    expect((await store.stat(ref))?.generation).not.toBe(before.stat.generation);
    expect((await get(store, before.url)).status).toBe(404);
  });
});

describe('a disk that takes no more', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

  it('is read on, also where a checksum has to be computed, and says that it cannot be written', async () => {
    const library = await fill();
    const probe = await open(import.meta.filename);
    const prototype = Object.getPrototypeOf(probe);
    await probe.close();
    await execa('cp', ['-r', fixture.root, restored]);
    const [[ref] = []] = library;
    await rm(path.join(restored, '.meta'), { recursive: true });
    await utimes(path.join(restored, ref?.bucket ?? '', ref?.key ?? ''), new Date(), new Date());
    vi.spyOn(prototype, 'writeFile').mockRejectedValue(full);
    vi.spyOn(prototype, 'write').mockRejectedValue(full);
    const store = storeOf(restored);
    if (!ref) throw new Error('an empty library');
    expect(await store.stat(ref)).toMatchObject({ sizeBytes: 1000, crc32c: library.get(ref)?.stat.crc32c });
    expect(await buffer(await store.read(ref))).toEqual(library.get(ref)?.bytes);
    await expect(store.write(ref, Buffer.from('x'), MP4)).rejects.toMatchObject({ code: 'out_of_space' });
    await expect(store.check()).rejects.toMatchObject({ code: 'unavailable' });
  });
});
