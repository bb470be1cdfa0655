import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RenditionIndex } from '#lib/delivery/delivery-index.ts';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import type { CutResult } from '#lib/media/media-types.ts';
import { fileSource, frameNumbers, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { cutClip } from './cut-clip.ts';

const run = promisify(execFile);
let scratch: Awaited<ReturnType<typeof scratchFolder>>;
let workDir: string;
let result: CutResult;

beforeAll(async () => {
  scratch = await scratchFolder();
  const master = await makeMaster(scratch.path, {
    ...{ file: 'm.mp4', rate: '10000/1001', seconds: 9, size: '1280x720', filters: 'noise=alls=6:allf=t' },
    video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2'],
    audio: ['-c:a', 'aac'],
  });
  workDir = await mkdtemp(join(scratch.path, 'cut-'));
  result = await cutClip({ source: fileSource(master), startS: 1.1011, endS: 7.1, workDir });
}, 60_000);
afterAll(() => scratch.remove());

async function packets(file: string): Promise<{ pts: number; isKey: boolean }[]> {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0'];
  const { stdout } = await run('ffprobe', [...args, join(workDir, file)]);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows
    .map(([pts, flags]) => ({ pts: Number(pts), isKey: flags?.startsWith('K') ?? false }))
    .sort((a, b) => a.pts - b.pts);
}

const indexOf = (fileName: string): RenditionIndex => {
  const index = result.files.find((file) => file.fileName === fileName)?.index;
  if (index?.kind !== 'rendition') throw new Error(`${fileName} has no index.`);
  return index;
};

describe('the renditions', () => {
  it.for(['720.m4s', '360.m4s', 'clip.mp4'])('%s starts at zero, with key frames every two seconds', async (file) => {
    const all = await packets(file);
    expect(all.length).toBe(60);
    expect(all[0]?.pts).toBe(0);
    const keys = all.filter(({ isKey }) => isKey).map(({ pts }) => pts);
    expect(keys.map((pts) => Math.round(pts * (10_000 / 1001)))).toEqual([0, 20, 40]);
  });

  it('have segments at the same frames, each decodable alone', async () => {
    const [top, low] = [indexOf('720.m4s'), indexOf('360.m4s')];
    expect(low.segments.map(({ durationS }) => durationS)).toEqual(top.segments.map(({ durationS }) => durationS));
    const bytes = await readFile(join(workDir, '720.m4s'));
    const second = top.segments[1];
    if (!second) throw new Error('no second segment');
    const alone = Buffer.concat([
      bytes.subarray(0, top.init.length),
      bytes.subarray(second.offset, second.offset + second.length),
    ]);
    const file = join(scratch.path, 'alone.mp4');
    await writeFile(file, alone);
    expect(await frameNumbers(file)).toEqual(Array.from({ length: 20 }, (_, i) => 11 + 20 + i));
  });

  it('have a key frame at the start of each segment that is a picture by itself', async () => {
    for (const name of ['720.m4s', '360.m4s']) {
      const { init, segments } = indexOf(name);
      const bytes = await readFile(join(workDir, name));
      for (const [n, { offset, length, iFrameLength = 0 }] of segments.entries()) {
        expect(iFrameLength).toBeLessThan(length);
        const file = join(scratch.path, 'key.mp4');
        const range = bytes.subarray(offset, offset + iFrameLength);
        await writeFile(file, Buffer.concat([bytes.subarray(init.offset, init.offset + init.length), range]));
        expect(await frameNumbers(file), `${name} ${n}`).toEqual([11 + 20 * n]);
      }
    }
  });

  it('tile their file without a gap', async () => {
    for (const name of ['720.m4s', '360.m4s']) {
      const { init, segments } = indexOf(name);
      let at = init.offset + init.length;
      for (const segment of segments) {
        expect(segment.offset).toBe(at);
        at += segment.length;
      }
      expect(at).toBeLessThanOrEqual((await readFile(join(workDir, name))).length);
    }
  });

  it('name the codecs that are in them', async () => {
    for (const name of ['720.m4s', '360.m4s']) {
      const bytes = await readFile(join(workDir, name));
      const avcC = bytes.indexOf('avcC') + 5;
      expect(indexOf(name).codecs).toBe(`avc1.${bytes.subarray(avcC, avcC + 3).toString('hex')},mp4a.40.2`);
    }
  });

  it('are played from the multivariant playlist', async () => {
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-show_entries', 'program=program_id:stream=codec_name,width,avg_frame_rate', '-of', 'json'],
      join(workDir, 'playlist.m3u8'),
    ]);
    const { programs } = JSON.parse(stdout);
    expect(programs.map((p: { streams: { width?: number }[] }) => p.streams.map((s) => s.width ?? 0))).toEqual([
      [1280, 0],
      [640, 0],
    ]);
  });
});

describe('the pictures', () => {
  it('are a poster from the middle, and tiles of what is on screen at their time', async () => {
    const [poster = 0] = await frameNumbers(join(workDir, 'thumb.jpg'));
    expect(Math.abs(poster - (11 + 30))).toBeLessThanOrEqual(1);
    const board = result.files.find(({ fileName }) => fileName === 'grid.jpg')?.index;
    if (board?.kind !== 'storyboard') throw new Error('no storyboard');
    expect([board.tiles, board.columns, board.rows]).toEqual([10, 10, 1]);
    for (const tile of [0, 4, 9]) {
      const crop = `${board.tileWidth}:${board.tileHeight}:${tile * board.tileWidth}:0`;
      const file = join(scratch.path, `tile${tile}.png`);
      await run('ffmpeg', ['-y', '-v', 'error', '-i', join(workDir, 'grid.jpg'), '-vf', `crop=${crop}`, file]);
      const [number = -1] = await frameNumbers(file);
      const onScreen = 11 + Math.floor((tile * board.intervalS * 10_000) / 1001 + 1e-6);
      expect(Math.abs(number - onScreen)).toBeLessThanOrEqual(1);
    }
    expect(await readFile(join(workDir, 'grid.vtt'), 'utf8')).toMatch(
      /^WEBVTT\n\n00:00:00\.000 --> 00:00:00\.601\ngrid\.jpg#xywh=0,0,320,180\n/,
    );
  });
});

const FILM = new URL('../shared/media/big_buck_bunny.mp4', `file://${process.cwd()}/`).pathname;

describe.runIf(existsSync(FILM))('real footage', () => {
  it('is inspected and cut', { timeout: 60_000 }, async () => {
    const source = fileSource(FILM);
    const facts = await inspectMaster(source, { filename: 'big_buck_bunny.mp4' });
    expect(facts).toMatchObject({ video: { codec: 'h264', width: 640, height: 360, frameRate: { num: 24, den: 1 } } });
    const folder = await mkdtemp(join(scratch.path, 'cut-'));
    const film = await cutClip({ source, startS: 20, endS: 25, workDir: folder });
    expect(film.frameCount).toBe(120);
    const end = await cutClip({ source, startS: facts.durationS - 2, endS: facts.durationS, workDir: folder });
    expect(end.frameCount).toBeGreaterThanOrEqual(47);
  });
});
