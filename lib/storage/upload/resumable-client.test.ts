import { randomBytes } from 'node:crypto';
import { appendFile, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiskFixture } from '#lib/storage/disk/store-fixture.ts';
import { diskFixture, LAKE } from '#lib/storage/disk/store-fixture.ts';
import { backoffMs, DEFAULT_RETRY, retryAfterMs } from '#lib/storage/port/backoff.ts';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import { openUploadFile } from './local-file.ts';
import { nodeTransport } from './node-transport.ts';
import type { UploadProgress } from './resumable-client.ts';
import { uploadResumable } from './resumable-client.ts';
import type { UploadTransport } from './transport.ts';

const UNIT = 262_144;
const REF = { bucket: LAKE, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
const crcOf = (bytes: Uint8Array) => encodeCrc32c(updateCrc32c(0, bytes));
/** No waiting: what is tested is the order of requests, not the clock. */
const RETRY = { attempts: 4, baseMs: 0, maxMs: 0 };

describe('uploadResumable', () => {
  let fixture: DiskFixture;
  let seen: string[];
  const bytes = Buffer.from(randomBytes(5 * UNIT + 123));
  const file = new Blob([bytes]);
  beforeEach(async () => {
    fixture = await diskFixture();
    seen = [];
  });
  afterEach(() => fixture.close());

  const start = async (sizeBytes = bytes.length) =>
    (await fixture.store.startUpload(REF, { contentType: 'video/mp4', sizeBytes })).url;
  /** Notes every request's range; `fault` may answer in the store's place. */
  const watch = (fault: (contentRange: string, index: number) => Promise<Response> | Response | null = () => null) =>
    fixture.intercept(async (request, next) => {
      const contentRange = request.headers.get('content-range') ?? '';
      seen.push(contentRange);
      return (await fault(contentRange, seen.length - 1)) ?? next(request);
    });
  const upload = (url: string, more: Partial<Parameters<typeof uploadResumable>[0]> = {}) =>
    uploadResumable({ url, file, chunkBytes: 2 * UNIT, transport: nodeTransport, retry: RETRY, ...more });
  const chunk = (first: number, end: number) => `bytes ${first}-${end - 1}/${bytes.length}`;
  const query = `bytes */${bytes.length}`;
  const allChunks = [chunk(0, 2 * UNIT), chunk(2 * UNIT, 4 * UNIT), chunk(4 * UNIT, bytes.length)];

  it('asks first, sends chunks, reports what is stored, and gives the object', async () => {
    watch();
    const progress: UploadProgress[] = [];
    const result = await upload(await start(), { onProgress: (step) => progress.push(step) });
    expect(seen).toEqual([query, ...allChunks]);
    expect(result).toEqual({ crc32c: crcOf(bytes), generation: (await fixture.store.stat(REF))?.generation });
    const stored = progress.map((step) => step.storedBytes);
    expect(stored).toEqual([...stored].sort((a, b) => a - b));
    expect(progress.at(-1)).toEqual({
      ...{ storedBytes: bytes.length, sentBytes: bytes.length, totalBytes: bytes.length },
      isRetrying: false,
    });
  });

  it('goes on where the store stands', async () => {
    const url = await start();
    await fetch(url, { method: 'PUT', headers: { 'Content-Range': chunk(0, UNIT) }, body: bytes.subarray(0, UNIT) });
    watch();
    await upload(url);
    expect(seen.slice(0, 2)).toEqual([query, chunk(UNIT, 3 * UNIT)]);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('gets through three 503s and a 429', async () => {
    watch((_, index) => (index >= 1 && index <= 5 && index % 2 === 1 ? new Response('', { status: 503 }) : null));
    await upload(await start());
    expect(seen.slice(0, 7)).toEqual([query, allChunks[0], query, allChunks[0], query, allChunks[0], query]);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('resumes after a reset from what is stored, never from what was sent', async () => {
    let broken = false;
    fixture.intercept(async (request, next) => {
      const contentRange = request.headers.get('content-range') ?? '';
      seen.push(contentRange);
      if (broken || contentRange !== allChunks[0]) return next(request);
      broken = true;
      // The store sees one and a half units of the chunk, then the connection is gone.
      let left = 1.5 * UNIT;
      const half = request.body?.pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(part, controller) {
            controller.enqueue(part.subarray(0, left));
            left -= part.length;
            if (left <= 0) controller.error(new Error('connection reset'));
          },
        }),
      );
      const init: RequestInit & { duplex: 'half' } = {
        method: 'PUT',
        headers: request.headers,
        body: half ?? null,
        duplex: 'half',
      };
      await next(new Request(request.url, init));
      throw new Error('connection reset');
    });
    await upload(await start());
    expect(seen.slice(0, 4)).toEqual([query, allChunks[0], query, chunk(UNIT, 3 * UNIT)]);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('goes on from a 308 that admits to fewer bytes than were sent', async () => {
    let first = true;
    fixture.intercept(async (request, next) => {
      const contentRange = request.headers.get('content-range') ?? '';
      seen.push(contentRange);
      if (!first || contentRange !== allChunks[0]) return next(request);
      first = false;
      const part = Buffer.from(await request.arrayBuffer()).subarray(0, UNIT);
      return next(
        new Request(request.url, { method: 'PUT', headers: { 'Content-Range': chunk(0, UNIT) }, body: part }),
      );
    });
    await upload(await start());
    expect(seen.slice(0, 3)).toEqual([query, allChunks[0], chunk(UNIT, 3 * UNIT)]);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('learns from a query that a lost last answer was good', async () => {
    const url = await start();
    fixture.intercept(async (request, next) => {
      const isLast = request.headers.get('content-range') === allChunks[2];
      const response = await next(request);
      if (isLast) throw new Error('The answer is lost.');
      return response;
    });
    expect(await upload(url)).toMatchObject({ crc32c: crcOf(bytes) });
  });

  it.each([
    [404, 'session_gone'],
    [410, 'session_gone'],
    [412, 'precondition_failed'],
    [507, 'out_of_space'],
    [400, 'rejected'],
    [403, 'rejected'],
  ])('stops at once at %i', async (status, code) => {
    watch((_, index) => (index === 1 ? Response.json({ detail: 'no' }, { status }) : null));
    await expect(upload(await start())).rejects.toMatchObject({ name: 'UploadError', code, status });
    expect(seen).toHaveLength(2);
  });

  it('says so when the session is really gone, and when another was faster', async () => {
    const url = await start();
    await fixture.store.cancelUpload(url);
    await expect(upload(url)).rejects.toMatchObject({ code: 'session_gone' });
    const late = await start();
    await fixture.store.write(REF, Buffer.from('other'), { contentType: 'video/mp4' });
    await expect(upload(late)).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  it('gives up after so many attempts without a byte, and can be called again', async () => {
    const url = await start();
    watch(() => new Response('', { status: 503 }));
    await expect(upload(url)).rejects.toMatchObject({ code: 'gave_up' });
    expect(seen).toHaveLength(RETRY.attempts);
    fixture.intercept(null);
    expect(await upload(url)).toMatchObject({ crc32c: crcOf(bytes) });
  });

  it('keeps trying as long as bytes go through', async () => {
    let chunks = 0;
    watch((contentRange) => {
      // Every other chunk fails, more often in all than may happen in a row.
      return contentRange === query || chunks++ % 2 === 1 ? null : new Response('', { status: 500 });
    });
    await upload(await start(), { chunkBytes: UNIT });
    expect(seen.length).toBeGreaterThan(2 * RETRY.attempts);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('gives a request up that gets no answer, tells of it, and makes it again', async () => {
    const progress: UploadProgress[] = [];
    watch((_, index) => (index === 1 || index === 2 ? new Promise<Response>(() => {}) : null));
    await upload(await start(), { stallMs: 200, onProgress: (step) => progress.push(step) });
    expect(seen).toEqual([query, allChunks[0], query, query, ...allChunks]);
    expect(progress.filter(({ isRetrying }) => isRetrying).length).toBeGreaterThan(0);
    expect(progress.at(-1)?.isRetrying).toBe(false);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('does not take a slow line for a dead one', async () => {
    const url = await start();
    const slow: UploadTransport = (put) =>
      new Promise((resolve, reject) => {
        put.signal.addEventListener('abort', () => reject(put.signal.reason));
        let moved = 0;
        // Longer in all than the wait for a line that is dead.
        const timer = setInterval(() => {
          put.onSent(++moved);
          if (moved < 10) return;
          clearInterval(timer);
          nodeTransport({ ...put, onSent: () => {} }).then(resolve, reject);
        }, 50);
      });
    watch();
    await upload(url, { stallMs: 400, transport: slow, chunkBytes: 6 * UNIT });
    expect(seen).toEqual([query, `bytes 0-${bytes.length - 1}/${bytes.length}`]);
  });

  it('does not loop for ever on a store that never stores', async () => {
    watch(() => new Response(null, { status: 308 }));
    await expect(upload(await start())).rejects.toMatchObject({ code: 'gave_up' });
  });

  it('refuses a store that claims more than the file', async () => {
    watch(() => new Response(null, { status: 308, headers: { Range: `bytes=0-${bytes.length}` } }));
    await expect(upload(await start())).rejects.toMatchObject({ code: 'rejected' });
  });

  it('pauses on abort and resumes when called again', async () => {
    const url = await start();
    const pause = new AbortController();
    const onProgress = ({ storedBytes }: UploadProgress) => {
      if (storedBytes >= 2 * UNIT) pause.abort();
    };
    await expect(upload(url, { onProgress, signal: pause.signal })).rejects.toMatchObject({ name: 'AbortError' });
    watch();
    await upload(url);
    expect(seen.slice(0, 2)).toEqual([query, allChunks[1]]);
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
  });

  it('sends a file of no bytes', async () => {
    await upload(await start(0), { file: new Blob([]) });
    expect(await fixture.store.stat(REF)).toMatchObject({ sizeBytes: 0 });
  });

  it('sends a file from the disk, and says so when it was changed meanwhile', async () => {
    const local = path.join(fixture.root, 'master.mp4');
    await writeFile(local, bytes);
    await using file = await openUploadFile(local);
    await upload(await start(), { file });
    expect((await fixture.store.stat(REF))?.crc32c).toBe(crcOf(bytes));
    await fixture.store.delete(REF);
    const url = await start();
    await appendFile(local, 'another scene');
    await expect(upload(url, { file })).rejects.toMatchObject({
      code: 'file_unreadable',
    });
  });

  it('reads a file of more than 4 GiB where it should', async () => {
    const local = path.join(fixture.root, 'long.mp4');
    const at = 4.5 * 1024 ** 3;
    const handle = await open(local, 'w');
    await handle.write('goal', at);
    await handle.close();
    await using file = await openUploadFile(local);
    expect(file.size).toBe(at + 4);
    expect(await (await file.slice(at - 1, at + 4)).text()).toBe('\0goal');
  });

  it('refuses a chunk size that the protocol does not know', async () => {
    await expect(upload('http://127.0.0.1:1/', { chunkBytes: 1000 })).rejects.toBeInstanceOf(RangeError);
  });
});

describe('backoff', () => {
  it('doubles up to its bound, with full jitter', () => {
    const bounds = [1, 2, 3, 7, 8, 30].map((failures) => backoffMs(DEFAULT_RETRY, failures, () => 1));
    expect(bounds).toEqual([500, 1000, 2000, 32_000, 32_000, 32_000]);
    expect(backoffMs(DEFAULT_RETRY, 5, () => 0)).toBe(0);
  });

  it('takes seconds from Retry-After, a minute at most', () => {
    expect([null, '2', '9999', 'Wed, 21 Oct 2026 07:28:00 GMT'].map(retryAfterMs)).toEqual([0, 2000, 60_000, 0]);
  });
});
