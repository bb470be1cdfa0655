import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { ObjectRef } from './object-store.ts';
import type { StoreBench } from './store-bench.ts';
import { crcOf } from './store-bench.ts';

const UNIT = 262_144;

/** Resumable sessions in the GCS protocol, over the URL that the store hands out. */
export function describeUploads(bench: StoreBench): void {
  const { newRef, put } = bench;
  describe('resumable upload', () => {
    const send = (url: string, range: string, body: Uint8Array<ArrayBuffer> | null = null) =>
      fetch(url, { method: 'PUT', headers: { 'Content-Range': range }, body });
    const start = async (ref: ObjectRef, sizeBytes: number) =>
      (await bench.store.startUpload(ref, { contentType: 'video/mp4', sizeBytes })).url;

    it('takes chunks, says where it stands, and shows the object only at the end', async () => {
      const ref = newRef('.mp4');
      const bytes = Buffer.from(randomBytes(2 * UNIT + 1000));
      const url = await start(ref, bytes.length);
      const asked = await send(url, `bytes */${bytes.length}`);
      expect([asked.status, asked.headers.get('range')]).toEqual([308, null]);
      const first = await send(url, `bytes 0-${2 * UNIT - 1}/${bytes.length}`, bytes.subarray(0, 2 * UNIT));
      expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${2 * UNIT - 1}`]);
      expect(await bench.store.stat(ref)).toBeNull();
      const range = `bytes ${2 * UNIT}-${bytes.length - 1}/${bytes.length}`;
      const last = await send(url, range, bytes.subarray(2 * UNIT));
      expect(last.status).toBe(200);
      const resource = await last.json();
      expect(resource).toMatchObject({ name: ref.key, size: String(bytes.length), crc32c: crcOf(bytes) });
      const stat = await bench.store.stat(ref);
      expect(stat).toMatchObject({ sizeBytes: bytes.length, crc32c: crcOf(bytes), contentType: 'video/mp4' });
      expect(resource.generation).toBe(stat?.generation);
      expect(await buffer(await bench.store.read(ref))).toEqual(bytes);
      const again = await send(url, `bytes */${bytes.length}`);
      expect(again.status).toBe(200);
      expect(await bench.store.isUploadOpen(url)).toBe(true);
      expect((await again.json()).generation).toBe(stat?.generation);
    });

    it('takes the whole file in one PUT', async () => {
      const ref = newRef();
      const bytes = Buffer.from(randomBytes(300_001));
      const response = await fetch(await start(ref, bytes.length), { method: 'PUT', body: bytes });
      expect(response.status).toBe(200);
      expect((await bench.store.stat(ref))?.crc32c).toBe(crcOf(bytes));
    });

    it('refuses a session for a key that exists', async () => {
      const ref = newRef();
      await put(ref, 'here');
      const request = { contentType: 'video/mp4', sizeBytes: 1 };
      await expect(bench.store.startUpload(ref, request)).rejects.toMatchObject({ code: 'already_exists' });
    });

    it('loses against an object that came meanwhile', async () => {
      const ref = newRef();
      const url = await start(ref, 5);
      const other = await put(ref, 'other');
      expect((await send(url, 'bytes 0-4/5', Buffer.from('later'))).status).toBe(412);
      expect(await bench.store.stat(ref)).toEqual(other);
    });

    it('refuses a chunk that is no multiple of 256 KiB, and another total', async () => {
      const url = await start(newRef(), UNIT * 2);
      expect((await send(url, `bytes 0-999/${UNIT * 2}`, Buffer.alloc(1000))).status).toBe(400);
      expect((await send(url, 'bytes 0-999/1000', Buffer.alloc(1000))).status).toBe(400);
    });

    it('forgets a cancelled session, also twice', async () => {
      const ref = newRef();
      const url = await start(ref, 5);
      expect(await bench.store.isUploadOpen(url)).toBe(true);
      await bench.store.cancelUpload(url);
      await bench.store.cancelUpload(url);
      expect(await bench.store.isUploadOpen(url)).toBe(false);
      expect([404, 410, 499]).toContain((await send(url, 'bytes 0-4/5', Buffer.from('later'))).status);
      expect(await bench.store.stat(ref)).toBeNull();
    });

    it('never takes an upload URL for a signed GET', async () => {
      const ref = newRef();
      const url = await start(ref, 5);
      await put(ref, 'hello');
      const response = await fetch(url);
      expect(response.status).toBeGreaterThanOrEqual(400);
    });
  });
}
