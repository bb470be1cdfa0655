import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutClip } from './cut-clip.ts';
import { inspectMaster } from './inspect-master.ts';
import { beeps, ffmpeg, fileSource, frameNumbers, makeMaster, scratchFolder } from './numbered-masters.ts';

const run = promisify(execFile);
let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
});
afterAll(() => scratch.remove());

const inScratch = (name: string) => join(scratch.path, name);

async function cut(file: string, startS = 0, endS = 2) {
  const workDir = await mkdtemp(inScratch('cut-'));
  const result = await cutClip({ source: fileSource(inScratch(file)), startS, endS, workDir });
  return { result, clip: join(workDir, 'clip.mp4'), top: join(workDir, '180.m4s') };
}

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=3'];
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
/** Tones of one loudness in each channel, by their pitches. */
const tones = (amplitude: number, ...pitchesHz: number[]) => {
  const channels = pitchesHz.map((pitch) => `${amplitude}*sin(2*PI*${pitch}*t)`).join('|');
  return ['-f', 'lavfi', '-i', `aevalsrc='${channels}':s=48000:d=3`];
};

interface Channel {
  peakDb: number;
  /** By how often the wave crosses zero. */
  pitchHz: number;
}

/** Each channel of a file's sound. The decoder's own samples, which may lie beyond full scale. */
async function channelsOf(file: string): Promise<Channel[]> {
  const measured = 'astats=measure_overall=none:measure_perchannel=Peak_level+Zero_crossings_rate';
  const args = ['-nostdin', '-hide_banner', '-i', file, '-map', '0:a:0', '-af', measured, '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', args);
  const all = (pattern: RegExp) => [...stderr.matchAll(pattern)].map(([, value]) => Number(value));
  const rates = all(/Zero crossings rate: ([\d.]+)/g);
  return all(/Peak level dB: (-?[\d.]+|-inf)/g).map((peakDb, i) => ({
    ...{ peakDb, pitchHz: ((rates[i] ?? 0) * 48_000) / 2 },
  }));
}

describe('which sound', () => {
  it.for([
    ['dual.mov', 'pcm_s16le'],
    ['dual.mkv', 'ac3'],
    ['dual.ts', 'mp2'],
  ])('of two mono tracks is both, left and right (%s)', { timeout: 60_000 }, async ([file = '', codec = '']) => {
    const maps = ['-map', '0', '-map', '1', '-map', '2'];
    await ffmpeg(
      [...PICTURE, ...tones(0.3, 440), ...tones(0.3, 1000), ...maps, ...X264, '-c:a', codec, file],
      scratch.path,
    );
    const { clip, result } = await cut(file);
    const [left, right] = await channelsOf(clip);
    expect(left?.pitchHz).toBeCloseTo(440, -1.5);
    expect(right?.pitchHz).toBeCloseTo(1000, -1.5);
    expect(left?.peakDb).toBeCloseTo(-10.5, 0);
    expect(result.audioNote).toBeNull();
  });

  it('of one mono track is heard on both sides, as loud as it is', { timeout: 60_000 }, async () => {
    await ffmpeg([...PICTURE, ...tones(0.5, 440), ...X264, '-c:a', 'aac', '-b:a', '192k', 'mono.mp4'], scratch.path);
    const { clip } = await cut('mono.mp4');
    for (const { peakDb } of await channelsOf(clip)) expect(Math.abs(peakDb + 6)).toBeLessThan(1);
  });

  it('is the first that can be decoded, though another is marked; the master and the clip say so', {
    timeout: 60_000,
  }, async () => {
    const dts = ['-c:a:0', 'dca', '-strict', '-2', '-c:a:1', 'ac3', '-disposition:a:0', 'default'];
    const maps = ['-map', '0', '-map', '1', '-map', '2'];
    await ffmpeg(
      [...PICTURE, ...tones(0.3, 1000, 1000), ...tones(0.3, 440, 440), ...maps, ...X264, ...dts, 'dts.mkv'],
      scratch.path,
    );
    const facts = await inspectMaster(fileSource(inScratch('dts.mkv')), { filename: 'dts.mkv' });
    expect(facts).toMatchObject({ audio: { codec: 'ac3' }, audioNote: 'track_undecodable' });
    const { clip, result } = await cut('dts.mkv');
    expect((await channelsOf(clip))[0]?.pitchHz).toBeCloseTo(440, -1.5);
    expect(result.audioNote).toBe('track_undecodable');
  });

  it('is none when none can be decoded, and that is told', { timeout: 60_000 }, async () => {
    const dts = ['-c:a', 'dca', '-strict', '-2'];
    await ffmpeg([...PICTURE, ...tones(0.3, 440, 440), ...X264, ...dts, 'only-dts.mkv'], scratch.path);
    const facts = await inspectMaster(fileSource(inScratch('only-dts.mkv')), { filename: 'only-dts.mkv' });
    expect(facts).toMatchObject({ audio: null, audioNote: 'sound_undecodable' });
    const { clip, result } = await cut('only-dts.mkv');
    expect(await channelsOf(clip).catch(() => [])).toEqual([]);
    expect(result.audioNote).toBe('sound_undecodable');
  });
});

describe('a mix of several channels', () => {
  it.for([
    ['5.1 at −4.4 dBFS', 'pan=5.1|FL=c0|FR=c0|FC=c0|BL=c0|BR=c0', 0.6, 'aac', 'a.mp4'],
    ['5.1 at full scale', 'pan=5.1(side)|FL=c0|FR=c0|FC=c0|LFE=c0|SL=c0|SR=c0', 1, 'ac3', 'b.ts'],
    ['7.1 at full scale', 'pan=7.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0|SL=c0|SR=c0', 1, 'pcm_s16le', 'c.mov'],
    ['four channels', 'pan=4.0|FL=c0|FR=c0|FC=c0|BC=c0', 1, 'pcm_s24le', 'd.mkv'],
  ] as const)('of %s stays below full scale', { timeout: 60_000 }, async ([, layout, loudness, codec, file]) => {
    const graph = ['-filter_complex', `[1]${layout}[a]`, '-map', '0', '-map', '[a]'];
    await ffmpeg([...PICTURE, ...tones(loudness, 1000), ...graph, ...X264, '-c:a', codec, file], scratch.path);
    const channels = await channelsOf((await cut(file)).clip);
    expect(channels).toHaveLength(2);
    for (const { peakDb, pitchHz } of channels) {
      expect(peakDb).toBeLessThanOrEqual(0);
      expect(peakDb).toBeGreaterThan(-9);
      expect(pitchHz).toBeCloseTo(1000, -1.5);
    }
  });

  it('leaves stereo as loud as it is', { timeout: 60_000 }, async () => {
    await ffmpeg([...PICTURE, ...tones(0.9, 440, 1000), ...X264, '-c:a', 'pcm_s16le', 'stereo.mov'], scratch.path);
    const [left, right] = await channelsOf((await cut('stereo.mov')).clip);
    for (const channel of [left, right]) expect(Math.abs((channel?.peakDb ?? -99) + 0.9)).toBeLessThan(0.5);
    expect(left?.pitchHz).toBeCloseTo(440, -1.5);
  });
});

describe('a change in the middle of the file', () => {
  /** Two recordings of 4 s, one after the other in one stream, as a recorder that is set anew writes them. */
  async function joined(name: string, first: string[], second: string[], secondSize = '320x180'): Promise<string> {
    for (const [part, audio, size] of [
      ['first.ts', first, '320x180'],
      ['second.ts', second, secondSize],
    ] as const) {
      const offset = part === 'first.ts' ? [] : ['-output_ts_offset', '4'];
      const video = [...X264, '-g', '25', '-bf', '0'].slice(0, -2);
      await makeMaster(scratch.path, {
        ...{ file: part, rate: '25', seconds: 4, size, video: [...video, ...offset], audio: ['-c:a', 'aac', ...audio] },
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
    ['of the layout', ['-ac', '1'], ['-ac', '2'], '320x180'],
    ['of the layout to 5.1', ['-ac', '2'], ['-ac', '6'], '320x180'],
    ['of the picture’s size', ['-ac', '2'], ['-ac', '2'], '640x360'],
    ['of everything', ['-ar', '44100', '-ac', '1'], ['-ar', '48000', '-ac', '6'], '640x360'],
  ] as const)('%s shifts nothing', { timeout: 120_000 }, async ([what, first, second, size], { task }) => {
    const file = await joined(`${task.id.replaceAll(/\W/g, '')}.ts`, [...first], [...second], size);
    // From 2.5 s to 6.5 s: beeps at 0.5 and 1.5 s of the clip, and where the second recording has them.
    const { clip, top, result } = await cut(file, 2.52, 6.52);
    const shown = [...upTo(63, 99), ...upTo(0, 62)];
    expect(await frameNumbers(clip), what).toEqual(shown.slice(0, result.frameCount));
    expect(await frameNumbers(top)).toEqual(shown.slice(0, result.frameCount));
    const heard = await beeps(clip);
    for (const at of [0.48, 2.48, 3.48]) {
      expect(Math.min(...heard.map((onset) => Math.abs(onset - at))), `${at} of ${heard}`).toBeLessThan(0.04);
    }
    expect(heard.length).toBe(4);
  });
});
