import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileSource, frameNumbers, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { createPosterMaker } from './poster.ts';

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '100', '-bf', '2'];
const interlaced = [...x264, '-flags', '+ildct+ilme', '-x264-params', 'tff=1'];

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
});
afterAll(() => scratch.remove());

const makePoster = createPosterMaker();

async function posterOf(file: string, atS: number) {
  const source = fileSource(join(scratch.path, file));
  const workDir = await mkdtemp(join(scratch.path, 'poster-'));
  return makePoster({ source, masterKey: file, atS, workDir });
}

it.each([
  ['mp4', x264, []],
  ['mkv', x264, []],
  ['mov', interlaced, []],
  // What was written as a stream begins at a second and more on its own clock.
  ['late.mp4', x264, ['-output_ts_offset', '7', '-movflags', '+frag_keyframe+empty_moov']],
])('is the frame that is asked for (%s)', async (suffix, video, output) => {
  const file = `master.${suffix}`;
  await makeMaster(scratch.path, { file, rate: '25', seconds: 12, size: '1280x720', video: [...video, ...output] });
  const poster = await posterOf(file, 6);
  expect(poster).toMatchObject({ fileName: 'thumb.jpg', assetType: 'thumbnail', width: 640, height: 360 });
  expect(await frameNumbers(poster.path)).toEqual([150]);
  // Of a master that is known by now.
  expect(await frameNumbers((await posterOf(file, 3)).path)).toEqual([75]);
});

it('is near it where a container is entered anywhere', async () => {
  await makeMaster(scratch.path, { file: 'master.ts', rate: '25', seconds: 12, video: x264 });
  const poster = await posterOf('master.ts', 6);
  const [frame = 0] = await frameNumbers(poster.path);
  expect(frame).toBeGreaterThanOrEqual(125);
  expect(frame).toBeLessThan(275);
});

it('is not there behind the end', async () => {
  await makeMaster(scratch.path, { file: 'short.mp4', rate: '25', seconds: 2, video: x264 });
  await expect(posterOf('short.mp4', 20)).rejects.toMatchObject({ code: 'no_picture', retryable: false });
});
