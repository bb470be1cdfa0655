import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beeps, fileSource, frameNumbers, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { cutClip } from './cut-clip.ts';

const run = promisify(execFile);
let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
});
afterAll(() => scratch.remove());

const inScratch = (name: string) => join(scratch.path, name);

async function cut(file: string, startS: number, endS: number) {
  const workDir = await mkdtemp(inScratch('cut-'));
  const result = await cutClip({ source: fileSource(inScratch(file)), startS, endS, workDir });
  return { result, clip: join(workDir, 'clip.mp4'), top: join(workDir, '180.m4s') };
}

const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

describe('a change in the middle of the file', () => {
  /** Two recordings of 4 s, one after the other in one stream, as a recorder that is set anew writes them. */
  async function joined(name: string, first: string[], second: string[], secondSize = '320x180'): Promise<string> {
    for (const [part, audio, size] of [
      ['first.ts', first, '320x180'],
      ['second.ts', second, secondSize],
    ] as const) {
      const offset = part === 'first.ts' ? [] : ['-output_ts_offset', '4'];
      const video = [...X264, '-g', '25', ...offset];
      await makeMaster(scratch.path, {
        ...{ file: part, rate: '25', seconds: 4, size, video, audio: ['-c:a', 'aac', ...audio] },
      });
    }
    await writeFile(
      inScratch(name),
      Buffer.concat(await Promise.all(['first.ts', 'second.ts'].map((part) => readFile(inScratch(part))))),
    );
    return name;
  }

  const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

  it.for([
    ['of the rate', ['-ar', '44100'], ['-ar', '48000'], '320x180'],
    ['of the rate, down', ['-ar', '48000'], ['-ar', '32000'], '320x180'],
    ['of the layout', ['-ac', '1'], ['-ac', '6'], '320x180'],
    ['of the picture’s size', ['-ac', '2'], ['-ac', '2'], '640x360'],
    ['of everything', ['-ar', '44100', '-ac', '1'], ['-ar', '48000', '-ac', '6'], '640x360'],
  ] as const)('%s shifts nothing', { timeout: 120_000 }, async ([what, first, second, size], { task }) => {
    const file = await joined(`${task.id.replaceAll(/\W/g, '')}.ts`, [...first], [...second], size);
    const { clip, top, result } = await cut(file, 2.52, 6.52);
    const shown = [...upTo(63, 99), ...upTo(0, 70)].slice(0, result.frameCount);
    expect(result.frameCount).toBeGreaterThanOrEqual(100);
    expect(await frameNumbers(clip), what).toEqual(shown);
    expect(await frameNumbers(top)).toEqual(shown);
    // Each beep begins with the picture that it belongs to; the one where the recordings meet, a little later: the first
    // of them has its sound's last frame there.
    const times = await frameTimes(clip);
    const heard = await beeps(clip);
    expect(heard).toHaveLength(4);
    for (const [i, number] of [75, 0, 25, 50].entries()) {
      const late = (heard[i] ?? 0) - (times[shown.indexOf(number)] ?? 0);
      expect(Math.abs(late), `${number}: ${heard}`).toBeLessThan(number === 0 ? 0.05 : 0.01);
    }
  });

  it('is nothing to a clip that lies behind it', { timeout: 60_000 }, async () => {
    const file = await joined('behind.ts', ['-ar', '48000'], ['-ar', '32000']);
    const { clip } = await cut(file, 5.22, 7.52);
    const [times, numbers, heard] = await Promise.all([frameTimes(clip), frameNumbers(clip), beeps(clip)]);
    for (const [i, number] of [50, 75].entries()) {
      expect(Math.abs((heard[i] ?? 0) - (times[numbers.indexOf(number)] ?? 0)), `${heard}`).toBeLessThan(0.01);
    }
  });
});

/** Seconds at which each frame is shown. */
async function frameTimes(file: string): Promise<number[]> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0', file];
  return (await run('ffprobe', args)).stdout
    .split('\n')
    .flatMap((line) => (line.trim() ? [Number.parseFloat(line)] : []));
}
