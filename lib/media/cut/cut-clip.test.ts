import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beeps,
  ffmpeg,
  fileSource,
  frameNumbers,
  makeMaster,
  type NumberedMaster,
  scratchFolder,
} from '#lib/media/test-masters/numbered.ts';
import { cutClip } from './cut-clip.ts';

const x264 = (...rest: string[]) => ['-c:v', 'libx264', '-preset', 'ultrafast', ...rest];
const x265 = [
  '-c:v',
  'libx265',
  '-preset',
  'ultrafast',
  '-x265-params',
  'keyint=50:open-gop=1:bframes=3:log-level=error',
];
const openGop = x264('-bf', '3', '-x264-params', 'open-gop=1:keyint=40:scenecut=0');

interface Case extends NumberedMaster {
  /** Clips by time, and the numbers that they show. */
  cuts: { startS: number; endS: number; first: number; last: number }[];
}

const CASES: Record<string, Case> = {
  'H.264 open GOP with B-frames in mp4, 25': {
    ...{ file: 'a.mp4', rate: '25', seconds: 8, video: openGop, audio: ['-c:a', 'aac'] },
    cuts: [
      { startS: 0, endS: 2, first: 0, last: 49 },
      { startS: 3.2, endS: 5.04, first: 80, last: 125 },
      { startS: 3.11, endS: 4.13, first: 77, last: 103 },
      { startS: 5, endS: 8, first: 125, last: 199 },
    ],
  },
  'H.264 in ts, 59.94, clock from 1.4 s': {
    ...{ file: 'b.ts', rate: '60000/1001', seconds: 6, video: openGop, audio: ['-c:a', 'mp2'] },
    cuts: [
      { startS: 1.5015, endS: 3.003, first: 90, last: 179 },
      { startS: 4.51, endS: 6.006, first: 270, last: 359 },
    ],
  },
  'HEVC open GOP in mkv, 29.97, no audio': {
    ...{ file: 'c.mkv', rate: '30000/1001', seconds: 8, video: x265 },
    cuts: [
      { startS: 2.002, endS: 4.004, first: 60, last: 119 },
      { startS: 3.337, endS: 3.5, first: 100, last: 104 },
    ],
  },
  'HEVC in mov, 50': {
    ...{ file: 'd.mov', rate: '50', seconds: 6, video: [...x265, '-tag:v', 'hvc1'], audio: ['-c:a', 'pcm_s16le'] },
    cuts: [{ startS: 2.99, endS: 4.5, first: 149, last: 224 }],
  },
  'HEVC in ts, 25': {
    ...{ file: 'e.ts', rate: '25', seconds: 8, video: x265, audio: ['-c:a', 'ac3'] },
    cuts: [{ startS: 3.9, endS: 6, first: 97, last: 149 }],
  },
  'MPEG-2 in ts, 29.97': {
    ...{
      file: 'f.ts',
      rate: '30000/1001',
      seconds: 6,
      video: ['-c:v', 'mpeg2video', '-bf', '2', '-g', '15', '-q:v', '3'],
    },
    cuts: [{ startS: 2.1, endS: 4.1, first: 62, last: 122 }],
  },
  'MPEG-2 in a program stream, 25': {
    ...{ file: 'g.mpg', rate: '25', seconds: 6, video: ['-c:v', 'mpeg2video', '-bf', '2', '-g', '12', '-q:v', '3'] },
    audio: ['-c:a', 'mp2'],
    cuts: [{ startS: 2.2, endS: 4, first: 55, last: 99 }],
  },
  'MPEG-4 with B-frames in avi, 30': {
    ...{ file: 'h.avi', rate: '30', seconds: 6, video: ['-c:v', 'mpeg4', '-bf', '2', '-g', '30', '-q:v', '3'] },
    audio: ['-c:a', 'mp3'],
    cuts: [
      { startS: 0, endS: 1, first: 0, last: 29 },
      { startS: 2.05, endS: 6, first: 61, last: 179 },
    ],
  },
  'H.264 with B-frames in avi, 25': {
    ...{ file: 'i.avi', rate: '25', seconds: 6, video: x264('-bf', '2', '-g', '50') },
    cuts: [{ startS: 2, endS: 4, first: 50, last: 99 }],
  },
  'ProRes in mov, 29.97': {
    ...{ file: 'k.mov', rate: '30000/1001', seconds: 4, video: ['-c:v', 'prores_ks', '-profile:v', '2'] },
    ...{ pixelFormat: 'yuv422p10le', audio: ['-c:a', 'pcm_s24le'] },
    cuts: [{ startS: 1.001, endS: 2.002, first: 30, last: 59 }],
  },
  'ProRes 4444 with transparency in mov, 25': {
    ...{ file: 'l.mov', rate: '25', seconds: 3, video: ['-c:v', 'prores_ks', '-profile:v', '4'] },
    pixelFormat: 'yuva444p10le',
    cuts: [{ startS: 1, endS: 2, first: 25, last: 49 }],
  },
  'DNxHD in mov, 25': {
    ...{ file: 'm.mov', rate: '25', seconds: 3, size: '1280x720', video: ['-c:v', 'dnxhd', '-b:v', '90M'] },
    ...{ pixelFormat: 'yuv422p', audio: ['-c:a', 'pcm_s16le'] },
    cuts: [{ startS: 1, endS: 2, first: 25, last: 49 }],
  },
  'DNxHR in mov, 25': {
    ...{ file: 'n.mov', rate: '25', seconds: 3, video: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_lb'] },
    pixelFormat: 'yuv422p',
    cuts: [{ startS: 1, endS: 2, first: 25, last: 49 }],
  },
  'MPEG-4 in mp4, 60': {
    ...{
      file: 'j.mp4',
      rate: '60',
      seconds: 6,
      video: ['-c:v', 'mpeg4', '-q:v', '3', '-g', '120'],
      audio: ['-c:a', 'aac'],
    },
    cuts: [{ startS: 3.5, endS: 5, first: 210, last: 299 }],
  },
};

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
});
afterAll(() => scratch.remove());

async function cut(file: string, startS: number, endS: number) {
  const workDir = await mkdtemp(join(scratch.path, 'cut-'));
  const source = fileSource(file);
  const result = await cutClip({ source, startS, endS, workDir });
  return { result, workDir, source };
}

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('every frame from the one on screen at the start to the last before the end', () => {
  it.for(Object.entries(CASES))('%s', { timeout: 60_000 }, async ([, testCase]) => {
    const file = await makeMaster(scratch.path, testCase);
    for (const { startS, endS, first, last } of testCase.cuts) {
      const { result, workDir } = await cut(file, startS, endS);
      expect(await frameNumbers(join(workDir, 'clip.mp4'))).toEqual(upTo(first, last));
      const top = result.files.find(({ assetType }) => assetType === 'hls_segment')?.fileName ?? '';
      expect(await frameNumbers(join(workDir, top))).toEqual(upTo(first, last));
      expect(await frameNumbers(join(workDir, 'playlist.m3u8'))).toEqual(upTo(first, last));
      expect(result.frameCount).toBe(last - first + 1);
    }
  });

  it('of a variable frame rate, each at its own time', { timeout: 60_000 }, async () => {
    const file = await makeMaster(scratch.path, {
      ...{ file: 'vfr.mp4', rate: '50', seconds: 8, video: x264('-bf', '2', '-g', '60', '-enc_time_base', '1:90000') },
      filters: "select='not(mod(n\\,3))+not(mod(n\\,7))'",
      audio: ['-c:a', 'aac'],
    });
    const shown = upTo(0, 399).filter((n) => n % 3 === 0 || n % 7 === 0);
    // 3.1 s is number 155; on screen is 154. The end, 5.0 s, is number 250, which is not there: the last is 249.
    const { workDir, result } = await cut(file, 3.1, 5);
    expect(await frameNumbers(join(workDir, 'clip.mp4'))).toEqual(shown.filter((n) => n >= 154 && n < 250));
    expect(result.durationS).toBeCloseTo(1.92, 1);
  });
});

describe('shapes', () => {
  it('turns a portrait picture upright', { timeout: 60_000 }, async () => {
    const upright = await makeMaster(scratch.path, {
      file: 'p0.mp4',
      rate: '25',
      seconds: 4,
      size: '640x360',
      video: x264(),
    });
    await ffmpeg(['-display_rotation', '90', '-i', upright, '-c', 'copy', 'p.mp4'], scratch.path).catch(() =>
      ffmpeg(['-i', upright, '-c', 'copy', '-metadata:s:v', 'rotate=90', 'p.mp4'], scratch.path),
    );
    const { result } = await cut(join(scratch.path, 'p.mp4'), 1, 2);
    const clip = result.files.find(({ fileName }) => fileName === 'clip.mp4');
    expect([clip?.width, clip?.height]).toEqual([360, 640]);
    expect(result.files.map(({ fileName }) => fileName)).toContain('360.m4s');
  });

  it('makes the pixels of an anamorphic picture square, and its own height the top rendition', {
    timeout: 60_000,
  }, async () => {
    const file = await makeMaster(scratch.path, {
      ...{ file: 'sar.ts', rate: '25', seconds: 4, size: '720x576', filters: 'setsar=64/45' },
      video: ['-c:v', 'mpeg2video', '-g', '12', '-q:v', '4'],
    });
    const { result, workDir } = await cut(file, 1, 2);
    const sizes = result.files.filter((f) => f.assetType === 'hls_segment').map((f) => [f.fileName, f.width, f.height]);
    expect(sizes).toEqual([
      ['576.m4s', 1024, 576],
      ['360.m4s', 640, 360],
    ]);
    expect(await frameNumbers(join(workDir, '360.m4s'))).toEqual(upTo(25, 49));
  });

  it('keeps one frame of each interlaced frame', { timeout: 60_000 }, async () => {
    const file = await makeMaster(scratch.path, {
      ...{ file: 'int.ts', rate: '25', seconds: 4, filters: 'setfield=tff' },
      video: ['-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-top', '1', '-g', '12', '-q:v', '3'],
    });
    const { workDir } = await cut(file, 1, 3);
    expect(await frameNumbers(join(workDir, 'clip.mp4'))).toEqual(upTo(25, 74));
  });
});

describe('what is delivered', () => {
  it('keeps the sound with the picture, and reports every file', { timeout: 60_000 }, async () => {
    const file = await makeMaster(scratch.path, CASES['H.264 open GOP with B-frames in mp4, 25'] as Case);
    const progress: number[] = [];
    const workDir = await mkdtemp(join(scratch.path, 'cut-'));
    const source = fileSource(file);
    const result = await cutClip({ source, startS: 2.52, endS: 6, workDir, onProgress: (f) => progress.push(f) });
    for (const [i, onset] of (await beeps(join(workDir, 'clip.mp4'))).entries()) {
      expect(Math.abs(onset - (0.48 + i))).toBeLessThan(0.012);
    }
    expect((await beeps(join(workDir, 'clip.mp4'))).length).toBe(3);
    expect(result.files.map(({ fileName, assetType }) => `${assetType} ${fileName}`)).toEqual([
      'mp4 clip.mp4',
      'hls_segment 180.m4s',
      'hls_playlist 180.m3u8',
      'hls_playlist playlist.m3u8',
      'thumbnail thumb.jpg',
      'thumbnail_grid grid.jpg',
      'thumbnail_grid grid.vtt',
    ]);
    for (const { path, sizeBytes } of result.files) expect((await readFile(path)).length).toBe(sizeBytes);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const sliceDir = await mkdtemp(join(scratch.path, 'cut-'));
    const sliced = await cutClip({ source, startS: 2.52, endS: 6, workDir: sliceDir, isSliced: true });
    const withoutPlaylists = result.files.filter(({ assetType }) => !assetType.startsWith('hls_'));
    expect(sliced.files.map(({ path: _, ...file }) => file)).toEqual(
      withoutPlaylists.map(({ path: _, ...file }) => file),
    );
  });

  it.for([
    [5, 5, 'start_after_end', 'The clip would start at 5.0 s and end at 5.0 s.'],
    [1, 400, 'too_long', 'A clip lasts at most 300 s; this one would last 399.0 s.'],
    [5, 20, 'beyond_master', 'The master lasts 8.0 s; the clip would end at 20.0 s.'],
    [9, 10, 'beyond_master', 'The master lasts 8.0 s; the clip would start at 9.0 s.'],
  ] as const)('refuses %s to %s: %s', async ([startS, endS, code, message]) => {
    const file = await makeMaster(scratch.path, CASES['H.264 open GOP with B-frames in mp4, 25'] as Case);
    await expect(cut(file, startS, endS)).rejects.toMatchObject({ code, message, retryable: false });
  });

  it('calls a failing store retryable, and stops at once when told to', async () => {
    const file = await makeMaster(scratch.path, CASES['H.264 open GOP with B-frames in mp4, 25'] as Case);
    const workDir = await mkdtemp(join(scratch.path, 'cut-'));
    const source = fileSource(file);
    let reads = 0;
    const failing = {
      ...source,
      read: (range: { first: number; last: number }) => {
        reads += 1;
        return reads > 3 ? Promise.reject(new Error('disk on fire')) : source.read(range);
      },
    };
    await expect(cutClip({ source: failing, startS: 1, endS: 3, workDir })).rejects.toMatchObject({
      code: 'source_unreadable',
      retryable: true,
    });
    const stop = new AbortController();
    const running = cutClip({ source, startS: 1, endS: 3, workDir, signal: stop.signal });
    stop.abort(new Error('told to stop'));
    await expect(running).rejects.toThrow('told to stop');
  });
});
