import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutClip } from './cut-clip.ts';
import { inspectMaster } from './inspect-master.ts';
import { isMediaError, type MediaError } from './media-types.ts';
import { ffmpeg, fileSource, makeMaster, scratchFolder } from './numbered-masters.ts';

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

async function faultOf(path: string): Promise<MediaError> {
  const outcome = await inspectMaster(fileSource(path)).catch((error: unknown) => error);
  if (isMediaError(outcome)) return outcome;
  throw new Error(`No MediaError, but ${JSON.stringify(outcome)}`);
}

async function withBytes(name: string, bytes: Uint8Array | string): Promise<string> {
  await writeFile(inScratch(name), bytes);
  return inScratch(name);
}

describe('a sound master', () => {
  it('is described', async () => {
    expect(await inspectMaster(fileSource(good))).toEqual({
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      durationS: 20,
      video: {
        ...{ codec: 'h264', codedWidth: 320, codedHeight: 180, width: 320, height: 180, rotation: 0 },
        ...{ sampleAspectRatio: { num: 1, den: 1 }, frameRate: { num: 30, den: 1 }, isVariableFrameRate: false },
        ...{ isInterlaced: false, pixelFormat: 'yuv420p' },
      },
      audio: { codec: 'aac', sampleRateHz: 48_000, channels: 1 },
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
    expect((await inspectMaster(fileSource(inScratch('dressed.mp4')))).video.codec).toBe('h264');
  });

  it('of a transport stream is seen to be interlaced, upright and of its real length', async () => {
    const file = await makeMaster(scratch.path, {
      ...{ file: 'i.ts', rate: '25', seconds: 5, size: '720x576', filters: 'setfield=tff,setsar=16/15' },
      video: ['-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-top', '1', '-g', '12', '-q:v', '4'],
    });
    const facts = await inspectMaster(fileSource(file));
    expect(facts).toMatchObject({ container: 'mpegts', video: { width: 768, height: 576, isInterlaced: true } });
    expect(facts.durationS).toBeCloseTo(5, 1);
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

  it('without picture', async () => {
    await ffmpeg(['-i', 'good.mp4', '-vn', '-c', 'copy', 'audio.mp4'], scratch.path);
    expect(await faultOf(inScratch('audio.mp4'))).toMatchObject({ code: 'no_video_stream' });
  });

  it('in a codec that is not accepted', async () => {
    await ffmpeg(['-i', 'good.mp4', '-t', '1', '-an', '-c:v', 'libvpx', 'vp8.mkv'], scratch.path);
    expect(await faultOf(inScratch('vp8.mkv'))).toMatchObject({
      code: 'unsupported_codec',
      message: 'The video is coded as vp8. Export it as H.264, HEVC, MPEG-2 or MPEG-4.',
    });
  });

  it.for(['mp4', 'mkv', 'avi'])('that was cut off at 60 %% (%s)', async (suffix) => {
    const whole = inScratch(`whole.${suffix}`);
    await ffmpeg(['-i', 'good.mp4', '-c', 'copy', '-movflags', '+faststart', whole], scratch.path);
    const bytes = await readFile(whole);
    const fault = await faultOf(await withBytes(`part.${suffix}`, bytes.subarray(0, bytes.length * 0.6)));
    expect(fault.code).toBe('truncated');
    const [, ends = '', says = ''] =
      /^The file ends at ([\d.]+) s, though it says that it lasts ([\d.]+) s\. Export it again\.$/.exec(
        fault.message,
      ) ?? [];
    expect(Number(says)).toBeCloseTo(20, 0);
    expect(Number(ends)).toBeGreaterThan(10.5);
    expect(Number(ends)).toBeLessThan(13.5);
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

  it('damaged in one place fails the clip there, and no other', async () => {
    const bytes = await readFile(good);
    const from = Math.floor(bytes.length * 0.3);
    bytes.fill(0x55, from, from + 4000);
    const file = await withBytes('scratch.mp4', bytes);
    const workDir = await mkdtemp(inScratch('w-'));
    const bad = cutClip({ source: fileSource(file), startS: 4, endS: 8, workDir });
    await expect(bad).rejects.toMatchObject({
      code: 'undecodable',
      message: expect.stringMatching(/damaged between 4\.0 s and 8\.0 s/),
    });
    const fine = await cutClip({ source: fileSource(file), startS: 14, endS: 16, workDir });
    expect(fine.frameCount).toBe(60);
  });
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
