import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, readdir, stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import { isMissing } from './errors.ts';
import type { DiskFixture } from './store-fixture.ts';
import { diskFixture, LAKE } from './store-fixture.ts';
import { UploadBlocks } from './upload-blocks.ts';

const UNIT = 262_144;
const MIB = 1024 * 1024;
const REF = { bucket: LAKE, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
const crcOf = (bytes: Uint8Array) => encodeCrc32c(updateCrc32c(0, bytes));

/** A request with a chunked body that the test writes by hand, so that it may end early, late or never. */
function openPut(url: string, contentRange: string) {
  const request = httpRequest(url, { method: 'PUT', headers: { 'Content-Range': contentRange } });
  const status = new Promise<number | string>((resolve) => {
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', () => resolve('broken'));
  });
  return { request, status };
}

describe('resumable sessions on the disk', () => {
  let fixture: DiskFixture;
  let nowMs = Date.now();
  beforeEach(async () => {
    nowMs = Date.now();
    fixture = await diskFixture({ now: () => nowMs });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await fixture.close();
  });

  const start = async (sizeBytes: number) =>
    (await fixture.store.startUpload(REF, { contentType: 'video/mp4', sizeBytes })).url;
  const send = (url: string, range: string, body: Uint8Array<ArrayBuffer> | null = null) =>
    fetch(url, { method: 'PUT', headers: { 'Content-Range': range }, body });
  const range = async (url: string, total: number) => {
    const response = await send(url, `bytes */${total}`);
    return [response.status, response.headers.get('range')];
  };
  const uploadsOnDisk = () =>
    readdir(path.join(fixture.root, '.uploads')).catch((error) => {
      // No session was ever opened.
      if (isMissing(error)) return [];
      throw error;
    });

  it('keeps of an interrupted chunk what reached a 256 KiB boundary', async () => {
    const bytes = Buffer.from(randomBytes(3 * UNIT));
    const url = await start(bytes.length);
    const { request, status } = openPut(url, `bytes 0-${bytes.length - 1}/${bytes.length}`);
    request.write(bytes.subarray(0, 2 * UNIT + 5000));
    await expect.poll(() => range(url, bytes.length)).toEqual([308, `bytes=0-${2 * UNIT - 1}`]);
    request.destroy();
    expect(await status).toBe('broken');
    const rest = `bytes ${2 * UNIT}-${bytes.length - 1}/${bytes.length}`;
    expect((await send(url, rest, bytes.subarray(2 * UNIT))).status).toBe(200);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
    expect(await buffer(await fixture.store.read(REF))).toEqual(bytes);
  });

  it('lets a second PUT take over from one whose client is silent', async () => {
    const bytes = Buffer.from(randomBytes(4 * UNIT));
    const url = await start(bytes.length);
    const first = openPut(url, `bytes 0-${bytes.length - 1}/${bytes.length}`);
    first.request.write(bytes.subarray(0, UNIT + 1));
    await expect.poll(() => range(url, bytes.length)).toEqual([308, `bytes=0-${UNIT - 1}`]);
    expect((await send(url, `bytes 0-${bytes.length - 1}/${bytes.length}`, bytes)).status).toBe(200);
    first.request.end();
    expect([503, 'broken']).toContain(await first.status);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('skips an overlap, ignores the bytes behind a gap', async () => {
    const bytes = Buffer.from(randomBytes(3 * UNIT));
    const url = await start(bytes.length);
    await send(url, `bytes 0-${UNIT - 1}/${bytes.length}`, bytes.subarray(0, UNIT));
    const gap = await send(url, `bytes ${2 * UNIT}-${3 * UNIT - 1}/${bytes.length}`, bytes.subarray(2 * UNIT));
    expect([gap.status, gap.headers.get('range')]).toEqual([308, `bytes=0-${UNIT - 1}`]);
    const again = await send(url, `bytes 0-${UNIT - 1}/${bytes.length}`, Buffer.from(randomBytes(UNIT)));
    expect([again.status, again.headers.get('range')]).toEqual([308, `bytes=0-${UNIT - 1}`]);
    const overlap = await send(url, `bytes 0-${bytes.length - 1}/${bytes.length}`, bytes);
    expect(overlap.status).toBe(200);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('commits what arrived of a body that is too short, and answers 400', async () => {
    const bytes = Buffer.from(randomBytes(2 * UNIT));
    const url = await start(bytes.length);
    const { request, status } = openPut(url, `bytes 0-${bytes.length - 1}/${bytes.length}`);
    request.write(bytes.subarray(0, UNIT + 100));
    request.end();
    expect(await status).toBe(400);
    expect(await range(url, bytes.length)).toEqual([308, `bytes=0-${UNIT - 1}`]);
    expect(await fixture.store.stat(REF)).toBeNull();
  });

  it('does not finish with a body that is too long', async () => {
    const url = await start(UNIT + 10);
    const { request, status } = openPut(url, `bytes 0-${UNIT + 9}/${UNIT + 10}`);
    request.write(randomBytes(UNIT + 11));
    request.end();
    expect([400, 'broken']).toContain(await status);
    expect(await range(url, UNIT + 10)).toEqual([308, `bytes=0-${UNIT - 1}`]);
    expect(await fixture.store.stat(REF)).toBeNull();
  });

  it('waits for the total when a chunk leaves it open', async () => {
    const bytes = Buffer.from(randomBytes(2 * UNIT));
    const url = await start(bytes.length);
    const open = await send(url, `bytes 0-${2 * UNIT - 1}/*`, bytes);
    expect([open.status, open.headers.get('range')]).toEqual([308, `bytes=0-${2 * UNIT - 1}`]);
    expect(await fixture.store.stat(REF)).toBeNull();
    expect((await send(url, 'bytes */*')).status).toBe(308);
    expect((await send(url, `bytes */${bytes.length}`)).status).toBe(200);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('stores an upload of no bytes', async () => {
    expect((await send(await start(0), 'bytes */0')).status).toBe(200);
    expect(await fixture.store.stat(REF)).toMatchObject({ sizeBytes: 0, crc32c: 'AAAAAA==' });
  });

  it.each([
    'bytes 5-1/10',
    'nonsense',
    `bytes 0-${UNIT - 1}/${UNIT}`,
    `bytes */${UNIT}`,
    `bytes 0-${2 * UNIT}/*`,
    'bytes 0-99/*',
  ])('answers 400 to %s and stores nothing', async (header) => {
    const url = await start(2 * UNIT);
    const response = await send(url, header, header.includes('*/') ? null : Buffer.alloc(100));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad_chunk' });
    expect(await range(url, 2 * UNIT)).toEqual([308, null]);
  });

  it('answers 404 to a session of another key, an unknown and a malformed one', async () => {
    const url = await start(10);
    const elsewhere = url.replace('p1.mp4', 'p2.mp4');
    const unknown = url.replace(/upload_id=.*/, `upload_id=${'a'.repeat(43)}`);
    const doubled = `${url}&upload_id=${'a'.repeat(43)}`;
    for (const bad of [elsewhere, unknown, doubled, url.replace(/\?.*/, '?upload_id=../..'), url.replace(/\?.*/, '')]) {
      const response = await send(bad, 'bytes 0-9/10', Buffer.alloc(10));
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'session_not_found' });
    }
  });

  it('answers 410 to an expired session, and 404 when it was swept', async () => {
    const url = await start(10);
    nowMs += 7 * 24 * 3_600_000;
    expect((await send(url, 'bytes 0-9/10', Buffer.alloc(10))).status).toBe(410);
    nowMs += 25 * 3_600_000;
    await fixture.store.sweep();
    expect((await send(url, 'bytes 0-9/10', Buffer.alloc(10))).status).toBe(404);
    expect(await uploadsOnDisk()).toEqual([]);
  });

  it('answers DELETE as GCS does and forgets the bytes', async () => {
    const url = await start(10 * UNIT);
    await send(url, `bytes 0-${UNIT - 1}/${10 * UNIT}`, Buffer.alloc(UNIT));
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(499);
    expect(await uploadsOnDisk()).toEqual([]);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(404);
  });

  it('says 412 again to a client that lost the answer', async () => {
    const [first, second] = [await start(5), await start(5)];
    expect((await send(first, 'bytes 0-4/5', Buffer.from('first'))).status).toBe(200);
    expect((await send(second, 'bytes 0-4/5', Buffer.from('other'))).status).toBe(412);
    expect((await send(second, 'bytes */5')).status).toBe(412);
    expect((await buffer(await fixture.store.read(REF))).toString()).toBe('first');
  });

  it('refuses an upload that the disk has no room for', async () => {
    const request = { contentType: 'video/mp4', sizeBytes: Number.MAX_SAFE_INTEGER };
    await expect(fixture.store.startUpload(REF, request)).rejects.toMatchObject({ code: 'too_large' });
    expect(await uploadsOnDisk()).toEqual([]);
  });

  it('answers 507 when the disk fills up, and goes on when there is room again', async () => {
    const bytes = Buffer.from(randomBytes(2 * UNIT));
    const url = await start(bytes.length);
    const probe = await open(import.meta.filename);
    const prototype = Object.getPrototypeOf(probe);
    await probe.close();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const write = vi.spyOn(prototype, 'write').mockRejectedValue(full);
    // As its threads tell of a full disk (`upload-blocks.test.ts`).
    const put = vi.spyOn(UploadBlocks.prototype, 'put').mockRejectedValue(full);
    const all = `bytes 0-${bytes.length - 1}/${bytes.length}`;
    const response = await send(url, all, bytes);
    expect([response.status, (await response.json()).code]).toEqual([507, 'out_of_space']);
    const other = { bucket: LAKE, key: 'other.mp4' };
    await expect(fixture.store.write(other, bytes, { contentType: 'video/mp4' })).rejects.toMatchObject({
      code: 'out_of_space',
    });
    expect(await readdir(path.join(fixture.root, '.tmp'))).toEqual([]);
    write.mockRestore();
    put.mockRestore();
    expect((await send(url, all, bytes)).status).toBe(200);
  });

  it('streams 64 MiB in one PUT, with the checksum taken on the way', async () => {
    const block = Buffer.from(randomBytes(MIB));
    const bytes = Buffer.concat(Array.from({ length: 64 }, () => block));
    const response = await send(await start(bytes.length), `bytes 0-${bytes.length - 1}/${bytes.length}`, bytes);
    expect(response.status).toBe(200);
    expect((await response.json()).crc32c).toBe(crcOf(bytes));
  });

  /** Runs module text in another process that has the fixture's store, `ref` and a session `url`. */
  function spawnWith(url: string, body: string) {
    const module = (name: string) => JSON.stringify(pathToFileURL(path.join(import.meta.dirname, name)).href);
    const script = `import { createDiskStore } from ${module('store.ts')};
      import { handleObjectRequest } from ${module('http.ts')};
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const store = createDiskStore(${JSON.stringify({ ...fixture.options, now: undefined })});
      const ref = ${JSON.stringify(REF)};
      const put = (range, body) => handleObjectRequest(store, new Request(${JSON.stringify(url)}, {
        method: 'PUT', headers: { 'Content-Range': range }, body, duplex: 'half' }), ref);
      ${body}`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = Promise.all([buffer(child.stdout), once(child, 'exit')]);
    return ended.then(([output, [, signal]]) => ({ output: output.toString(), signal }));
  }

  it('loses less than 16 MiB of a PUT when its process is killed', async () => {
    const total = 48 * MIB;
    const url = await start(total);
    const { signal } = await spawnWith(
      url,
      `let sent = 0;
      const body = new ReadableStream({ pull(controller) {
        if (sent === 40) process.kill(process.pid, 'SIGKILL');
        controller.enqueue(Buffer.alloc(${MIB}, sent++));
      } }, { highWaterMark: 0 });
      await put('bytes 0-${total - 1}/${total}', body);`,
    );
    expect(signal).toBe('SIGKILL');
    expect(await range(url, total)).toEqual([308, `bytes=0-${32 * MIB - 1}`]);
    const whole = Buffer.concat(Array.from({ length: 48 }, (_, i) => Buffer.alloc(MIB, i)));
    const rest = await send(url, `bytes ${32 * MIB}-${total - 1}/${total}`, whole.subarray(32 * MIB));
    expect(rest.status).toBe(200);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(whole));
  }, 30_000);

  it('finishes an upload whose process was killed after publishing, before it was noted', async () => {
    const bytes = Buffer.from('the whole file');
    const url = await start(bytes.length);
    const { signal } = await spawnWith(
      url,
      `const rename = fs.promises.rename;
      fs.promises.rename = (from, to) =>
        String(to).endsWith('outcome.json') ? process.kill(process.pid, 'SIGKILL') : rename(from, to);
      syncBuiltinESMExports();
      await put('bytes 0-${bytes.length - 1}/${bytes.length}', ${JSON.stringify(bytes.toString())});`,
    );
    expect(signal).toBe('SIGKILL');
    const published = await fixture.store.stat(REF);
    expect(published?.crc32c).toBe(crcOf(bytes));
    const response = await send(url, `bytes */${bytes.length}`);
    expect([response.status, (await response.json()).generation]).toEqual([200, published?.generation]);
    expect(await fixture.store.stat(REF)).toEqual(published);
    const file = path.join(fixture.root, LAKE, REF.key);
    expect((await stat(file)).nlink).toBe(1);
  }, 30_000);

  it('takes a session over from another process', async () => {
    const bytes = Buffer.alloc(4 * UNIT, 'z');
    const url = await start(bytes.length);
    const other = spawnWith(
      url,
      `const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.alloc(${UNIT}, 'z')) });
      const keepAlive = setInterval(() => {}, 1000);
      console.log((await put('bytes 0-${bytes.length - 1}/${bytes.length}', body)).status);
      clearInterval(keepAlive);
      process.exit();`,
    );
    const [session = ''] = await uploadsOnDisk();
    const dataFile = path.join(fixture.root, '.uploads', session, 'data');
    await expect.poll(async () => (await stat(dataFile)).size).toBe(UNIT);
    expect((await send(url, `bytes 0-${bytes.length - 1}/${bytes.length}`, bytes)).status).toBe(200);
    expect((await other).output.trim()).toBe('503');
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  }, 30_000);
});
