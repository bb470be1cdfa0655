import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getClipText } from '#lib/clips/clip-playlists.ts';
import { ENCODE, LADDER_PRIORITIES } from '#lib/jobs/queues.ts';
import {
  beeps,
  frameNumbers,
  makeMaster,
  type NumberedMaster,
  scratchFolder,
} from '#lib/media/test-masters/numbered.ts';
import { caller, clipRow, type PortalFixture, portalFixture } from './portal-fixture.ts';
import {
  encodePart,
  joined,
  preparation,
  prepare,
  putMaster,
  rendition,
  sheetNumbers,
  timesOf,
} from './preparing-fixture.ts';

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

/** Every frame once, in steps of one frame; sound in steps of one packet; both where they belong; keys where they are wanted. */
async function expectSeamless(
  id: string,
  { name, master, rate, keysS }: { name: string; master: NumberedMaster; rate: number; keysS?: number[] },
): Promise<void> {
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
  const wanted = keysS ?? segments.map((_, i) => 2 * i);
  expect(segments.map(({ startS }) => startS)).toEqual(wanted.map((keyS) => expect.closeTo(keyS, 2)));
}

/** Every cell shows the frame that is on screen at its time, and sheets follow each other. */
async function expectSheets(id: string, rate: number, durationS: number): Promise<void> {
  const { chunks, sheets } = await preparation(portal, id);
  expect(sheets.map(({ number, startS, endS }) => ({ number, startS, endS }))).toEqual(
    chunks.map(({ number, startS, endS }) => ({ number, startS, endS })),
  );
  expect(sheets.at(-1)?.endS).toBeCloseTo(durationS, 0);
  for (const { number } of sheets) {
    const { row, numbers } = await sheetNumbers(portal, id, number, scratch.path);
    const shown = numbers.map((_, cell) => Math.floor((row.startS + cell * row.intervalS + 0.0001) * rate) % NUMBERS);
    expect(numbers).toEqual(shown);
  }
}

/** A clip of any place is played from the ladder as well as from the source. */
async function expectInTurns(id: string, durationS: number): Promise<void> {
  const { lakeUri } = await portal.db.master.findUniqueOrThrow({ where: { id } });
  const coach = caller('coach', { teamAccess: ['MTL'] });
  for (let startS = 0.3; startS < durationS - 8; startS += 9.37) {
    const clipId = `clip-${Math.round(startS * 1000)}`;
    const times = { startTimecodeS: startS, endTimecodeS: startS + 8, durationS: 8 };
    await portal.db.clip.create({
      data: clipRow({ clipId, ...times, sourceGcsUri: lakeUri, processingStatus: 'pending' }),
    });
    const text = await getClipText(portal.deps, coach, clipId, 'slice.m3u8');
    expect('body' in text && text.body.match(/slice-(source|360)\.m3u8/g)).toEqual([
      'slice-source.m3u8',
      'slice-360.m3u8',
    ]);
  }
}

describe('a ladder is made in parts', () => {
  it('that join without a seam, whoever makes them, in whichever order, and has segments where its source has them', async () => {
    // Key frames as a live encoder sets them, where the picture changes: nowhere near a grid.
    const keys = 'expr:gte(t,n_forced*2.3+0.7*sin(n_forced))';
    const master = {
      ...{ file: 'long.mp4', rate: '30000/1001', seconds: 130, size: '480x480', audio: ['-c:a', 'aac'] },
      video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '300', '-bf', '2', '-force_key_frames', keys],
    };
    const rate = 30000 / 1001;
    const id = await prepared(master);
    const { chunks, ...row } = await preparation(portal, id);
    expect([row.kind, row.status, chunks.length]).toEqual(['source', 'running', 3]);
    const keysS = (await rendition(portal, id, 'source')).segments.map(({ startS }) => startS);
    expect(new Set(keysS.slice(1).map((at, i) => (at - (keysS[i] ?? at)).toFixed(1))).size).toBeGreaterThan(3);
    expect(
      chunks
        .slice(1)
        .map(({ startS }) => [keysS.includes(startS), Math.abs(startS - 60 * Math.round(startS / 60)) < 2]),
    ).toEqual([
      [true, true],
      [true, true],
    ]);
    await Promise.all([encodePart(portal, id, { number: 2 }), encodePart(portal, id, { number: 0 })]);
    expect(await rendition(portal, id, '360')).toMatchObject({ toS: chunks[1]?.startS, complete: false });
    await encodePart(portal, id, { number: 1 });
    expect(await rendition(portal, id, '360')).toMatchObject({ complete: true });
    expect(await preparation(portal, id)).toMatchObject({ status: 'ready' });
    await expectSeamless(id, { name: '360', master, rate, keysS });
    await expectSheets(id, rate, 130);
    await expectInTurns(id, 130);
  });

  it('of what browsers do not play, with its sound in one piece, before other ladders', async () => {
    const master = {
      ...{ file: 'old.ts', rate: '25', seconds: 66, size: '320x180' },
      ...{ video: ['-c:v', 'mpeg2video', '-bf', '2', '-g', '12', '-q:v', '8'], audio: ['-c:a', 'mp2'] },
    };
    await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
    const id = await prepared(master);
    const before = await preparation(portal, id);
    expect(before).toMatchObject({ kind: 'ladder', status: 'running', playableToS: 0, chunks: { length: 2 } });
    expect(before.renditions.map(({ name }) => name)).toEqual(['180', 'sound']);
    const jobs = await portal.jobs(ENCODE);
    expect(jobs.map(({ priority }) => priority)).toEqual([LADDER_PRIORITIES.awaited, LADDER_PRIORITIES.awaited - 1]);
    await encodePart(portal, id, { number: 0 });
    expect(await preparation(portal, id)).toMatchObject({ playableToS: 60 });
    await encodePart(portal, id, { number: 1 });
    const { status, playableToS } = await preparation(portal, id);
    expect([status, playableToS]).toEqual(['ready', expect.closeTo(66, 1)]);
    await expectSeamless(id, { name: '180', master, rate: 25 });
    await expectSheets(id, 25, 66);
  });

  it('of sheets alone, where the master is as small as the least rung', async () => {
    const id = await prepared({
      ...{ file: 'small.mp4', rate: '50', seconds: 7, size: '320x180', audio: ['-c:a', 'aac'] },
      video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '100'],
    });
    expect(await preparation(portal, id)).toMatchObject({ kind: 'source', status: 'running', sheets: [] });
    await encodePart(portal, id, { number: 0 });
    const { status, renditions } = await preparation(portal, id);
    expect([status, renditions.map(({ name }) => name)]).toEqual(['ready', ['source']]);
    await expectSheets(id, 50, 7);
  });
});
