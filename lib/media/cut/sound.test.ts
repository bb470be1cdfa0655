import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import { beeps, ffmpeg, fileSource, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { cutClip } from './cut-clip.ts';
import { soundGraph } from './sound-filters.ts';

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
  return { result, clip: join(workDir, 'clip.mp4') };
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
  /** Its power, which a coder keeps: a sine of amplitude 0.3 has −13.5 dB. */
  rmsDb: number;
  /** By how often the wave crosses zero. */
  pitchHz: number;
}

/** Each channel of a file's sound. The decoder's own samples, which may lie beyond full scale. */
async function channelsOf(file: string): Promise<Channel[]> {
  const measured = 'astats=measure_overall=none:measure_perchannel=Peak_level+RMS_level+Zero_crossings_rate';
  const args = ['-nostdin', '-hide_banner', '-i', file, '-map', '0:a:0', '-af', measured, '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', args);
  const all = (pattern: RegExp) =>
    [...stderr.matchAll(pattern)].map(([, value]) => (value === '-inf' ? Number.NEGATIVE_INFINITY : Number(value)));
  const rates = all(/Zero crossings rate: ([\d.]+)/g);
  const powers = all(/RMS level dB: (-?[\d.]+|-inf)/g);
  return all(/Peak level dB: (-?[\d.]+|-inf)/g).map((peakDb, i) => ({
    ...{ peakDb, rmsDb: powers[i] ?? Number.NaN, pitchHz: ((rates[i] ?? 0) * 48_000) / 2 },
  }));
}

/** The tones lie far apart; a coder adds a crossing here and there. */
const expectPitch = (foundHz: number | undefined, wantedHz: number) =>
  expect(Math.abs((foundHz ?? 0) - wantedHz), `${foundHz} Hz`).toBeLessThan(wantedHz * 0.05);

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
    expectPitch(left?.pitchHz, 440);
    expectPitch(right?.pitchHz, 1000);
    for (const side of [left, right]) expect(side?.rmsDb).toBeCloseTo(-13.5, 0);
    expect(result.audioNote).toBeNull();
  });

  it('of two mono tracks has silence where one has ended', { timeout: 60_000 }, async () => {
    const short = tones(0.3, 1000).map((arg) => arg.replace('d=3', 'd=2'));
    const maps = ['-map', '0', '-map', '1', '-map', '2'];
    await ffmpeg(
      [...PICTURE, ...tones(0.3, 440), ...short, ...maps, ...X264, '-c:a', 'aac', 'short.mp4'],
      scratch.path,
    );
    const { clip } = await cut('short.mp4', 2.2, 3);
    const [left, right] = await channelsOf(clip);
    expect(left?.rmsDb).toBeCloseTo(-13.5, 0);
    expect(right?.peakDb).toBeLessThan(-60);
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
    expectPitch((await channelsOf(clip))[0]?.pitchHz, 440);
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

describe('a sound that begins late and ends early', () => {
  it.for(['late.mp4', 'late.ts'])('keeps its place, with silence round it (%s)', { timeout: 60_000 }, async (file) => {
    const tone = ['-itsoffset', '1.7', ...tones(0.5, 440).map((arg) => arg.replace('d=3', 'd=0.6'))];
    await ffmpeg(
      [...PICTURE, ...tone, '-map', '0', '-map', '1', ...X264, '-g', '10', '-c:a', 'aac', file],
      scratch.path,
    );
    const [onset] = await beeps((await cut(file, 1, 2.8)).clip);
    expect(Math.abs((onset ?? 0) - 0.7)).toBeLessThan(0.03);
    const [channel] = await channelsOf((await cut(file, 2.5, 2.9)).clip);
    expect(channel?.peakDb).toBeLessThan(-60);
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
      expectPitch(pitchHz, 1000);
    }
  });

  it('is of the first two, and that is told, where there are more than loudspeakers', { timeout: 60_000 }, async () => {
    const inputs = tones(0.3, 440, 1000, ...Array.from({ length: 10 }, () => 3000));
    await ffmpeg([...PICTURE, ...inputs, ...X264, '-c:a', 'pcm_s16le', 'mixer.mov'], scratch.path);
    const { clip, result } = await cut('mixer.mov');
    const [left, right] = await channelsOf(clip);
    expectPitch(left?.pitchHz, 440);
    expectPitch(right?.pitchHz, 1000);
    expect(right?.rmsDb).toBeCloseTo(-13.5, 0);
    expect(result.audioNote).toBe('channels_left_out');
  });

  it('is not made of stereo: every sample stays as it is', async () => {
    await ffmpeg([...tones(0.99, 440, 1000), '-c:a', 'pcm_s16le', 'stereo.wav'], scratch.path);
    const samples = async (args: string[]): Promise<Float32Array> => {
      const file = inScratch('samples.f32');
      await ffmpeg(['-i', 'stereo.wav', ...args, '-f', 'f32le', file], scratch.path);
      return new Float32Array((await readFile(file)).buffer);
    };
    const soundTracks = [{ index: 0, sampleRateHz: 48_000, isMixersInputs: false }];
    const range = { soundTracks, firstS: 0.5, endS: 2.5 };
    const graph = soundGraph(range, { durationS: 2, copies: 1, isEven: false });
    const source = await samples(['-map', '0:0']);
    expect(await samples(['-filter_complex', graph, '-map', '[a0]'])).toEqual(source.slice(48_000, 48_000 * 5));
  });
});
