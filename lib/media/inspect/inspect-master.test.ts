import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutClip } from '#lib/media/cut/cut-clip.ts';
import { isMediaError, type MediaError } from '#lib/media/media-types.ts';
import { ffmpeg, fileSource, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { inspectMaster } from './inspect-master.ts';

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
let good: string;
const inScratch = (name: string) => join(scratch.path, name);

beforeAll(async () => {
  scratch = await scratchFolder();
  good = await makeMaster(scratch.path, {
    ...{ file: 'good.mp4', rate: '30', seconds: 20, filters: 'noise=alls=12:allf=t' },
    video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-movflags', '+faststart'],
    audio: ['-c:a', 'aac'],
  });
});
afterAll(() => scratch.remove());

const inspect = (path: string, filename = basename(path)) => inspectMaster(fileSource(path), { filename });

async function faultOf(path: string, filename?: string): Promise<MediaError> {
  const outcome = await inspect(path, filename).catch((error: unknown) => error);
  if (isMediaError(outcome)) return outcome;
  throw new Error(`No MediaError, but ${JSON.stringify(outcome)}`);
}

async function withBytes(name: string, bytes: Uint8Array | string): Promise<string> {
  await writeFile(inScratch(name), bytes);
  return inScratch(name);
}

describe('a sound master', () => {
  it('is described', async () => {
    expect(await inspect(good)).toEqual({
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      durationS: 20,
      cutOffAtS: null,
      video: {
        ...{ codec: 'h264', codedWidth: 320, codedHeight: 180, width: 320, height: 180, rotation: 0 },
        ...{ sampleAspectRatio: { num: 1, den: 1 }, frameRate: { num: 30, den: 1 }, isVariableFrameRate: false },
        ...{ isInterlaced: false, pixelFormat: 'yuv420p' },
        colour: { matrix: 'smpte170m', primaries: 'bt709', dynamicRange: 'sdr', isFullRange: false },
      },
      audio: { codec: 'aac', sampleRateHz: 48_000, channels: 1 },
      audioNote: null,
      gaps: [],
      damage: [],
    });
  });

  it('may carry subtitles and a cover picture', async () => {
    await writeFile(inScratch('s.srt'), '1\n00:00:00,000 --> 00:00:02,000\nhello\n');
    await ffmpeg(['-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1', 'cover.png'], scratch.path);
    await ffmpeg(
      [
        ...['-i', 'cover.png', '-i', 'good.mp4', '-i', 's.srt', '-map', '0', '-map', '1', '-map', '2', '-c', 'copy'],
        ...['-c:s', 'mov_text', '-disposition:v:0', 'attached_pic', 'dressed.mp4'],
      ],
      scratch.path,
    );
    expect((await inspect(inScratch('dressed.mp4'))).video.codec).toBe('h264');
  });

  it('of a transport stream is seen to be interlaced, upright and of its real length', async () => {
    const file = await makeMaster(scratch.path, {
      ...{ file: 'i.ts', rate: '25', seconds: 5, size: '720x576', filters: 'setfield=tff,setsar=16/15' },
      video: ['-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-top', '1', '-g', '12', '-q:v', '4'],
    });
    const facts = await inspect(file);
    expect(facts).toMatchObject({ container: 'mpegts', video: { width: 768, height: 576, isInterlaced: true } });
    expect(facts.durationS).toBeCloseTo(5, 1);
  });

  it.for(['mkv', 'avi'])('may be cut off at 60 %% (%s)', async (suffix) => {
    const whole = inScratch(`whole.${suffix}`);
    await ffmpeg(['-i', 'good.mp4', '-c', 'copy', whole], scratch.path);
    const bytes = await readFile(whole);
    const facts = await inspect(await withBytes(`part.${suffix}`, bytes.subarray(0, bytes.length * 0.6)));
    expect(facts.cutOffAtS).toBe(facts.durationS);
    expect(facts.durationS).toBeGreaterThan(10.5);
    expect(facts.durationS).toBeLessThan(13.5);
  });
});

describe('a file that can be no master', () => {
  it('that is empty', async () => {
    expect(await faultOf(await withBytes('empty.mp4', ''))).toMatchObject({
      code: 'empty_file',
      message: 'The file is empty.',
    });
  });

  it.for([
    ['text', 'hello, this is a letter\n'.repeat(200)],
    ['random bytes', Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) & 255)],
  ] as const)('that is %s', async ([name, bytes]) => {
    const fault = await faultOf(await withBytes(`${name}.mp4`, bytes));
    expect(fault).toMatchObject({ code: 'not_a_video', retryable: false });
    expect(fault.technical).not.toContain('127.0.0.1');
  });

  it('whose index names more than there is: it was not copied whole', async () => {
    await ffmpeg(['-i', 'good.mp4', '-c', 'copy', '-movflags', '+faststart', 'fast.mp4'], scratch.path);
    const bytes = await readFile(inScratch('fast.mp4'));
    const fault = await faultOf(await withBytes('part.mp4', bytes.subarray(0, bytes.length * 0.6)));
    expect(fault.code).toBe('truncated');
    const [, ends = '', says = ''] =
      /^The file ends at ([\d.]+) s, though it says that it lasts ([\d.]+) s:/.exec(fault.message) ?? [];
    expect(Number(says)).toBeCloseTo(20, 0);
    expect(Number(ends)).toBeGreaterThan(10.5);
    expect(Number(ends)).toBeLessThan(13.5);
  });

  it('without picture', async () => {
    await ffmpeg(['-i', 'good.mp4', '-vn', '-c', 'copy', 'audio.mp4'], scratch.path);
    expect(await faultOf(inScratch('audio.mp4'))).toMatchObject({ code: 'no_video_stream' });
  });

  it('in a codec that is not accepted', async () => {
    await ffmpeg(['-i', 'good.mp4', '-t', '1', '-an', '-c:v', 'libvpx', 'vp8.mkv'], scratch.path);
    expect(await faultOf(inScratch('vp8.mkv'))).toMatchObject({
      code: 'unsupported_codec',
      message: 'The video is coded as vp8. Export it as H.264, HEVC, MPEG-2, MPEG-4, ProRes or DNxHD.',
    });
  });

  it('under the suffix of another container, whichever way round; inside one family any will do', async () => {
    await ffmpeg(['-i', 'good.mp4', '-t', '2', '-c', 'copy', 'short.mp4'], scratch.path);
    await ffmpeg(['-i', 'good.mp4', '-t', '2', '-c', 'copy', 'short.mkv'], scratch.path);
    await ffmpeg(['-i', 'good.mp4', '-t', '2', '-c', 'copy', 'short.ts'], scratch.path);
    expect(await faultOf(inScratch('short.mkv'), 'p1.mp4')).toMatchObject({
      code: 'wrong_suffix',
      retryable: false,
      message:
        'The file is Matroska inside, whatever ".mp4" says. Rename it so that it ends in .mkv, and upload it again.',
    });
    expect((await faultOf(inScratch('short.mp4'), 'p1.MKV')).message).toContain('ends in .mp4 or .m4v or .mov,');
    expect((await faultOf(inScratch('short.ts'), 'p1.avi')).message).toContain('MPEG transport stream');
    for (const [file, name] of [
      ['short.mp4', 'p1.MOV'],
      ['short.mkv', 'p1.mkv'],
      ['short.ts', 'p1.m2ts'],
    ] as const) {
      expect((await inspect(inScratch(file), name)).video.codec).toBe('h264');
    }
  });

  it('whose picture is too large, as stored or as shown', async () => {
    const one = ['-frames:v', '30', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
    await ffmpeg(['-f', 'lavfi', '-i', 'color=s=8208x64', ...one, 'wide.mp4'], scratch.path);
    expect(await faultOf(inScratch('wide.mp4'))).toMatchObject({
      code: 'picture_too_large',
      message: 'The picture is 8208 × 64; at most 8192 × 8192 can be cut. Export it smaller.',
    });
    await ffmpeg(['-f', 'lavfi', '-i', 'color=s=320x64,setsar=100/1', ...one, 'stretched.mp4'], scratch.path);
    expect(await faultOf(inScratch('stretched.mp4'))).toMatchObject({
      code: 'picture_too_large',
      message: expect.stringContaining('32000 × 64'),
    });
    await ffmpeg(['-f', 'lavfi', '-i', 'color=s=8192x64', ...one, 'just.mp4'], scratch.path);
    expect((await inspect(inScratch('just.mp4'))).video.width).toBe(8192);
  });

  it('whose picture comes after the sixteenth stream, while any number of others after it does no harm', async () => {
    const sounds = (count: number) => Array.from({ length: count }, () => ['-map', '0:a']).flat();
    const copy = ['-t', '2', '-c', 'copy'];
    await ffmpeg(['-i', 'good.mp4', ...sounds(15), '-map', '0:v', ...copy, 'last.mkv'], scratch.path);
    expect((await inspect(inScratch('last.mkv'))).video.width).toBe(320);
    await ffmpeg(['-i', 'good.mp4', ...sounds(16), '-map', '0:v', ...copy, 'behind.mkv'], scratch.path);
    expect(await faultOf(inScratch('behind.mkv'))).toMatchObject({
      code: 'no_video_stream',
      message: 'None of the first 16 streams of the file is a video. Export it with its picture first.',
    });
    await ffmpeg(['-i', 'good.mp4', '-map', '0:v', ...sounds(20), ...copy, 'broadcast.mkv'], scratch.path);
    expect((await inspect(inScratch('broadcast.mkv'))).audio?.codec).toBe('aac');
  });

  it('of 1,001 streams, for good', async () => {
    await ffmpeg(['-i', 'good.mp4', '-t', '0.5', '-c', 'copy', 'two.mp4'], scratch.path);
    const bytes = await readFile(inScratch('two.mp4'));
    // The index comes last: the sound's own part of it (ISO/IEC 14496-12, `trak`) is in there 999 times more.
    const moov = bytes.indexOf('moov') - 4;
    const sound = bytes.lastIndexOf('trak') - 4;
    const trak = bytes.subarray(sound, sound + bytes.readUInt32BE(sound));
    const many = Buffer.concat([bytes.subarray(0, sound), ...Array(999).fill(trak), bytes.subarray(sound)]);
    many.writeUInt32BE(bytes.readUInt32BE(moov) + 999 * trak.length, moov);
    expect(await faultOf(await withBytes('many.mp4', many))).toMatchObject({
      code: 'too_many_streams',
      retryable: false,
      message: 'The file has more than 64 streams. Export it with its picture and its sound alone.',
    });
  });

  it('that asks for more memory than its check may take, for good', async () => {
    const pictures = (size: string) => [
      '-f',
      'lavfi',
      '-i',
      `color=s=${size}:r=30:d=0.2`,
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
    ];
    await ffmpeg([...pictures('8192x4320'), 'huge.mp4'], scratch.path);
    await ffmpeg([...pictures('8192x8192'), 'square.mp4'], scratch.path);
    const limits = { memoryBytes: 512 * 1024 ** 2, cpuS: 60 };
    const check = (filename: string) =>
      inspectMaster(fileSource(inScratch(filename)), { filename, limits }).catch((error: unknown) => error);
    expect(await check('square.mp4')).toMatchObject({ code: 'too_demanding', retryable: false });
    expect(await check('huge.mp4')).toMatchObject({ video: { width: 8192, height: 4320 } });
  });

  it('that lost its index', async () => {
    await ffmpeg(['-i', 'good.mp4', '-c', 'copy', 'end.mp4'], scratch.path);
    const bytes = await readFile(inScratch('end.mp4'));
    const fault = await faultOf(await withBytes('noindex.mp4', bytes.subarray(0, bytes.length * 0.6)));
    expect(fault.code).toBe('truncated');
    expect(fault.message).toMatch(/incomplete: its index/);
  });

  it('with 2,000 flipped bytes', async () => {
    const bytes = await readFile(good);
    const media = bytes.indexOf('mdat') + 8;
    const step = Math.floor((bytes.length - media) / 2000);
    for (let i = 0; i < 2000; i++) {
      const at = media + i * step;
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    }
    const fault = await faultOf(await withBytes('flipped.mp4', bytes));
    expect(fault).toMatchObject({
      code: 'undecodable',
      message: expect.stringMatching(/^The picture is damaged near 0\.0 s\./),
    });
  });
});

describe('a master with a spot of damage', () => {
  it.for([
    { at: 'start', share: 0, spot: { startS: 0, endS: 1 }, bad: [0, 3], fine: [14, 16] },
    { at: 'middle', share: 0.49, spot: { startS: 9.5, endS: 10.5 }, bad: [8, 13], fine: [0, 2] },
    { at: 'end', share: 0.97, spot: { startS: 19, endS: 20 }, bad: [17, 20], fine: [3, 5] },
  ] as const)(
    'at its $at is taken and told; clips that touch it fail, and no others',
    { timeout: 60_000 },
    async (damage) => {
      const bytes = await readFile(good);
      const from = bytes.indexOf('mdat') + 2000 + Math.floor((bytes.length - 20_000) * damage.share);
      bytes.fill(0, from, from + 15_000);
      const file = await withBytes(`${damage.at}.mp4`, bytes);
      expect(await inspect(file)).toMatchObject({ damage: [damage.spot], gaps: [] });
      const workDir = await mkdtemp(inScratch('w-'));
      const cut = ([startS, endS]: readonly [number, number]) =>
        cutClip({ source: fileSource(file), startS, endS, workDir });
      const fault = await cut(damage.bad).catch((error: unknown) => error);
      expect(fault).toMatchObject({ code: 'undecodable', retryable: false });
      // The place is told to a second.
      const [spot, ...others] = isMediaError(fault) ? (fault.flaws.damage ?? []) : [];
      expect(others).toEqual([]);
      expect((spot?.endS ?? 0) - (spot?.startS ?? 0)).toBeLessThanOrEqual(2.1);
      expect(spot?.startS).toBeLessThan(damage.spot.endS);
      expect(spot?.endS).toBeGreaterThan(damage.spot.startS);
      expect((await cut(damage.fine)).frameCount).toBe(60);
    },
  );
});

describe('a file that names others', () => {
  it('is refused, and nothing it names is read', async () => {
    const asked: string[] = [];
    const canary = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(Buffer.alloc(100));
    }).listen(0, '127.0.0.1');
    await once(canary, 'listening');
    const address = canary.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const segments = [`http://127.0.0.1:${port}/canary.ts`, `file://${good}`, good, 'good.mp4'];
    const hostile: Record<string, string> = {
      'hls.mp4': `#EXTM3U\n#EXT-X-TARGETDURATION:10\n${segments.map((s) => `#EXTINF:10,\n${s}\n`).join('')}#EXT-X-ENDLIST\n`,
      'concat.mp4': `ffconcat version 1.0\n${segments.map((s) => `file '${s}'\n`).join('')}`,
      'dash.mp4': `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${segments[0]}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
      'sdp.mp4': `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
    };
    try {
      for (const [name, text] of Object.entries(hostile)) {
        const file = await withBytes(name, text);
        expect([name, (await faultOf(file)).code]).toEqual([name, 'not_a_video']);
        const clip = cutClip({ source: fileSource(file), startS: 0, endS: 1, workDir: scratch.path });
        await expect(clip).rejects.toMatchObject({ code: 'not_a_video' });
      }
      expect(asked).toEqual([]);
    } finally {
      canary.close();
    }
  });
});
