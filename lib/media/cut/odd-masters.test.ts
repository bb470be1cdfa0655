import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import { mpeg2FieldStream, paffStream } from '#lib/media/test-masters/field-coded.ts';
import { ffmpeg, fileSource, frameNumbers, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { tunedIn, withTwoEdits } from '#lib/media/test-masters/odd.ts';
import { cutClip } from './cut-clip.ts';

const x264 = (...rest: string[]) => ['-c:v', 'libx264', '-preset', 'ultrafast', ...rest];
const closed = x264('-g', '50', '-bf', '2');

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
const inScratch = (name: string) => join(scratch.path, name);
/** Makes `file` from files that are there, or from nothing. */
const make = (file: string, ...args: string[]) => ffmpeg([...args, file], scratch.path);

beforeAll(async () => {
  scratch = await scratchFolder();
  const sound = { audio: ['-c:a', 'aac'] };
  await makeMaster(scratch.path, { ...{ file: 'plain.mp4', rate: '25', seconds: 8, video: closed }, ...sound });
  await makeMaster(scratch.path, { ...{ file: 'plain.ts', rate: '25', seconds: 8, video: closed }, ...sound });
}, 60_000);
afterAll(() => scratch.remove());

const inspect = (file: string) => inspectMaster(fileSource(inScratch(file)), { filename: basename(file) });

async function numbersOf(file: string, startS: number, endS: number): Promise<number[]> {
  const workDir = await mkdtemp(inScratch('cut-'));
  await cutClip({ source: fileSource(inScratch(file)), startS, endS, workDir });
  return frameNumbers(join(workDir, 'clip.mp4'));
}

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The first part of a file, as a crash leaves it. */
async function cutOff(whole: string, file: string, share: number): Promise<void> {
  const bytes = await readFile(inScratch(whole));
  await writeFile(inScratch(file), bytes.subarray(0, Math.floor(bytes.length * share)));
}

describe('frames are what the decoder gives', () => {
  it.for([
    ['paff.ts', 'paff.h264', ['-framerate', '50']],
    ['paff.mp4', 'paff.h264', ['-framerate', '50']],
    ['paff.mkv', 'paff.h264', ['-framerate', '50']],
    ['fields.mkv', 'fields.m2v', ['-framerate', '25', '-fflags', '+genpts']],
    ['fields.ts', 'fields.m2v', ['-framerate', '25', '-fflags', '+genpts']],
  ] as const)('of fields that come one by one (%s)', { timeout: 60_000 }, async ([file, stream, input]) => {
    await writeFile(inScratch(stream), stream === 'fields.m2v' ? mpeg2FieldStream(60) : paffStream(60));
    await make(file, ...input, '-i', stream, '-c', 'copy');
    const { video, durationS } = await inspect(file);
    expect([video.frameRate.num / video.frameRate.den, video.isInterlaced, video.isVariableFrameRate]).toEqual([
      25,
      true,
      false,
    ]);
    expect(durationS).toBeCloseTo(2.4, 1);
    expect(await numbersOf(file, 0.5, 1.5)).toEqual(upTo(12, 37));
    expect(await numbersOf(file, 1.9, 2.4)).toEqual(upTo(47, 59));
  });

  it('of a stream that mixes both kinds of coding, and of an AVI with empty frames', { timeout: 60_000 }, async () => {
    const interlaced = x264('-flags', '+ildct+ilme', '-x264-params', 'tff=1', '-g', '25');
    await makeMaster(scratch.path, { file: 'mbaff.ts', rate: '25', seconds: 4, video: interlaced });
    expect((await inspect('mbaff.ts')).video).toMatchObject({ frameRate: { num: 25, den: 1 }, isInterlaced: true });
    expect(await numbersOf('mbaff.ts', 0.5, 1.5)).toEqual(upTo(12, 37));
    await makeMaster(scratch.path, {
      ...{ file: 'empty.avi', rate: '25', seconds: 6, filters: "select='mod(n+3\\,7)'" },
      video: ['-c:v', 'mpeg4', '-q:v', '4', '-g', '25'],
    });
    const facts = await inspect('empty.avi');
    expect([facts.video.isVariableFrameRate, facts.cutOffAtS]).toEqual([false, null]);
    // One of them alone in a clip.
    expect(await numbersOf('empty.avi', 0, 0.4)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    expect(await numbersOf('empty.avi', 3, 5)).toEqual(upTo(75, 124).filter((n) => (n + 3) % 7 > 0));
  });

  it('and single fields of HEVC, which it cannot join, are refused', { timeout: 60_000 }, async () => {
    const params = ['-x265-params', 'interlace=tff:log-level=error'];
    await makeMaster(scratch.path, {
      ...{ file: 'fields.ts', rate: '25', seconds: 2, size: '320x192', filters: 'separatefields' },
      video: ['-c:v', 'libx265', '-preset', 'ultrafast', ...params],
    });
    await expect(inspect('fields.ts')).rejects.toMatchObject({
      code: 'unsupported_codec',
      message: expect.stringContaining('HEVC in single fields'),
    });
  });

  it('frames that the header calls nothing are interlaced when they say so themselves', {
    timeout: 60_000,
  }, async () => {
    await makeMaster(scratch.path, {
      ...{ file: 'silent.avi', rate: '25', seconds: 2, filters: 'setfield=tff' },
      video: ['-c:v', 'mpeg4', '-flags', '+ildct+ilme', '-top', '1', '-q:v', '3'],
    });
    expect((await inspect('silent.avi')).video.isInterlaced).toBe(true);
  });

  it('from one entry point earlier, where pictures heal as they go', { timeout: 60_000 }, async () => {
    const heal = x264('-bf', '0', '-x264-params', 'intra-refresh=1:keyint=50');
    await makeMaster(scratch.path, { file: 'heal.ts', rate: '25', seconds: 9, video: heal });
    expect(await numbersOf('heal.ts', 4.2, 5)).toEqual(upTo(105, 124));
    await make('heal.mkv', '-i', 'heal.ts', '-c', 'copy');
    expect(await numbersOf('heal.mkv', 6.2, 7)).toEqual(upTo(155, 174));
  });
});

describe('a file begins with the first picture that can be shown', () => {
  it('behind what an edit list hides, and not with sound alone', { timeout: 60_000 }, async () => {
    for (const file of ['trimmed.mp4', 'trimmed.mov']) {
      await make(file, '-ss', '3.3', '-i', 'plain.mp4', '-t', '3', '-c', 'copy');
      const { durationS } = await inspect(file);
      expect(durationS).toBeCloseTo(3, 0);
      expect(await numbersOf(file, 0, 1)).toEqual(upTo(83, 107));
    }
    const late = [
      '-itsoffset',
      '1.5',
      '-i',
      'plain.mp4',
      '-i',
      'plain.mp4',
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-c',
      'copy',
    ];
    for (const file of ['late.mp4', 'late.mkv']) {
      await make(file, ...late);
      expect((await inspect(file)).durationS).toBeCloseTo(8, 1);
      expect(await numbersOf(file, 0, 1)).toEqual(upTo(0, 24));
    }
  });

  it('and goes on where an edit list goes on', { timeout: 60_000 }, async () => {
    await withTwoEdits(inScratch('plain.mp4'), inScratch('edited.mp4'));
    expect((await inspect('edited.mp4')).durationS).toBeCloseTo(4, 1);
    const kept = [...upTo(25, 74), ...upTo(125, 174)];
    expect(await numbersOf('edited.mp4', 0, 4)).toEqual(kept);
    expect(await numbersOf('edited.mp4', 1, 3)).toEqual(kept.slice(25, 75));
  });

  it.for([
    ['wraps within', 95_438, 3, 6, 75],
    ['wraps soon after', 95_430, 5, 7, 125],
    ['is an hour on', 3600, 5, 7, 125],
  ] as const)('whose clock %s', { timeout: 60_000 }, async ([, offset, startS, endS, first]) => {
    const file = `from${offset}.ts`;
    await make(file, '-i', 'plain.ts', '-c', 'copy', '-output_ts_offset', String(offset));
    expect((await inspect(file)).durationS).toBeCloseTo(8, 1);
    expect(await numbersOf(file, 0, 1)).toEqual(upTo(0, 24));
    expect(await numbersOf(file, startS, endS)).toEqual(upTo(first, first + (endS - startS) * 25 - 1));
  });

  it.for([
    ['H.264', closed],
    ['HEVC', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'keyint=50:open-gop=1:log-level=error']],
    ['MPEG-2', ['-c:v', 'mpeg2video', '-bf', '2', '-g', '50', '-q:v', '8']],
  ] as const)('of a recording that begins in mid-GOP (%s)', { timeout: 60_000 }, async ([name, video]) => {
    await makeMaster(scratch.path, {
      file: `${name}.ts`,
      rate: '25',
      seconds: 6,
      video: [...video],
      audio: ['-c:a', 'mp2'],
    });
    await tunedIn(inScratch(`${name}.ts`), inScratch(`late-${name}.ts`), 0.85);
    expect((await inspect(`late-${name}.ts`)).durationS).toBeCloseTo(4, 0);
    const numbers = await numbersOf(`late-${name}.ts`, 0, 1);
    expect(numbers).toEqual(upTo(numbers[0] ?? -1, (numbers[0] ?? -1) + 24));
    // The encoders set the first key frame after the beginning at 50, or a few frames of reordering before it.
    expect(Math.abs((numbers[0] ?? 0) - 50)).toBeLessThan(4);
  });
});

describe('a file lasts as long as its packets', () => {
  it('when the header does not say, and when it says something else', { timeout: 60_000 }, async () => {
    await make('live.mkv', '-i', 'plain.mp4', '-c', 'copy', '-f', 'matroska', '-live', '1');
    expect(await inspect('live.mkv')).toMatchObject({ durationS: expect.closeTo(8, 1), cutOffAtS: null });
    const bytes = await readFile(inScratch('plain.mp4'));
    for (const [file, factor] of [
      ['long.mp4', 5],
      ['short.mp4', 0.2],
    ] as const) {
      const wrong = Buffer.from(bytes);
      // ISO/IEC 14496-12 §8.2.2, §8.3.2, §8.4.2: version 0, after two times of 32 bits; `tkhd` has its number between.
      for (const [box, offset] of [
        ['mvhd', 20],
        ['tkhd', 24],
        ['mdhd', 20],
      ] as const) {
        for (let at = wrong.indexOf(box); at >= 0; at = wrong.indexOf(box, at + 4)) {
          wrong.writeUInt32BE(Math.round(wrong.readUInt32BE(at + offset) * factor), at + offset);
        }
      }
      await writeFile(inScratch(file), wrong);
      expect(await inspect(file)).toMatchObject({ durationS: expect.closeTo(8, 1), cutOffAtS: null });
      expect(await numbersOf(file, 6, 8)).toEqual(upTo(150, 199));
    }
  });

  it.for([
    ['frag.mp4', ['-c', 'copy', '-movflags', '+frag_keyframe+empty_moov+default_base_moof'], 0.613],
    // Here the last fragment has its picture, and not all of its sound.
    ['silent.mp4', ['-c', 'copy', '-movflags', '+frag_keyframe+empty_moov+default_base_moof'], 0.98],
    ['crash.mkv', ['-c', 'copy'], 0.613],
    ['crash.ts', ['-c', 'copy'], 0.613],
    ['crash.avi', ['-c:v', 'mpeg4', '-q:v', '4', '-c:a', 'mp2'], 0.613],
  ] as const)(
    'and is taken up to where it was cut off, and says so (%s)',
    { timeout: 60_000 },
    async ([file, args, share]) => {
      await make(`whole-${file}`, '-i', 'plain.mp4', ...args);
      await cutOff(`whole-${file}`, file, share);
      const { durationS, cutOffAtS } = await inspect(file);
      expect(cutOffAtS).toBe(durationS);
      expect(durationS).toBeGreaterThan(Math.max(4, 8 * share - 2));
      expect(durationS).toBeLessThan(8 * share + 1);
      expect(await numbersOf(file, 4, durationS)).toEqual(upTo(100, Math.round(durationS * 25) - 1));
      await expect(numbersOf(file, 4, durationS + 1)).rejects.toMatchObject({ retryable: false });
    },
  );
});

describe('a Matroska file without an index', () => {
  it.for([
    ['whose recorder died', 'piped.mkv', ['-f', 'matroska', '-live', '1'], 0.9],
    ['whose end is missing, the index with it', 'lost.mkv', [], 0.9],
  ] as const)('%s is not read from its start for every look', { timeout: 120_000 }, async ([, file, args, share]) => {
    await makeMaster(scratch.path, {
      ...{ file: 'noise.mp4', rate: '25', seconds: 8, filters: 'noise=alls=40:allf=t' },
      video: x264('-g', '25', '-b:v', '4M', '-minrate', '4M', '-maxrate', '4M', '-bufsize', '1M'),
    });
    await make(`whole-${file}`, '-stream_loop', '5', '-i', 'noise.mp4', '-c', 'copy', ...args);
    await cutOff(`whole-${file}`, file, share);
    const { durationS, cutOffAtS } = await inspect(file);
    expect(cutOffAtS).toBe(durationS);
    expect(durationS).toBeGreaterThan(40);
    const source = fileSource(inScratch(file));
    const workDir = await mkdtemp(inScratch('cut-'));
    await cutClip({ source, startS: 38, endS: 39, workDir });
    // Eight seconds of numbers, again and again.
    expect(await frameNumbers(join(workDir, 'clip.mp4'))).toEqual(upTo(150, 174));
    expect(source.bytesRead()).toBeLessThan(source.sizeBytes * 1.5);
  });
});

describe('which picture, and which sound', () => {
  it('is the largest that lasts, and the sound of its own programme', { timeout: 60_000 }, async () => {
    const tracks = [
      '-i',
      'plain.mp4',
      '-f',
      'lavfi',
      '-i',
      'color=s=160x90:r=25:d=8',
      '-f',
      'lavfi',
      '-i',
      'color=s=640x360:r=25:d=0.04',
    ];
    const order = ['-map', '1:v', '-map', '0:v', '-map', '2:v', ...x264(), '-disposition:v:0', 'default'];
    for (const file of ['proxy.mp4', 'proxy.mkv']) {
      await make(file, ...tracks, ...order, '-disposition:v:1', '0');
      const { video, durationS } = await inspect(file);
      expect([video.height, durationS]).toEqual([180, expect.closeTo(8, 1)]);
    }
    const second = ['-f', 'lavfi', '-i', 'sine=d=8', '-f', 'lavfi', '-i', 'color=s=160x90:r=25:d=8'];
    const programs = ['-program', 'title=a:st=0:st=1', '-program', 'title=b:st=2:st=3'];
    const maps = ['-map', '2:v', '-map', '1:a', '-map', '0:v', '-map', '0:a'];
    await make(
      'programs.ts',
      '-i',
      'plain.mp4',
      ...second,
      ...maps,
      ...x264(),
      '-c:a:0',
      'mp2',
      '-c:a:1',
      'aac',
      ...programs,
    );
    expect(await inspect('programs.ts')).toMatchObject({ video: { height: 180 }, audio: { codec: 'aac' } });
  });
});
