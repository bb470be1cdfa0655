import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutClip } from '#lib/media/cut/cut-clip.ts';
import { ffmpeg, fileSource, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { masterInputArgs } from './confinement.ts';
import { type LoopbackSource, serveSource } from './loopback-source.ts';
import { GIVEN_FILE } from './run-ffmpeg.ts';

const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
const source: ByteSource = {
  sizeBytes: bytes.length,
  read: async ({ first, last }) => Readable.from([bytes.subarray(first, last + 1)]),
};
const get = (url: string, range?: string, method = 'GET') =>
  fetch(url, { method, headers: range === undefined ? {} : { Range: range } });
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('the one object', () => {
  it.for([
    { range: 'bytes=0-9', status: 206, contentRange: 'bytes 0-9/1000000', first: 0, length: 10 },
    {
      range: 'bytes=999990-2000000',
      status: 206,
      contentRange: 'bytes 999990-999999/1000000',
      first: 999_990,
      length: 10,
    },
    { range: 'bytes=-5', status: 206, contentRange: 'bytes 999995-999999/1000000', first: 999_995, length: 5 },
    { range: 'bytes=500-', status: 206, contentRange: 'bytes 500-33267/1000000', first: 500, length: 32_768 },
    { range: undefined, status: 200, contentRange: null, first: 0, length: 1_000_000 },
    { range: 'pages=1-2', status: 200, contentRange: null, first: 0, length: 1_000_000 },
  ])('answers $range', async ({ range, status, contentRange, first, length }) => {
    await using served = await serveSource(source);
    const response = await get(served.url, range);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-range')).toBe(contentRange);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('content-length')).toBe(String(length));
    expect((await bodyOf(response)).equals(bytes.subarray(first, first + length))).toBe(true);
    expect(served.bytesServed()).toBe(length);
  });

  it('answers more of an open range to a reader that goes on, less to one that jumps', async () => {
    await using served = await serveSource({ ...source });
    const lengthFrom = async (first: number) => (await bodyOf(await get(served.url, `bytes=${first}-`))).length;
    expect(await lengthFrom(10)).toBe(32_768);
    expect(await lengthFrom(10 + 32_768)).toBe(65_536);
    expect(await lengthFrom(5)).toBe(32_768);
  });

  it('says 416, 404, 405, and its size to HEAD', async () => {
    await using served = await serveSource(source);
    const past = await get(served.url, 'bytes=1000000-');
    expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */1000000']);
    expect((await get(new URL('/', served.url).href)).status).toBe(404);
    expect((await get(`${served.url}x`)).status).toBe(404);
    expect((await get(`${served.url}?a=1`)).status).toBe(404);
    expect((await get(served.url, undefined, 'DELETE')).status).toBe(405);
    const head = await get(served.url, undefined, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '1000000']);
    expect(served.bytesServed()).toBe(0);
    expect(new URL(served.url).hostname).toBe('127.0.0.1');
    expect(new URL(served.url).pathname.length).toBeGreaterThan(40);
  });
});

describe('failures', () => {
  it('remembers a store that fails or ends early, as retryable', async () => {
    const failures: ByteSource['read'][] = [
      () => Promise.reject(new Error('gone')),
      async () => Readable.from([bytes.subarray(0, 10)]),
    ];
    for (const read of failures) {
      await using served = await serveSource({ sizeBytes: 100, read });
      await expect(get(served.url).then(bodyOf)).rejects.toThrow();
      expect(served.fault()).toMatchObject({ code: 'source_unreadable', retryable: true });
      expect((await get(served.url)).status).toBe(503);
    }
  });

  it('destroys the stream of the store when the reader hangs up, and blames nobody', async () => {
    const opened: Readable[] = [];
    const endless: ByteSource = {
      sizeBytes: 1e12,
      read: async () => {
        const stream = new Readable({
          read() {
            this.push(Buffer.alloc(65_536));
          },
        });
        opened.push(stream);
        return stream;
      },
    };
    await using served = await serveSource(endless);
    const stop = new AbortController();
    const response = await fetch(served.url, { signal: stop.signal });
    await response.body?.getReader().read();
    const closed = new Promise((resolve) => opened[0]?.once('close', resolve));
    stop.abort();
    await closed;
    expect(served.fault()).toBeUndefined();
    // What the kernel's buffers took, and no more: the source is endless.
    expect(served.bytesServed()).toBeLessThan(64_000_000);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const served = await serveSource(source, { signal: stop.signal });
    stop.abort();
    await served.close();
    await expect(get(served.url)).rejects.toThrow();
  });
});

describe('an object that is a file of this machine', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let file: string;
  beforeAll(async () => {
    scratch = await scratchFolder();
    file = await makeMaster(scratch.path, { file: 'small.mp4', rate: '25', seconds: 2, video: ['-c:v', 'libx264'] });
  });
  afterAll(() => scratch.remove());

  const asFile = (): ByteSource & { bytesRead: () => number } => {
    const whole = fileSource(file);
    return { ...whole, openFile: async () => (await open(file)).createReadStream() };
  };
  /** How many bytes the pictures have, and where they were read. */
  const copied = async (served: LoopbackSource) => {
    const addresses: string[] = [];
    let bytesOut = 0;
    const takeStdout = async (output: AsyncIterable<Buffer>) => {
      for await (const { length } of output) bytesOut += length;
    };
    const args = (address: string) => {
      addresses.push(address);
      return [...masterInputArgs(address), '-i', address, '-c', 'copy', '-f', 'nut', 'pipe:1'];
    };
    await served.runWhole(args, { takeStdout });
    return { bytesOut, addresses };
  };

  it('is read there by whoever reads all of it, as often as it is, and gives the same', async () => {
    const source = asFile();
    await using served = await serveSource(source);
    const first = await copied(served);
    expect(await copied(served)).toEqual(first);
    expect(first.addresses).toEqual([GIVEN_FILE]);
    expect(source.bytesRead()).toBe(0);
    await using other = await serveSource(fileSource(file));
    expect(await copied(other)).toEqual({ bytesOut: first.bytesOut, addresses: [other.url] });
  });

  it('is read through its address where the tools are to see less of it', async () => {
    await using served = await serveSource(asFile());
    served.endBefore(served.sizeBytes - 1);
    expect((await copied(served)).addresses).toEqual([served.url]);
  });

  it('that the disk does not give is the store’s fault, to be tried again; what is on it is not', async () => {
    const mem = async () => (await open('/proc/self/mem')).createReadStream({ end: 100 });
    await using failing = await serveSource({ ...asFile(), openFile: mem });
    await expect(copied(failing)).rejects.toMatchObject({ code: 'source_unreadable', retryable: true });
    expect(failing.fault()).toMatchObject({ code: 'source_unreadable' });
    const nothing = async () => (await open(import.meta.filename)).createReadStream();
    await using wrong = await serveSource({ ...asFile(), openFile: nothing });
    await expect(copied(wrong)).rejects.toMatchObject({ code: 'ffmpeg_failed', retryable: false });
    expect(wrong.fault()).toBeUndefined();
  });
});

describe('ten seconds of a long master', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    scratch = await scratchFolder();
    await makeMaster(scratch.path, {
      ...{ file: 'piece.mp4', rate: '25', seconds: 8, filters: 'noise=alls=40:allf=t' },
      video: [
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-g',
        '25',
        '-b:v',
        '4M',
        '-minrate',
        '4M',
        '-maxrate',
        '4M',
        '-bufsize',
        '1M',
      ],
    });
    const tone = ['-f', 'lavfi', '-i', 'sine=d=240'];
    const loop = [
      '-stream_loop',
      '29',
      '-i',
      'piece.mp4',
      ...tone,
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-c:v',
      'copy',
      '-c:a',
      'mp2',
    ];
    await ffmpeg([...loop, 'end.mp4'], scratch.path);
    const copy = (...args: string[]) => ffmpeg(['-i', 'end.mp4', '-c', 'copy', ...args], scratch.path);
    await copy('-movflags', '+faststart', 'fast.mp4');
    for (const file of ['m.mkv', 'm.ts']) await copy(file);
    await ffmpeg([...loop, 'm.avi'], scratch.path);
  }, 60_000);
  afterAll(() => scratch.remove());

  // The clip is 1/24 of each file. Four tools open it, each reads its index, and a transport stream has none.
  it.for([
    ['fast.mp4', 3],
    ['end.mp4', 3],
    ['m.mkv', 3],
    ['m.avi', 4],
    ['m.ts', 6],
  ] as const)('costs about ten seconds of %s', async ([file, times]) => {
    const master = fileSource(`${scratch.path}/${file}`);
    const result = await cutClip({ source: master, startS: 121, endS: 131, workDir: scratch.path });
    expect(result.frameCount).toBe(250);
    expect(master.bytesRead()).toBeLessThan((master.sizeBytes / 24) * times);
  });
});
