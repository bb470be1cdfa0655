import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beeps,
  frameNumbers,
  makeMaster,
  type NumberedMaster,
  scratchFolder,
} from '#lib/media/test-masters/numbered.ts';
import { type PortalFixture, portalFixture } from './portal-fixture.ts';
import { encodePart, joined, preparation, prepare, putMaster, rendition, timesOf } from './preparing-fixture.ts';

/** Where prepared renditions have timecode zero (`copy-args.ts`). */
const ZERO_S = 100;
/** Numbers of frames begin anew here. */
const NUMBERS = 1024;

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
const stepsOf = (times: number[]) => times.slice(1).map((at, i) => at - (times[i] ?? at));

async function prepared(master: NumberedMaster): Promise<string> {
  const id = await putMaster(portal, await makeMaster(scratch.path, master));
  await prepare(portal, id);
  return id;
}

/** Every frame once, in steps of one frame; sound in steps of one packet; both where they belong. */
async function expectSeamless(id: string, name: string, master: NumberedMaster, rate: number): Promise<void> {
  const file = await joined(portal, id, { name, file: inScratch(`${id}-${name}.mp4`) });
  const count = Math.ceil(master.seconds * rate - 0.001);
  expect(await frameNumbers(file)).toEqual(Array.from({ length: count }, (_, n) => n % NUMBERS));
  // ffmpeg takes the least offset of a picture for the stream's delay.
  const shown = await timesOf(file, 'v', ZERO_S);
  expect(shown).toHaveLength(count);
  expect(Math.max(...stepsOf(shown).map((step) => Math.abs(step - 1 / rate)))).toBeLessThan(0.0001);
  const heard = await timesOf(file, 'a', ZERO_S);
  expect(Math.max(...stepsOf(heard).map((step) => Math.abs(step - 1024 / 48_000)))).toBeLessThan(0.0001);
  const onsets = (await beeps(file)).map((at) => at + (heard[0] ?? 0));
  expect(onsets).toHaveLength(master.seconds);
  expect(Math.max(...onsets.map((at, second) => Math.abs(at - second)))).toBeLessThan(0.03);
  const { segments } = await rendition(portal, id, name);
  const isOnGrid = segments.map(({ startS }) => Math.abs(startS - 2 * Math.round(startS / 2)) < 2 / rate);
  expect(isOnGrid).toEqual(segments.map(() => true));
}

describe('a ladder is made in parts', () => {
  it('that join without a seam, whoever makes them, in whichever order', async () => {
    const master = {
      ...{ file: 'long.mp4', rate: '30000/1001', seconds: 130, size: '480x480' },
      ...{ video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '70', '-bf', '2'], audio: ['-c:a', 'aac'] },
    };
    const id = await prepared(master);
    expect(await preparation(portal, id)).toMatchObject({ kind: 'source', status: 'running', chunks: { length: 3 } });
    await Promise.all([encodePart(portal, id, { number: 2 }), encodePart(portal, id, { number: 0 })]);
    expect(await rendition(portal, id, '360')).toMatchObject({ toS: 60, complete: false });
    await encodePart(portal, id, { number: 1 });
    expect(await rendition(portal, id, '360')).toMatchObject({ complete: true });
    expect(await preparation(portal, id)).toMatchObject({ status: 'ready' });
    await expectSeamless(id, '360', master, 30000 / 1001);
  });

  it('of what browsers do not play, with its sound in one piece', async () => {
    const master = {
      ...{ file: 'old.ts', rate: '25', seconds: 66, size: '320x180' },
      ...{ video: ['-c:v', 'mpeg2video', '-bf', '2', '-g', '12', '-q:v', '8'], audio: ['-c:a', 'mp2'] },
    };
    const id = await prepared(master);
    const before = await preparation(portal, id);
    expect(before).toMatchObject({ kind: 'ladder', status: 'running', playableToS: 0, chunks: { length: 2 } });
    expect(before.renditions.map(({ name }) => name)).toEqual(['180', 'sound']);
    await encodePart(portal, id, { number: 0 });
    expect(await preparation(portal, id)).toMatchObject({ playableToS: 60 });
    await encodePart(portal, id, { number: 1 });
    const { status, playableToS } = await preparation(portal, id);
    expect([status, playableToS]).toEqual(['ready', expect.closeTo(66, 1)]);
    await expectSeamless(id, '180', master, 25);
  });
});
