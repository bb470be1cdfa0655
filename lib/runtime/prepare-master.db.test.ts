import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beeps,
  ffmpeg,
  frameNumbers,
  makeMaster,
  type NumberedMaster,
  scratchFolder,
} from '#lib/media/test-masters/numbered.ts';
import { type PortalFixture, portalFixture } from './portal-fixture.ts';
import { joined, preparation, prepare, putMaster, rendition, timesOf } from './preparing-fixture.ts';

/** Where prepared renditions have timecode zero (`copy-args.ts`). */
const ZERO_S = 100;

let portal: PortalFixture;
let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  [portal, scratch] = [await portalFixture(), await scratchFolder()];
});
afterAll(async () => {
  await portal.close();
  await scratch.remove();
});

const inScratch = (name: string) => join(scratch.path, name);
const x264 = (...rest: string[]) => ['-c:v', 'libx264', '-preset', 'ultrafast', ...rest];
const AAC = { audio: ['-c:a', 'aac'] };
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Makes a master, with other containers and beginnings by a second run, and prepares it. */
async function prepared(master: NumberedMaster, ...again: string[]): Promise<string> {
  let file = await makeMaster(scratch.path, master);
  if (again.length > 0) {
    const out = again.at(-1) ?? '';
    await ffmpeg(['-i', master.file, ...again], scratch.path);
    file = inScratch(out);
  }
  const id = await putMaster(portal, file);
  await prepare(portal, id);
  return id;
}

/** Every frame by its number, each segment's first by its time, and no hole between segments. */
async function expectExact(masterId: string, rate: number, numbers: number[], first = 0): Promise<void> {
  const { segments, ...row } = await rendition(portal, masterId, 'source');
  const whole = await joined(portal, masterId, { name: 'source', file: inScratch(`${masterId}.mp4`) });
  expect(await frameNumbers(whole)).toEqual(numbers);
  for (const [i, segment] of segments.entries()) {
    const alone = await joined(portal, masterId, {
      ...{ name: 'source', numbers: [segment.number], file: inScratch(`${masterId}-one.mp4`) },
    });
    const shown = (await frameNumbers(alone)).map((number) => (number - first) / rate);
    expect(Math.min(...shown)).toBeCloseTo(segment.startS, 3);
    const next = segments[i + 1];
    if (next) expect(segment.startS + segment.durationS).toBeCloseTo(next.startS, 5);
  }
  expect(row.complete).toBe(true);
  expect(row.toS).toBeGreaterThanOrEqual((numbers.length - numbers.indexOf(first)) / rate - 0.002);
}

describe('a master is copied into segments whose times are its own', () => {
  it.each<[string, NumberedMaster, number, string[]]>([
    [
      'MP4 with B-frames, 25 fps',
      { file: 'plain.mp4', rate: '25', seconds: 9, video: x264('-g', '50', '-bf', '2'), ...AAC },
      25,
      [],
    ],
    [
      'a transport stream that begins at 95,443 s, 59.94 fps',
      { file: 'late.ts', rate: '60000/1001', seconds: 6, video: x264('-g', '60', '-bf', '3'), ...AAC },
      60000 / 1001,
      ['-c', 'copy', '-output_ts_offset', '95442', 'later.ts'],
    ],
    [
      'Matroska of 29.97 fps with uncompressed sound',
      {
        ...{ file: 'pcm.mkv', rate: '30000/1001', seconds: 5, video: x264('-g', '30', '-bf', '2') },
        audio: ['-c:a', 'pcm_s16le'],
      },
      30000 / 1001,
      [],
    ],
    ['no sound', { file: 'mute.mp4', rate: '50', seconds: 4, video: x264('-g', '100') }, 50, []],
    ['half a second', { file: 'short.mp4', rate: '25', seconds: 0.52, video: x264('-g', '50'), ...AAC }, 25, []],
  ])('%s', async (_, master, rate, again) => {
    const id = await prepared(master, ...again);
    expect(await preparation(portal, id)).toMatchObject({ kind: 'source', status: 'ready' });
    await expectExact(id, rate, upTo(Math.round(master.seconds * rate)));
    if (!master.audio) return;
    const whole = inScratch(`${id}.mp4`);
    const [heardFrom = 0] = await timesOf(whole, 'a', ZERO_S);
    const onsets = (await beeps(whole)).map((at) => at + heardFrom);
    for (const [second, at] of onsets.entries()) expect(Math.abs(at - second)).toBeLessThan(0.03);
    expect(onsets).toHaveLength(Math.ceil(master.seconds));
  });
});
