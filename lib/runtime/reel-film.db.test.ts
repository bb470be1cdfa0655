import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { Drawing } from '#lib/drawing/drawing-schemas.ts';
import { drawingToSvg } from '#lib/drawing/drawing-svg.ts';
import { cutClip } from '#lib/media/cut/cut-clip.ts';
import { publishFilm, sweepFilms } from '#lib/media/reel-film/publish-film.ts';
import { renderSvg } from '#lib/media/reel-film/render-svg.ts';
import type { FilmWork } from '#lib/media/reel-work.ts';
import { createNote } from '#lib/notes/change-notes.ts';
import { createNoteSchema } from '#lib/notes/note-schemas.ts';
import { exportReel, getExport, listExports } from '#lib/reel-exports/export-reel.ts';
import { exportReelSchema } from '#lib/reel-exports/export-schemas.ts';
import { createFilmWork } from '#lib/reel-exports/film-work-repo.ts';
import { putItems } from '#lib/reels/change-items.ts';
import { deleteReel } from '#lib/reels/change-reel.ts';
import { getReel } from '#lib/reels/get-reel.ts';
import { putItemsSchema } from '#lib/reels/reel-schemas.ts';
import { makeReel } from '#lib/reels/reels-fixture.ts';
import { BUCKETS, clipRow, enlist, faultOf, type PortalFixture, portalFixture } from './portal-fixture.ts';

const run = promisify(execFile);
const FRAME = { width: 320, height: 180 };
const DRAWING: Drawing = {
  version: 1,
  shapes: [
    {
      id: 'a',
      type: 'ellipse',
      color: 'red',
      width: 60,
      points: [
        [0.3, 0.3],
        [0.7, 0.7],
      ],
    },
    { id: 'b', type: 'text', color: 'white', width: 15, points: [[0.05, 0.05]], text: 'Écart <gap>' },
  ],
};

let portal: PortalFixture;
let coach: UserContext;
let folder: string;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
  folder = await mkdtemp(path.join(tmpdir(), 'reel-film-'));
  await film('wide', 'color=c=0x206040:s=320x180:r=25:d=2', 'sine=f=440:r=48000:d=2,volume=6dB');
  await film('square', 'testsrc=s=120x120:r=30:d=2', 'sine=f=660:r=44100:d=2,volume=-12dB');
  await film('mute', 'color=c=0x602040:s=160x90:r=25:d=2', null);
  await addClip('wide', 'wide');
  await addClip('square', 'square');
  // Played from its master, and never cut.
  const master = { bucket: BUCKETS.lake, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
  await portal.store.write(master, await readFile(path.join(folder, 'mute.mp4')), { contentType: 'video/mp4' });
  const uncut = { clipId: 'mute', processingStatus: 'pending', startTimecodeS: 0.4, endTimecodeS: 1.4, durationS: 1 };
  await portal.db.clip.create({ data: clipRow(uncut) });
});
afterAll(async () => {
  await portal.close();
  await rm(folder, { recursive: true, force: true });
});

/** A short film of one picture and one tone. */
async function film(name: string, picture: string, sound: string | null): Promise<void> {
  const tags = 'setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...(sound ? ['-f', 'lavfi', '-i', sound] : [])],
    ...['-vf', `scale=out_color_matrix=bt709,format=yuv420p,${tags}`, '-c:v', 'libx264', '-preset', 'ultrafast'],
    ...['-c:a', 'aac', '-shortest', path.join(folder, `${name}.mp4`)],
  ]);
}

/** A clip whose file that film is. */
async function addClip(clipId: string, name: string): Promise<void> {
  const ref = { bucket: BUCKETS.media, key: `MTL/2025-2026/20031/${clipId}/clip.mp4` };
  const bytes = await readFile(path.join(folder, `${name}.mp4`));
  const { generation } = await portal.store.write(ref, bytes, { contentType: 'video/mp4' });
  const { id } = await portal.db.clip.create({
    data: clipRow({ clipId, opponentCode: 'CHI', playerName: 'A Player' }),
  });
  const gcsUri = `gs://${ref.bucket}/${ref.key}`;
  await portal.db.clipAsset.create({ data: { clipId: id, assetType: 'mp4', gcsUri, generation } });
}

const ask = (reelId: string, options: object = {}) =>
  exportReel(portal.deps, coach, reelId, exportReelSchema.parse(options));

/** One worker's attempt; `films` may stand in its way. */
function make(exportId: string, films: Partial<FilmWork> = {}, signal = new AbortController().signal): Promise<void> {
  const { store, buckets, logger } = portal.deps;
  const work = { ...createFilmWork(portal.db), ...films };
  return publishFilm({ store, buckets, logger, cutClip, films: work }, { exportId, signal, isLastAttempt: false });
}

async function stored(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of portal.store.list(BUCKETS.media, 'MTL/reels/')) keys.push(key);
  return keys;
}
const keyOf = (reelId: string, exportId: string) => `MTL/reels/${reelId}/${exportId}.mp4`;

async function download(reelId: string, exportId: string): Promise<string> {
  const file = path.join(folder, `${exportId}.mp4`);
  const read = await portal.store.read({ bucket: BUCKETS.media, key: keyOf(reelId, exportId) });
  await writeFile(file, await buffer(read));
  return file;
}

async function probe(file: string) {
  const args = ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', file];
  const { streams, format } = JSON.parse((await run('ffprobe', args)).stdout);
  const of = (type: string) => streams.find(({ codec_type }: { codec_type: string }) => codec_type === type);
  return { video: of('video'), audio: of('audio'), format, count: streams.length };
}

/** One frame as red, green and blue bytes. */
async function frameAt(file: string, number: number): Promise<Buffer> {
  const picture = path.join(folder, `${path.basename(file)}-${number}.rgb`);
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-i', file, '-vf', `select=eq(n\\,${number}),scale=in_color_matrix=bt709,format=rgb24`],
    ...['-frames:v', '1', '-f', 'rawvideo', picture],
  ]);
  return readFile(picture);
}

const pixel = (frame: Buffer, x: number, y: number): number[] => [
  ...frame.subarray((y * 320 + x) * 3, (y * 320 + x) * 3 + 3),
];

/** How many of 255 two pictures differ, on the average. */
function distance(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  return a.reduce((total, value, i) => total + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

/** Loudness of a piece of a film, LUFS. */
async function loudness(file: string, fromS: number, lengthS: number): Promise<number> {
  const args = ['-hide_banner', '-nostats', '-ss', String(fromS), '-t', String(lengthS), '-i', file, '-map', '0:a'];
  const { stderr } = await run('ffmpeg', [...args, '-af', 'ebur128=framelog=verbose', '-f', 'null', '-']);
  return Number(/Integrated loudness:\s+I: +(-?[\d.]+|-inf) LUFS/.exec(stderr)?.[1]);
}

/** A drawing over one colour, as the screen shows it. */
async function drawnOver(color: string): Promise<Buffer> {
  const picture = path.join(folder, 'drawn.rgb');
  const over = path.join(folder, 'drawing.png');
  await writeFile(over, renderSvg(drawingToSvg(DRAWING, FRAME)));
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=c=${color}:s=320x180,format=rgb24`, '-i', over],
    ...[
      '-filter_complex',
      '[0][1]overlay=format=rgb',
      '-frames:v',
      '1',
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
      picture,
    ],
  ]);
  return readFile(picture);
}

describe('the film of a reel', () => {
  it('shows clips of several sizes and rates in order, with cards, trims, and drawings that are burnt in', async () => {
    const { id: reelId } = await makeReel(portal.deps, coach, 'staff', ['wide', 'square', 'mute', 'wide']);
    const { items, version } = await getReel(portal.deps, coach, reelId);
    const trims = [{ in_s: 0.4, note: 'Look; at [this] %{pts}' }, {}, { out_s: 0.6 }, {}];
    const body = { items: items.map(({ id }, i) => ({ id, ...trims[i] })) };
    await putItems(portal.deps, coach, { reelId, ifMatch: [String(version)] }, putItemsSchema.parse(body));
    const note = { at_s: 1.2, hold_s: 1, drawing: DRAWING, visible_to: 'audience' };
    await createNote(portal.deps, coach, { clip_id: 'wide' }, createNoteSchema.parse(note));
    // The last item's clip is another, and is gone before the film is made.
    await portal.db.clip.create({ data: clipRow({ clipId: 'gone' }) });
    const gone = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'gone' } });
    await portal.db.reelItem.update({ where: { id: items[3]?.id ?? '' }, data: { clipId: gone.id } });
    const asked = await ask(reelId, { title_cards: true, notes: true });
    expect(asked).toMatchObject({ status: 'pending', progress: 0, url: null, skipped: [] });
    expect((await ask(reelId, { title_cards: true, notes: true })).id).toBe(asked.id);
    await portal.db.clip.update({ where: { clipId: 'gone' }, data: { deletedAt: new Date() } });

    await make(asked.id);
    const made = await getExport(portal.deps, coach, { reelId, exportId: asked.id });
    expect(made).toMatchObject({ status: 'ready', progress: 100, width: 320, height: 180, error_message: null });
    expect(made.skipped).toEqual([{ item_id: items[3]?.id, position: 4, reason: 'gone' }]);
    expect((await listExports(portal.deps, coach, reelId)).exports).toEqual([made]);

    const file = await download(reelId, asked.id);
    const { video, audio, format, count } = await probe(file);
    // Cards of 3 s, then 1.6 s and a second held; 2 s; 0.6 s: at the 25 frames a second that most of its time has.
    const lengthS = 3 + (3 + 1.6 + 1) + (3 + 2) + (3 + 0.6);
    expect(count).toBe(2);
    expect(video).toMatchObject({
      codec_name: 'h264',
      pix_fmt: 'yuv420p',
      width: 320,
      height: 180,
      r_frame_rate: '25/1',
    });
    expect(video).toMatchObject({ color_space: 'bt709', color_range: 'tv', sample_aspect_ratio: '1:1' });
    expect(Number(video.nb_read_frames)).toBe(Math.round(lengthS * 25));
    expect(audio).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    expect(Number(audio.duration)).toBeCloseTo(lengthS, 1);
    expect(Number(format.duration)).toBeCloseTo(lengthS, 1);
    const bytes = await readFile(file);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));

    const at = (s: number) => frameAt(file, Math.round(s * 25));
    const wide = await at(6.2);
    const own = await frameAt(path.join(folder, 'wide.mp4'), 20);
    expect(distance(wide, own)).toBeLessThan(2);
    const drawn = await drawnOver(`0x${Buffer.from(pixel(own, 5, 170)).toString('hex')}`);
    // 0.8 s into the item the picture stands still for a second, and what is drawn shows for as long.
    const shown = await Promise.all([6.84, 7.3, 7.76].map(at));
    for (const frame of shown) expect(distance(frame, drawn)).toBeLessThan(4);
    for (const frame of [await at(6.72), await at(7.92)]) expect(distance(frame, wide)).toBeLessThan(2);
    expect(distance(drawn, wide)).toBeGreaterThan(6);
    // A square in a wide frame: black beside it.
    const square = await at(12.6);
    expect(pixel(square, 10, 90)).toEqual([0, 0, 0]);
    expect(Math.max(...pixel(square, 160, 20))).toBeGreaterThan(60);

    expect(await loudness(file, 6, 0.8)).toBeCloseTo(-23, 0);
    expect(await loudness(file, 11.7, 1.8)).toBeCloseTo(-23, 0);
    // All of it: windows of 0.4 s that are half silent count, too, where pieces are as short as these.
    expect(Math.abs((await loudness(file, 0, lengthS)) + 23)).toBeLessThan(1.5);
    // Silent while the picture stands still, under a card, and where a clip has no sound.
    for (const [from, length] of [
      [6.9, 0.8],
      [0.2, 2.6],
      [16.6, 0.6],
    ] as const) {
      expect(await loudness(file, from, length)).toBeLessThan(-60);
    }
  });

  it('goes with its reel, and by its age', async () => {
    const { id: reelId } = await makeReel(portal.deps, coach, 'staff', ['wide']);
    const [old, young] = [await ask(reelId), await ask(reelId, { names: false })];
    await make(old.id);
    await make(young.id);
    const films = createFilmWork(portal.db);
    const { store, buckets } = portal.deps;
    await portal.db.reelExport.update({
      where: { id: old.id },
      data: { createdAt: new Date(Date.now() - 31 * 86_400_000) },
    });
    expect(await films.deleteOld()).toBe(1);
    await sweepFilms({ store, buckets, films });
    expect(await stored()).not.toContain(keyOf(reelId, old.id));
    expect(await stored()).toContain(keyOf(reelId, young.id));
    await deleteReel(portal.deps, coach, { reelId, ifMatch: null });
    await sweepFilms({ store, buckets, films });
    expect(await stored()).not.toContain(keyOf(reelId, young.id));
  });

  it('comes again after a worker that was killed, which leaves nothing behind', async () => {
    const { id: reelId } = await makeReel(portal.deps, coach, 'staff', ['wide']);
    const { id } = await ask(reelId);
    // Killed after the object was written: nobody was told.
    const lost = make(id, { publish: async () => Promise.reject(new Error('connection lost')) });
    await expect(lost).rejects.toThrow('connection lost');
    expect(await stored()).toContain(keyOf(reelId, id));
    expect(await getExport(portal.deps, coach, { reelId, exportId: id })).toMatchObject({
      status: 'pending',
      url: null,
    });
    await make(id);
    expect(await getExport(portal.deps, coach, { reelId, exportId: id })).toMatchObject({ status: 'ready' });
    const again = await portal.store.stat({ bucket: BUCKETS.media, key: keyOf(reelId, id) });
    const row = await portal.db.reelExport.findUniqueOrThrow({ where: { id } });
    expect(row.generation).toBe(again?.generation);
    // Stopped in the middle, and deleted meanwhile.
    const { id: stoppedId } = await ask(reelId, { title_cards: true });
    const stopping = new AbortController();
    const films = createFilmWork(portal.db);
    const reportProgress: FilmWork['reportProgress'] = async (...args) => {
      stopping.abort(new Error('The worker is stopping.'));
      return films.reportProgress(...args);
    };
    await expect(make(stoppedId, { reportProgress }, stopping.signal)).rejects.toThrow('The worker is stopping.');
    const { id: doomedId } = await ask(reelId, { notes: true });
    const publish: FilmWork['publish'] = async (...args) => {
      await deleteReel(portal.deps, coach, { reelId, ifMatch: null });
      return films.publish(...args);
    };
    await make(doomedId, { publish });
    const { store, buckets } = portal.deps;
    await sweepFilms({ store, buckets, films });
    expect((await stored()).filter((key) => key.includes(reelId))).toEqual([]);
  });

  it('is not made of nothing', async () => {
    const { id: emptyId } = await makeReel(portal.deps, coach, 'staff');
    expect(await faultOf(ask(emptyId))).toMatchObject({ status: 422, code: 'nothing_to_show' });
    const { id: reelId } = await makeReel(portal.deps, coach, 'staff', ['wide']);
    const { id } = await ask(reelId);
    await portal.db.clip.update({ where: { clipId: 'wide' }, data: { deletedAt: new Date() } });
    await make(id);
    await portal.db.clip.update({ where: { clipId: 'wide' }, data: { deletedAt: null } });
    expect(await getExport(portal.deps, coach, { reelId, exportId: id })).toMatchObject({
      ...{
        status: 'failed',
        error_message: expect.stringContaining('None of the clips'),
        skipped: [{ reason: 'gone' }],
      },
    });
  });
});
