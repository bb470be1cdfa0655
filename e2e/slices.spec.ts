import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf, uploadMaster } from './support/api.ts';
import { until } from './support/conditions.ts';
import { sql } from './support/database.ts';
import { makeNumberedMaster, numbersFrom, readFrameNumbers } from './support/numbered-master.ts';
import { expect, test } from './support/portal-test.ts';
import { ffprobe } from './support/probe.ts';
import { expectFrame } from './support/video.ts';

/** Clips that nobody cuts: their rows are there, and no job. They are played from their master alone. */
const SEASON = '2007-2008';
const KEY_EVERY = 90;

test.afterAll(async () => {
  await sql('DELETE FROM media.clips WHERE season = $1', [SEASON]);
});

interface Master {
  lakeUri: string;
  fps: number;
}

async function prepareMaster(dataDir: string, rate: string, seconds: number): Promise<Master> {
  const file = path.join(dataDir, `slices-${randomUUID().slice(0, 8)}.mp4`);
  await makeNumberedMaster(file, { rate, seconds });
  const admin = apiOf(accountOf('admin', 'MTL'));
  const { id } = await uploadMaster(admin, file, { team_code: 'MTL', season: SEASON, game_id: '1' });
  const isPlayable = async () => {
    const [row] = await sql('SELECT playable_to_s FROM media.master_preparations WHERE master_id = $1', [id]);
    return Number(row?.playable_to_s) > seconds - 0.1;
  };
  await until(isPlayable, { what: 'the master to be prepared', timeoutMs: 60_000 });
  const [row] = await sql('SELECT lake_uri FROM media.masters WHERE id = $1', [id]);
  const [num = 0, den = 1] = rate.split('/').map(Number);
  return { lakeUri: String(row?.lake_uri), fps: num / den };
}

interface Slice {
  clipId: string;
  firstFrame: number;
  lastFrame: number;
  durationS: number;
}

/** Timecodes as people mark them: rounded to the millisecond. */
async function mark({ lakeUri, fps }: Master, startS: number, endS: number, playerId = '9000001'): Promise<Slice> {
  const clipId = `slice-${randomUUID().slice(0, 8)}`;
  await sql(
    `INSERT INTO media.clips (clip_id, player_id, team_code, game_id, season, event_type, start_timecode_s, end_timecode_s,
      duration_s, source_gcs_uri, processing_status) VALUES ($1, $2, 'MTL', '1', $3, 'shot', $4, $5, $5::float8 - $4, $6, 'pending')`,
    [clipId, playerId, SEASON, startS, endS, lakeUri],
  );
  const durationS = Math.round((endS - startS) * 1000) / 1000;
  // As a cut has them: the frame on screen at the start, and the last one that begins before the end.
  const firstFrame = Math.floor((startS + 0.001) * fps);
  return { clipId, durationS, firstFrame, lastFrame: Math.ceil((endS - 0.001) * fps) - 1 };
}

const film = (page: Page) =>
  page.locator('film-video').evaluate((element) => {
    const { currentTime, duration, ended, buffered, paused } = element as HTMLVideoElement;
    const loadedS = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
    return { currentTime, duration, ended, loadedS, paused };
  });

/** At its end nothing is to follow. */
const stayOnClip = (page: Page) => page.addInitScript(() => localStorage.setItem('heartbeat-play-on', 'off'));

/** Opens a clip by its address, where it waits on its first frame, and plays it to its end. */
async function watch(page: Page, { clipId, firstFrame, lastFrame, durationS }: Slice): Promise<void> {
  await page.goto(`/clips/${clipId}`);
  await expectFrame(page, firstFrame);
  const opened = await film(page);
  expect(opened).toMatchObject({ duration: durationS, ended: false });
  expect(opened.currentTime).toBeLessThan(0.01);
  await page.locator('film-video').evaluate(async (element) => {
    const video = element as HTMLVideoElement;
    video.playbackRate = 2;
    const ended = new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }));
    await video.play();
    await ended;
  });
  await expectFrame(page, lastFrame);
  const over = await film(page);
  expect(over).toMatchObject({ duration: durationS, ended: true, paused: true });
  expect(over.currentTime).toBeGreaterThan(durationS - 0.05);
  expect(over.loadedS).toBeCloseTo(durationS, 1);
}

test('a clip is played to the frame before it is cut, wherever it lies between key frames', async ({
  openAs,
  portal,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await stayOnClip(page);
  for (const rate of ['30', '30000/1001', '25', '60000/1001']) {
    const master = await prepareMaster(portal.dataDir, rate, 8);
    const frameS = 1 / master.fps;
    const ms = (seconds: number) => Math.round(seconds * 1000) / 1000;
    // In the middle of a group of pictures and over the next key frame; on a key frame; the end of the master.
    const keyS = KEY_EVERY * frameS;
    await watch(page, await mark(master, ms(keyS * 0.4), ms(keyS * 1.3)));
    await watch(page, await mark(master, ms(keyS), ms(keyS + 20 * frameS)));
    await watch(page, await mark(master, ms(8 - 33 * frameS), 8));
  }
});

test('the player’s keys count by the clip, and go on when it is cut', async ({ openAs, portal }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await stayOnClip(page);
  const master = await prepareMaster(portal.dataDir, '30', 8);
  const slice = await mark(master, 1.5, 4);
  const hasSheet = async () => {
    const rows = await sql(
      'SELECT FROM media.prepared_sheets t JOIN media.masters m ON m.id = t.master_id WHERE m.lake_uri = $1',
      [master.lakeUri],
    );
    return rows.length > 0;
  };
  await until(hasSheet, { what: 'the small pictures of the master', timeoutMs: 60_000 });
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
  await expect.poll(async () => (await film(page)).ended).toBe(true);
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

test('other players play its URL with nothing else; a player’s token opens no neighbour', async ({ portal }) => {
  const master = await prepareMaster(portal.dataDir, '30', 8);
  const [own, others] = [await mark(master, 3.5, 4.5), await mark(master, 0.5, 1.5, '9000009')];
  const player = apiOf(accountOf('player', 'MTL'));
  const { playback } = (await player.get(`/clips/${own.clipId}`)).json;
  expect(playback).toMatchObject({ kind: 'slice', duration_s: 1, exact_url: null });
  const [video] = await ffprobe(playback.url);
  expect(video).toMatchObject({ codec_name: 'h264', width: 640, height: 360 });
  expect(await readFrameNumbers(playback.url)).toEqual(numbersFrom(90, 179));

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
