import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withinReach } from '#lib/auth/within-reach.ts';
import { PREPARE_MASTER, REMOVE_OBJECTS, type RemoveObjectsPayload } from '#lib/jobs/queues.ts';
import { deleteMaster, restoreMaster } from '#lib/masters/delete-master.ts';
import { getMaster } from '#lib/masters/get-master.ts';
import { prepareUnprepared } from '#lib/masters/prepare-unprepared.ts';
import { removeObjects } from '#lib/media/publish/remove-objects.ts';
import {
  beeps,
  ffmpeg,
  frameNumbers,
  makeMaster,
  type NumberedMaster,
  scratchFolder,
} from '#lib/media/test-masters/numbered.ts';
import { type ObjectStore, StoreError } from '#lib/storage/port/object-store.ts';
import { preparedRef, segmentName } from '#lib/storage/port/prepared-keys.ts';
import { BUCKETS, caller, masterRow, type PortalFixture, portalFixture } from './portal-fixture.ts';
import {
  encodePart,
  encodeParts,
  joined,
  placeOf,
  preparation,
  prepare,
  putMaster,
  rendition,
  timesOf,
  workOf,
} from './preparing-fixture.ts';

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
    await encodeParts(portal, id);
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

/** Runs ffmpeg on what lies in the folder, and prepares what it made. */
async function remade(file: string, ...args: string[]): Promise<string> {
  await ffmpeg([...args, file], scratch.path);
  const id = await putMaster(portal, inScratch(file));
  await prepare(portal, id);
  return id;
}

describe('a master that is odd', () => {
  const made = (file: string, seconds: number, ...video: string[]) =>
    makeMaster(scratch.path, { file, rate: '25', seconds, video: x264(...video), ...AAC });

  it('keeps what an edit list hides, before timecode zero', async () => {
    await made('cut-in.mp4', 6, '-g', '50', '-bf', '2');
    const id = await remade('edited.mp4', '-ss', '0.8', '-i', 'cut-in.mp4', '-c', 'copy');
    const { segments } = await rendition(portal, id, 'source');
    expect(segments[0]).toMatchObject({ number: 0, startS: -0.8, firstS: -0.8 });
    await expectExact(id, 25, upTo(150), 20);
  });

  it('has the first pictures of an open group in the segment that they are stored in', async () => {
    await made('open.mp4', 8, '-g', '50', '-bf', '2', '-x264-params', 'open-gop=1');
    const id = await remade('open2.mp4', '-i', 'open.mp4', '-c', 'copy');
    const { segments, toS } = await rendition(portal, id, 'source');
    const [, second] = segments;
    expect(second && second.startS - second.firstS).toBeGreaterThan(0.03);
    expect(toS).toBeCloseTo(8, 1);
    const whole = await joined(portal, id, { name: 'source', file: inScratch('open-whole.mp4') });
    expect(await frameNumbers(whole)).toEqual(upTo(200));
  });

  it('has sound from its first picture on, where the recording has it later', async () => {
    await made('plain-sound.mp4', 6, '-g', '50');
    const late = ['-i', 'plain-sound.mp4', '-itsoffset', '2', '-i', 'plain-sound.mp4', '-map', '0:v', '-map', '1:a'];
    const id = await remade('late-sound.mp4', ...late, '-c', 'copy', '-t', '6');
    await encodeParts(portal, id);
    expect(await preparation(portal, id)).toMatchObject({ kind: 'source', status: 'ready' });
    const file = await joined(portal, id, { name: 'source', file: inScratch('late-whole.mp4') });
    const heard = await timesOf(file, 'a', ZERO_S);
    expect(heard[0]).toBeLessThan(0.05);
    const onsets = (await beeps(file)).map((at) => at + (heard[0] ?? 0));
    expect(onsets.slice(0, 4).map((at) => Math.round(at * 10) / 10)).toEqual([2, 3, 4, 5]);
    expect(await frameNumbers(file)).toEqual(upTo(150));
  });

  it('keeps the times of a variable rate', async () => {
    const pick = "select='not(between(n\\,30\\,45))*not(mod(n\\,3))'";
    await makeMaster(scratch.path, {
      ...{ file: 'variable.mkv', rate: '25', seconds: 6, filters: pick, video: x264('-g', '20') },
    });
    const id = await remade('variable2.mkv', '-i', 'variable.mkv', '-c', 'copy');
    const file = await joined(portal, id, { name: 'source', file: inScratch('variable-whole.mp4') });
    const numbers = await frameNumbers(file);
    expect(numbers).toEqual(upTo(150).filter((n) => n % 3 === 0 && (n < 30 || n > 45)));
    const shown = await timesOf(file, 'v', ZERO_S);
    expect(shown.map((at) => Math.round(at * 25))).toEqual(numbers);
  });

  it('whose key frames are too far apart has a ladder, and nothing else', async () => {
    await made('far.mp4', 16, '-g', '400', '-sc_threshold', '0');
    const id = await remade('far2.mp4', '-i', 'far.mp4', '-c', 'copy');
    const { renditions, ...row } = await preparation(portal, id);
    expect(row).toMatchObject({ kind: 'ladder', status: 'running', playableToS: 0 });
    expect(renditions.map(({ name }) => name)).toEqual(['180', 'sound']);
  });
});

describe('a master that is damaged', () => {
  it('is prepared up to where it can be read, and it is said where', async () => {
    const master = { file: 'whole.ts', rate: '25', seconds: 70, size: '160x96', audio: ['-c:a', 'mp2'] };
    const video = ['-c:v', 'mpeg2video', '-g', '12', '-q:v', '4'];
    const file = await makeMaster(scratch.path, { ...master, video });
    const bytes = await readFile(file);
    const from = Math.floor(bytes.length * (63 / 70));
    // Within packets of 188 bytes, but for those that begin a frame: they and its time can be read.
    // 0x01 0x00 is a packet of the picture, 0x41 0x00 one that begins a frame (ISO/IEC 13818-1 §2.4.3.2).
    const isWithin = (at: number) => at % 188 > 40 && bytes.readUInt16BE(at - (at % 188) + 1) === 0x0100;
    for (let at = from; at < from + 20_000; at += 7) if (isWithin(at)) bytes[at] = 0x55;
    await writeFile(inScratch('broken.ts'), bytes);
    const id = await putMaster(portal, inScratch('broken.ts'));
    await prepare(portal, id);
    await encodePart(portal, id, { number: 0 });
    await encodePart(portal, id, { number: 1 });
    const row = await preparation(portal, id);
    expect(row).toMatchObject({ status: 'failed', playableToS: 60 });
    expect(row.errorMessage).toMatch(/damaged near 6\d\.\d s/);
  });
});

describe('whatever comes between', () => {
  let file: string;
  beforeAll(async () => {
    const master = { file: 'fault.mp4', rate: '25', seconds: 40, video: x264('-g', '25'), ...AAC };
    file = await makeMaster(scratch.path, master);
  });
  const keysOf = async (id: string) => {
    const found: string[] = [];
    for await (const { key } of portal.store.list(BUCKETS.media, `MTL/2025-2026/20031/master.${id}/`)) found.push(key);
    return found;
  };
  const removeAll = async () => {
    for (const { data } of await portal.jobs(REMOVE_OBJECTS)) {
      await removeObjects({ store: portal.store, buckets: BUCKETS }, (data as RemoveObjectsPayload).objects);
    }
  };
  const claimed = async (id: string) => {
    const master = await workOf(portal).claim(id, randomUUID());
    if (!master) throw new Error('There is nothing to claim.');
    return master;
  };
  /** A store whose `write` calls `meddle` before the nth object. */
  const meddling = (nth: number, meddle: () => Promise<unknown>): ObjectStore => {
    let count = 0;
    return {
      ...portal.store,
      write: async (...args) => {
        count += 1;
        if (count === nth) await meddle();
        return portal.store.write(...args);
      },
    };
  };

  it('the next worker goes on behind what is registered, and replaces what is not', async () => {
    const id = await putMaster(portal, file);
    const unavailable = () => Promise.reject(new StoreError('unavailable', 'The store answers 503.'));
    await expect(prepare(portal, id, { store: meddling(15, unavailable) })).rejects.toThrow('503');
    expect(await preparation(portal, id)).toMatchObject({ status: 'pending', claimToken: null });
    // As a worker that was killed leaves it: an object, and no row.
    const left = preparedRef(BUCKETS, placeOf(id), { folder: 'source', fileName: segmentName(3) });
    await portal.store.delete(left);
    await portal.db.preparedSegment.deleteMany({ where: { number: { gte: 3 } } });
    await portal.store.write(left, Buffer.from('half'), { contentType: 'video/mp4' });
    const before = (await preparation(portal, id)).renditions[0]?.segments ?? [];
    await prepare(portal, id);
    await expectExact(id, 25, upTo(1000));
    const after = (await rendition(portal, id, 'source')).segments;
    expect(after.slice(0, before.length)).toEqual(before);
    expect(await keysOf(id)).toHaveLength(after.length + 1);
  });

  it('a worker that lost its claim registers nothing, and leaves nothing', async () => {
    const id = await putMaster(portal, file);
    await prepare(portal, id, { store: meddling(8, () => claimed(id)) });
    const { renditions, status } = await preparation(portal, id);
    expect(status).toBe('running');
    expect(await keysOf(id)).toHaveLength((renditions[0]?.segments.length ?? -1) + 1);
    await prepare(portal, id);
    await expectExact(id, 25, upTo(1000));
  });

  it('a master that is deleted meanwhile has neither rows nor objects', async () => {
    const id = await putMaster(portal, file);
    const admin = caller('admin');
    await prepare(portal, id, { store: meddling(8, () => deleteMaster(portal.deps, admin, id)) });
    expect(await portal.db.masterPreparation.count({ where: { masterId: id } })).toBe(0);
    await removeAll();
    expect(await keysOf(id)).toEqual([]);
    await restoreMaster(portal.deps, admin, id);
    expect(await portal.jobs(PREPARE_MASTER)).toMatchObject([{ data: { masterId: id }, state: 'created' }]);
    await prepare(portal, id);
    await encodeParts(portal, id);
    await expectExact(id, 25, upTo(1000));
    expect((await getMaster(portal.deps, admin, id)).preparation).toMatchObject({
      ...{ status: 'ready', renditions: [{ name: 'source' }], error_message: null },
    });
    expect((await keysOf(id)).some((key) => key.endsWith('/storyboard/00000.jpg'))).toBe(true);
    await deleteMaster(portal.deps, admin, id, { permanent: true });
    await removeAll();
    expect(await keysOf(id)).toEqual([]);
  });

  it('is told to those who follow along, and is none of the scouts of another team', async () => {
    const id = await putMaster(portal, file);
    await prepare(portal, id);
    await encodeParts(portal, id);
    const told = await portal.db.event.findMany({ where: { masterId: id, type: 'master.progress' } });
    expect(told).toMatchObject([{ teamCode: 'MTL', data: { status: 'ready' } }]);
    const rowsOf = (teamAccess: string[]) =>
      withinReach(portal.deps.db, caller('coach', { teamAccess }), async (tx) => [
        await tx.masterPreparation.count({ where: { masterId: id } }),
        (await tx.preparedRendition.count({ where: { masterId: id } })) > 0,
        (await tx.preparedSegment.count({ where: { rendition: { masterId: id } } })) > 0,
        (await tx.preparedSheet.count({ where: { masterId: id } })) > 0,
      ]);
    expect([await rowsOf(['MTL']), await rowsOf(['CHI'])]).toEqual([
      [1, true, true, true],
      [0, false, false, false],
    ]);
  });

  it('masters from before, and those that failed, come in line by game, the newest first', async () => {
    await portal.db.master.deleteMany();
    await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
    const put = async (filename: string, gameId: string, day: number, status?: string) => {
      const preparation = status ? { create: { status, errorMessage: 'It failed.' } } : {};
      const createdAt = new Date(Date.UTC(2026, 0, day));
      await portal.db.master.create({ data: { ...masterRow({ filename, gameId, createdAt }), preparation } });
      return `gs://${BUCKETS.lake}/media/raw/MTL/2025-2026/20031/${filename}`;
    };
    const old = await put('old.mp4', '1', 1);
    const failed = await put('p2.mp4', '2', 2, 'failed');
    const first = await put('p1.mp4', '2', 3);
    await put('done.mp4', '3', 4, 'ready');
    const deps = { db: portal.db, buckets: BUCKETS, queue: portal.deps.queue };
    const told: string[] = [];
    const all = { lakeUri: null, onMaster: (uri: string) => told.push(uri) };
    await prepareUnprepared(deps, { ...all, isDryRun: true });
    expect([told, await portal.jobs(PREPARE_MASTER)]).toEqual([[first, failed, old], []]);
    const masters = await prepareUnprepared(deps, { ...all, isDryRun: false });
    const jobs = (await portal.jobs(PREPARE_MASTER)).map(({ data }) => data);
    expect(jobs).toEqual(masters.map(({ id }) => ({ masterId: id })));
    const rows = await portal.db.masterPreparation.findMany({ where: { status: 'pending' } });
    expect(rows.map(({ errorMessage }) => errorMessage)).toEqual([null, null, null]);
    expect(await prepareUnprepared(deps, { ...all, isDryRun: false })).toEqual([]);
  });
});
