import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { accountOf } from './support/accounts.ts';
import { apiOf, playlistOf, untilReady } from './support/api.ts';
import { until } from './support/conditions.ts';
import { sql } from './support/database.ts';
import { numbersFrom, readFrameNumbers } from './support/numbered-master.ts';
import { expect, test } from './support/portal-test.ts';
import { beepsOf, ffprobe } from './support/probe.ts';
import {
  filmFacts,
  forgetSlices,
  mark,
  prepareSliced,
  SLICE_SEASON,
  stayOnClip,
  watch,
  watchSlices,
} from './support/slices.ts';
import { expectFrame } from './support/video.ts';

/** `HEARTBEAT_SLICES=20` looks at more of them than each run has time for. */
const SLICES_A_RATE = Number(process.env.HEARTBEAT_SLICES ?? 4);

test.afterAll(() => forgetSlices());

test('a clip is played to the frame before it is cut, wherever it lies between key frames', async ({
  openAs,
  portal,
}) => {
  test.setTimeout(120_000 + SLICES_A_RATE * 60_000);
  const page = await openAs(accountOf('coach', 'MTL'));
  await stayOnClip(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (const rate of ['25', '30000/1001', '50', '60000/1001']) {
    await watchSlices(portal, page, await prepareSliced(portal, rate), SLICES_A_RATE);
  }
  // Its playlists come with the page.
  expect(asked.filter((path) => path.endsWith('.m3u8') || path.endsWith('/playlists'))).toEqual([]);
});

test('the player’s keys count by the clip, and go on when it is cut', async ({ openAs, portal }) => {
  test.setTimeout(240_000);
  const page = await openAs(accountOf('coach', 'MTL'));
  await stayOnClip(page);
  const master = await prepareSliced(portal, '30');
  const slice = await mark(portal, master, { startS: 1.5, endS: 4 });
  const hasSheet = async () => {
    const rows = await sql(
      'SELECT FROM media.prepared_sheets t JOIN media.masters m ON m.id = t.master_id WHERE m.lake_uri = $1',
      [master.lakeUri],
    );
    return rows.length > 0;
  };
  await until(hasSheet, { what: 'the small pictures of the master', timeoutMs: 120_000 });
  await page.goto(`/clips/${slice.clipId}`);
  await expectFrame(page, 45);
  // The master's small pictures, by the clip's own time.
  const cues = await page.locator('film-video').evaluate(async (element) => {
    const [track] = (element as HTMLVideoElement).textTracks;
    while (!track?.cues?.length) await new Promise(requestAnimationFrame);
    return Array.from(track.cues, ({ startTime, endTime }) => [startTime, endTime]);
  });
  expect(cues).toEqual([
    [0, 0.5],
    [0.5, 2.5],
  ]);
  const steps: [string, number][] = [
    ['.', 46],
    [',', 45],
    [',', 45],
    // Tenths of the clip, not of what is loaded.
    ['4', 75],
    ['0', 45],
    ['9', 112],
    ['.', 113],
    ['ArrowLeft', 45],
    ['ArrowRight', 119],
    ['.', 119],
  ];
  for (const [key, frame] of steps) {
    await page.keyboard.press(key);
    await expectFrame(page, frame);
  }
  // From the end it begins with the clip, not with the segment.
  await page.keyboard.press('9');
  await page.locator('film-video').evaluate(async (element) => {
    const video = element as HTMLVideoElement;
    const times: number[] = [];
    Object.assign(window, { times });
    const look: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      times.push(mediaTime);
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    const ended = new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }));
    await video.play();
    await ended;
    void video.play();
  });
  await expect.poll(async () => (await filmFacts(page)).ended).toBe(true);
  const times = await page.evaluate(() => (window as unknown as { times: number[] }).times);
  expect(Math.min(...times)).toBeGreaterThan(-0.002);
  // It played from there: not the whole second time is left out, however busy the machine is.
  expect(Math.min(...times)).toBeLessThan(1.5);

  await page.locator('film-video').evaluate((video) => {
    for (const name of ['emptied', 'loadstart'])
      video.addEventListener(name, () => video.setAttribute('data-anew', name));
  });
  await sql("UPDATE media.clips SET processing_status = 'ready', progress = 100 WHERE clip_id = $1", [slice.clipId]);
  await expect
    .poll(async () => (await apiOf(accountOf('coach', 'MTL')).get(`/clips/${slice.clipId}`)).json.processing_status)
    .toBe('ready');
  await page.keyboard.press('0');
  await expectFrame(page, 45);
  await expect(page.locator('film-video[data-anew]')).toHaveCount(0);
});

test('a film that was entered in its middle shows the very frame before a key frame that it has, too', async ({
  openAs,
  portal,
}) => {
  test.setTimeout(180_000);
  const page = await openAs(accountOf('coach', 'MTL'));
  const { id } = await prepareSliced(portal, '25');
  await page.goto(`/masters/${id}?t=6`);
  await expectFrame(page, 150);
  const segments: string[] = [];
  page.on('request', (request) => segments.push(new URL(request.url()).pathname.split('/').at(-1) ?? ''));
  // The segment from frame 90 on is there, and begins with the sound of this moment; its picture is in the one before.
  await page.locator('film-video').evaluate((film) => {
    (film as HTMLVideoElement).currentTime = 3.59;
  });
  await expectFrame(page, 89);
  expect(segments).toContain('00000.m4s');
  const { currentTime } = await filmFacts(page);
  expect(currentTime).toBeCloseTo(3.59, 2);
});

test('other players play its URL with nothing else; a player’s token opens no neighbour', async ({ portal }) => {
  const master = await prepareSliced(portal, '30');
  const own = await mark(portal, master, { startS: 3.5, endS: 4.5 });
  const others = await mark(portal, master, { startS: 0.5, endS: 1.5, playerId: '9000009' });
  const player = apiOf(accountOf('player', 'MTL'));
  const { playback } = (await player.get(`/clips/${own.clipId}`)).json;
  expect(playback).toMatchObject({ kind: 'slice', duration_s: 1, exact_url: null });
  const [video] = await ffprobe(playback.url);
  expect(video).toMatchObject({ codec_name: 'h264', width: 640, height: 360 });
  expect(await readFrameNumbers(playback.url)).toEqual(numbersFrom(90, 179));
  // The clock that its pictures are shown by begins at 100 s (docs/adr/0049): sound goes by the same.
  const beepsS = (await beepsOf(playback.url)).filter((beepS) => beepS > 103.5 && beepS < 105.5);
  expect(beepsS.map(Math.round)).toEqual([104, 105]);
  for (const beepS of beepsS) expect(Math.abs(beepS - Math.round(beepS))).toBeLessThan(1 / 30);

  expect((await player.get(`/clips/${others.clipId}`)).status).toBe(404);
  const text = async (url: string) => (await fetch(url)).text();
  const [rendition = ''] = (await text(playback.url)).split('\n').filter((line) => line.startsWith('http'));
  const media = await text(rendition);
  const segments = media.split('\n').filter((line) => line.startsWith('http'));
  expect(segments.map((url) => new URL(url).pathname.split('/').at(-1))).toEqual(['00001.m4s']);
  const [segment = ''] = segments;
  expect((await fetch(segment)).status).toBe(200);
  const instead = (from: string | RegExp, to: string) => segment.replace(from, to);
  const tricks = [
    ...[instead('00001.m4s', '00000.m4s'), instead('00001.m4s', '00002.m4s'), instead('00001.m4s', 'init.mp4')],
    ...[instead('/source/', '/sound/'), instead('/source/', '/720/'), instead('00001', '%30%30000')],
    ...[instead('/source/00001.m4s', '/'), instead('00001.m4s', '00001.m4s/../00000.m4s'), instead(/\?.*/, '')],
    instead(/generation=\d+/, 'generation=1'),
    rendition.replace(own.clipId, others.clipId),
    playback.url.replace(own.clipId, others.clipId),
    playback.url.replace('slice.m3u8', 'slice-sound.m3u8'),
  ];
  const statuses = await Promise.all(
    tricks.map(async (url) => (await fetch(url, { headers: { Range: 'bytes=0-9' } })).status),
  );
  expect(statuses.filter((status) => ![400, 401, 403, 404].includes(status))).toEqual([]);
});

test('a cut of a prepared master is its file alone: the slice is its playlist, and without one the file is played', async ({
  openAs,
  portal,
}) => {
  const master = await prepareSliced(portal, '30');
  const admin = apiOf(accountOf('admin', 'MTL'));
  const clip_id = `sliced-${randomUUID().slice(0, 8)}`;
  const range = { source_gcs_uri: master.lakeUri, start_timecode_s: 3.5, end_timecode_s: 5 };
  const facts = {
    clip_id,
    team_code: 'MTL',
    season: SLICE_SEASON,
    game_id: '1',
    player_id: '9000001',
    event_type: 'shot',
  };
  expect((await admin.post('/clips', { ...facts, ...range })).status).toBe(201);
  const clip = await untilReady(admin, clip_id);
  const files = clip.assets.map(({ gcs_uri }) => path.basename(gcs_uri)).sort();
  expect(files).toEqual(['clip.mp4', 'grid.jpg', 'grid.vtt', 'playlist.m3u8', 'thumb.jpg']);
  const playlist = playlistOf(clip);
  // From the key frame before the clip to the end of the segment that its last frame lies in.
  expect(await readFrameNumbers(playlist)).toEqual(numbersFrom(90, 179));

  await sql(
    'DELETE FROM media.master_preparations p USING media.masters m WHERE m.id = p.master_id AND lake_uri = $1',
    [master.lakeUri],
  );
  expect((await fetch(playlist, { redirect: 'manual' })).status).toBe(302);
  expect(await readFrameNumbers(playlist)).toEqual(numbersFrom(105, 149));
  const page = await openAs(accountOf('coach', 'MTL'));
  await stayOnClip(page);
  await watch(page, { clipId: clip_id, firstFrame: 105, lastFrame: 149, durationS: 1.5 });
  // Who watches it meanwhile is told that it is gone.
  await page.goto('/clips');
  expect((await admin.delete(`/clips/${clip_id}`)).status).toBe(204);
});
