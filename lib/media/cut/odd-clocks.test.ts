import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTimes } from '#lib/media/frames/gaps.ts';
import { joinRanges } from '#lib/media/frames/time-ranges.ts';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import type { CutResult } from '#lib/media/media-types.ts';
import { probeMaster } from '#lib/media/probe/probe-master.ts';
import { beeps, fileSource, frameNumbers, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { joinedRecordings } from '#lib/media/test-masters/odd.ts';
import { serveSource } from '#lib/media/tools/loopback-source.ts';
import { cutClip } from './cut-clip.ts';

const run = promisify(execFile);
let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
});
afterAll(() => scratch.remove());

const x264 = (...rest: string[]) => ['-c:v', 'libx264', '-preset', 'ultrafast', ...rest];
const AT_90_KHZ = ['-enc_time_base', '1:90000'];
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** When the frames of a file are shown, in seconds, and how long the last one stays. */
async function shownIn(file: string): Promise<number[]> {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time', '-of', 'json', file];
  const { packets } = JSON.parse((await run('ffprobe', args, { maxBuffer: 1e8 })).stdout);
  return packets.map((packet: { pts_time: string }) => Number(packet.pts_time)).sort((a: number, b: number) => a - b);
}

async function cut(file: string, startS: number, endS: number): Promise<CutResult & { workDir: string }> {
  const workDir = await mkdtemp(join(scratch.path, 'cut-'));
  return { ...(await cutClip({ source: fileSource(file), startS, endS, workDir })), workDir };
}

/** Each segment by itself with its initialisation section, as a player appends it. */
async function segmentTimes(result: CutResult & { workDir: string }): Promise<number[][]> {
  const renditions = result.files.filter(({ assetType }) => assetType === 'hls_segment');
  return Promise.all(
    renditions.map(async ({ path, index }) => {
      if (index?.kind !== 'rendition') throw new Error('A rendition has an index.');
      const bytes = await readFile(path);
      const times: number[] = [];
      for (const { offset, length } of index.segments) {
        const alone = Buffer.concat([bytes.subarray(0, index.init.length), bytes.subarray(offset, offset + length)]);
        await writeFile(`${path}.alone.mp4`, alone);
        times.push(...(await shownIn(`${path}.alone.mp4`)));
      }
      const total = index.segments.reduce((sum, { durationS }) => sum + durationS, 0);
      expect(Math.abs(total - result.durationS)).toBeLessThan(0.001);
      return times;
    }),
  );
}

/** The clip shows these numbers at these seconds, in `clip.mp4` and in every segment of every rendition. */
async function expectShown(result: CutResult & { workDir: string }, numbers: number[], atS: number[]): Promise<void> {
  expect(await frameNumbers(join(result.workDir, 'clip.mp4'))).toEqual(numbers);
  expect(atS).toHaveLength(numbers.length);
  for (const times of [await shownIn(join(result.workDir, 'clip.mp4')), ...(await segmentTimes(result))]) {
    expect(times).toHaveLength(atS.length);
    for (const [i, time] of times.entries()) expect(Math.abs(time - (atS[i] ?? -1))).toBeLessThan(0.001);
  }
}

/** Numbers and times of a master's frames between two moments, from the number on screen at the first. */
const within = (frames: readonly { n: number; atS: number }[], startS: number, endS: number) => {
  const first = frames.findLastIndex(({ atS }) => atS <= startS + 0.001);
  const shown = frames.slice(first).filter(({ atS }) => atS < endS - 0.001);
  const zeroS = shown[0]?.atS ?? 0;
  return { zeroS, numbers: shown.map(({ n }) => n), atS: shown.map(({ atS }) => atS - zeroS) };
};

describe('a variable rate keeps each frame once, at its own time', () => {
  it.for([
    {
      ...{
        of: '30 frames a second with two early ones',
        file: 'hiccup.mp4',
        rate: '30',
        size: '320x180',
        startS: 2,
        endS: 4.5,
      },
      filters: "settb=1/90000,setpts='round((N/30-if(eq(N,101)+eq(N,111),0.026,0))*90000)'",
      timeOf: (n: number) => n / 30 - (n === 101 || n === 111 ? 0.026 : 0),
    },
    {
      ...{ of: '60, then 30, in B-frames', file: 'sixty.mov', rate: '60', size: '640x480', startS: 2, endS: 6.5 },
      filters: "select='lt(t,4)+not(mod(n,2))'",
      timeOf: (n: number) => (n < 240 || n % 2 === 0 ? n / 60 : null),
    },
    {
      ...{
        of: "a phone's 24 to 30, to the millisecond",
        file: 'phone.mkv',
        rate: '30',
        size: '320x180',
        startS: 1.5,
        endS: 5.7,
      },
      filters: "settb=1/90000,setpts='round((N/27+0.15*sin(N/9))*90000)'",
      timeOf: (n: number) => Math.round((n / 27 + 0.15 * Math.sin(n / 9)) * 1000) / 1000,
    },
  ])('$of', { timeout: 60_000 }, async ({ file, rate, size, filters, timeOf, startS, endS }) => {
    const made = await makeMaster(scratch.path, {
      ...{ file, rate, seconds: 7, size, filters, audio: ['-c:a', 'aac'] },
      video: x264(
        '-bf',
        '2',
        '-g',
        '60',
        ...AT_90_KHZ,
        ...(file.endsWith('mkv') ? [] : ['-video_track_timescale', '90000']),
      ),
    });
    const frames = upTo(0, 420).flatMap((n) => {
      const atS = timeOf(n);
      return atS === null || atS > 6.9 ? [] : [{ n, atS }];
    });
    const expected = within(frames, startS, endS);
    const result = await cut(made, startS, endS);
    await expectShown(result, expected.numbers, expected.atS);
    expect(result.durationS).toBeCloseTo(endS - expected.zeroS, 2);
    expect(result.gaps).toEqual([]);
  });
});

describe('one rate, for all its rounding, stays one', () => {
  it.for([
    { file: 'ms.mkv', more: [] },
    { file: 'old.mov', more: ['-video_track_timescale', '600'] },
  ])('$file', { timeout: 60_000 }, async ({ file, more }) => {
    const made = await makeMaster(scratch.path, {
      ...{ file, rate: '30000/1001', seconds: 5, video: x264('-bf', '2', ...more), audio: ['-c:a', 'aac'] },
    });
    const { video } = await inspectMaster(fileSource(made), { filename: file });
    expect(video).toMatchObject({ frameRate: { num: 30_000, den: 1001 }, isVariableFrameRate: false });
    const result = await cut(made, 1.001, 3.003);
    await expectShown(
      result,
      upTo(30, 89),
      upTo(0, 59).map((i) => (i * 1001) / 30_000),
    );
    expect(result.durationS).toBeCloseTo(2.002, 4);
  });
});

const joined = (file: string, offsetS: number) => joinedRecordings(scratch.path, file, { offsetS });

const twice = (offsetS: number) => [0, offsetS].flatMap((atS) => upTo(0, 99).map((n) => ({ n, atS: atS + n / 25 })));

describe('a gap is held, and what follows is in its place', () => {
  it('of 2 s in a transport stream: across, into, out of, between two frames, and within', {
    timeout: 90_000,
  }, async () => {
    const file = await joined('two.ts', 6);
    const frames = twice(6);
    const facts = await inspectMaster(fileSource(file), { filename: 'two.ts' });
    expect(facts).toMatchObject({ gaps: [{ startS: 4, endS: 6 }], damage: [] });
    expect(facts.durationS).toBeCloseTo(10, 1);
    expect(facts.video.frameRate).toEqual({ num: 25, den: 1 });
    for (const [startS, endS] of [
      [2, 7.2],
      [3, 5],
      [3.96, 6.04],
    ] as const) {
      const expected = within(frames, startS, endS);
      const result = await cut(file, startS, endS);
      await expectShown(result, expected.numbers, expected.atS);
      expect(result.durationS).toBeCloseTo(endS - startS, 3);
      expect(result.gaps.map((gap) => [gap.startS.toFixed(3), gap.endS.toFixed(3)])).toEqual([['4.000', '6.000']]);
      const heard = await beeps(join(result.workDir, 'clip.mp4'));
      const beeping = [2, 3, 6, 7].filter((atS) => atS >= startS && atS < endS - 0.03).map((atS) => atS - startS);
      expect(heard.map((atS, i) => Math.abs(atS - (beeping[i] ?? -1)) < 0.025)).toEqual(beeping.map(() => true));
    }
    // The picture before is held from the moment asked for.
    const late = await cut(file, 4.5, 7);
    await expectShown(late, [99, ...upTo(0, 24)], [0, ...upTo(0, 24).map((n) => 1.5 + n / 25)]);
    expect(late.durationS).toBeCloseTo(2.5, 3);
    await expect(cut(file, 4.2, 5.8)).rejects.toMatchObject({
      ...{ code: 'no_picture', retryable: false, flaws: { gaps: [{ startS: 4 }] } },
      message:
        'The master has no picture between 4.0 s and 6.0 s: nothing was recorded there. Choose a range that reaches beyond it.',
    });
  });

  it('of 96 s, where a recorder was started anew', { timeout: 90_000 }, async () => {
    const file = await joined('long.ts', 100);
    expect((await inspectMaster(fileSource(file), { filename: 'long.ts' })).gaps).toEqual([{ startS: 4, endS: 100 }]);
    await using loopback = await serveSource(fileSource(file));
    const large = { ...(await probeMaster(loopback, fileSource(file).sizeBytes)), sizeBytes: 2 ** 40 };
    expect(joinRanges((await readTimes(loopback, large)).gaps)).toEqual([{ startS: 4, endS: 100 }]);
    const expected = within(twice(100), 3, 101);
    await expectShown(await cut(file, 3, 101), expected.numbers, expected.atS);
    const ends = await cut(file, 3, 50);
    expect([ends.durationS.toFixed(3), ends.frameCount]).toEqual(['47.000', 25]);
  });

  it.for(['stall.mp4', 'stall.mkv'])(
    'of 0.3 s behind a key frame of the clip, and of 1.5 s: %s',
    { timeout: 90_000 },
    async (file) => {
      const timeOf = (n: number) => n / 30 + (n >= 120 ? 0.3 : 0) + (n >= 180 ? 1.5 : 0);
      const made = await makeMaster(scratch.path, {
        ...{ file, rate: '30', seconds: 10, audio: ['-c:a', 'aac'], video: x264('-bf', '2', '-g', '90', ...AT_90_KHZ) },
        filters: "settb=1/90000,setpts='round((N/30+gte(N,120)*0.3+gte(N,180)*1.5)*90000)'",
      });
      const frames = upTo(0, 299).map((n) => ({ n, atS: timeOf(n) }));
      const { gaps, video } = await inspectMaster(fileSource(made), { filename: file });
      expect(gaps.map(({ startS, endS }) => [startS.toFixed(2), endS.toFixed(2)])).toEqual([
        ['4.00', '4.30'],
        ['6.30', '7.80'],
      ]);
      expect(video.frameRate).toEqual({ num: 30, den: 1 });
      const expected = within(frames, 2, 9);
      await expectShown(await cut(made, 2, 9), expected.numbers, expected.atS);
    },
  );
});

describe('a clock that goes back', () => {
  // From a minute before a file's first time on, ffmpeg takes it for the turn of the clock.
  it.for([
    ['a little', 0, '4.0'],
    ['to long before the file began', -190, '194.0'],
  ] as const)('%s is told, and nothing is shown twice', { timeout: 60_000 }, async ([, offsetS, byS]) => {
    const file = await joined(`back${byS}.ts`, offsetS);
    await expect(inspectMaster(fileSource(file), { filename: 'back.ts' })).rejects.toMatchObject({
      code: 'clock_goes_back',
      message: expect.stringContaining(`The clock of the file goes back by ${byS} s at 4.0 s, where two recordings`),
    });
  });
});
