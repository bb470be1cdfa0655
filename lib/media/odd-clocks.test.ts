import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutClip } from './cut-clip.ts';
import type { CutResult } from './media-types.ts';
import { fileSource, frameNumbers, makeMaster, scratchFolder } from './numbered-masters.ts';

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
const within = (frames: { n: number; atS: number }[], startS: number, endS: number) => {
  const first = frames.findLastIndex(({ atS }) => atS <= startS + 0.001);
  const shown = frames.slice(first).filter(({ atS }) => atS < endS - 0.001);
  const zeroS = shown[0]?.atS ?? 0;
  return { numbers: shown.map(({ n }) => n), atS: shown.map(({ atS }) => atS - zeroS) };
};

describe('a variable rate keeps each frame once, at its own time', () => {
  it.for([
    {
      ...{ of: '30 frames a second with two early ones', file: 'hiccup.mp4', rate: '30', startS: 2, endS: 4.5 },
      filters: "settb=1/90000,setpts='round((N/30-if(eq(N,101)+eq(N,111),0.026,0))*90000)'",
      timeOf: (n: number) => n / 30 - (n === 101 || n === 111 ? 0.026 : 0),
    },
    {
      ...{ of: '60, then 30, in B-frames', file: 'sixty.mov', rate: '60', startS: 2, endS: 6.5 },
      filters: "select='lt(t,4)+not(mod(n,2))'",
      timeOf: (n: number) => (n < 240 || n % 2 === 0 ? n / 60 : null),
    },
    {
      ...{ of: "a phone's 24 to 30, to the millisecond", file: 'phone.mkv', rate: '30', startS: 1.5, endS: 5.7 },
      filters: "settb=1/90000,setpts='round((N/27+0.15*sin(N/9))*90000)'",
      timeOf: (n: number) => Math.round((n / 27 + 0.15 * Math.sin(n / 9)) * 1000) / 1000,
    },
  ])('$of', { timeout: 60_000 }, async ({ file, rate, filters, timeOf, startS, endS }) => {
    const made = await makeMaster(scratch.path, {
      ...{ file, rate, seconds: 7, size: '640x480', filters, audio: ['-c:a', 'aac'] },
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
    expect(result.durationS).toBeCloseTo(
      endS - (within(frames, startS, endS).numbers[0] === undefined ? 0 : (timeOf(expected.numbers[0] ?? 0) ?? 0)),
      2,
    );
    expect(result.gaps).toEqual([]);
  });
});
