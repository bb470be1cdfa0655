import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { sql } from './database.ts';
import type { RunningPortal } from './portal-state.ts';
import { type PreparedMaster, prepareMaster } from './prepared-master.ts';
import { expectFrame } from './video.ts';

/** Clips of this season are cut by nobody: their rows are there, and no job. They are played from their master alone. */
export const SLICE_SEASON = '2007-2008';
const KEY_EVERY = 90;
const MASTER_S = 8;

export const forgetSlices = (home?: RunningPortal) =>
  sql('DELETE FROM media.clips WHERE season = $1', [SLICE_SEASON], home);

/** A master of eight seconds with a beep at each whole one, that is prepared to its end. */
export const prepareSliced = (home: RunningPortal, rate: string): Promise<PreparedMaster> =>
  prepareMaster(home, SLICE_SEASON, { rate, seconds: MASTER_S, sound: 'beeps' });

export interface Slice {
  clipId: string;
  firstFrame: number;
  lastFrame: number;
  durationS: number;
}

/** Marks a clip by timecodes as people do it: rounded to the millisecond. */
export async function mark(
  home: RunningPortal,
  { lakeUri, fps }: PreparedMaster,
  { startS, endS, playerId = '9000001' }: { startS: number; endS: number; playerId?: string },
): Promise<Slice> {
  const clipId = `slice-${randomUUID().slice(0, 8)}`;
  await sql(
    `INSERT INTO media.clips (clip_id, player_id, team_code, game_id, season, event_type, start_timecode_s, end_timecode_s,
      duration_s, source_gcs_uri, processing_status) VALUES ($1, $2, 'MTL', '1', $3, 'shot', $4, $5, $5::float8 - $4, $6, 'pending')`,
    [clipId, playerId, SLICE_SEASON, startS, endS, lakeUri],
    home,
  );
  const durationS = Math.round((endS - startS) * 1000) / 1000;
  // As a cut has them: the frame on screen at the start, and the last one that begins before the end.
  const firstFrame = Math.floor((startS + 0.001) * fps);
  return { clipId, durationS, firstFrame, lastFrame: Math.ceil((endS - 0.001) * fps) - 1 };
}

/** What the player says of the film. */
export const filmFacts = (page: Page) =>
  page.locator('film-video').evaluate((element) => {
    const { currentTime, duration, ended, buffered, paused } = element as HTMLVideoElement;
    const loadedS = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
    return { currentTime, duration, ended, loadedS, paused };
  });

/** At its end nothing is to follow. */
export const stayOnClip = (page: Page) => page.addInitScript(() => localStorage.setItem('heartbeat-play-on', 'off'));

/** Opens a clip by its address, where it waits on its first frame, and plays it to its end. */
export async function watch(page: Page, { clipId, firstFrame, lastFrame, durationS }: Slice): Promise<void> {
  await page.goto(`/clips/${clipId}`);
  await expectFrame(page, firstFrame);
  const opened = await filmFacts(page);
  expect(opened).toMatchObject({ duration: durationS, ended: false });
  expect(opened.currentTime).toBeLessThan(0.01);
  await page.locator('film-video').evaluate(async (element) => {
    const video = element as HTMLVideoElement;
    video.playbackRate = 2;
    const ended = new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }));
    // A clip of some frames may be over before it is said to play.
    await Promise.all([ended, video.play().catch(() => undefined)]);
  });
  await expectFrame(page, lastFrame);
  const over = await filmFacts(page);
  expect(over).toMatchObject({ duration: durationS, ended: true, paused: true });
  expect(over.currentTime).toBeGreaterThan(durationS - 0.05);
  expect(over.loadedS).toBeCloseTo(durationS, 1);
}

/**
 * Where slices of a master begin and end, in frames: a frame before a key frame, whose segment begins with its sound; in
 * the middle of a group of pictures and over the next key frame; on a key frame; at the end of the master; then anywhere,
 * never the same place twice.
 */
function* placesIn({ fps, seconds }: PreparedMaster): Generator<[from: number, to: number]> {
  const frames = Math.floor(seconds * fps);
  yield [KEY_EVERY - 1, KEY_EVERY + 12];
  yield [KEY_EVERY * 0.4, KEY_EVERY * 1.3];
  yield [KEY_EVERY, KEY_EVERY + 20];
  yield [frames - 33, frames];
  for (let nth = 0; ; nth++) {
    const from = (17 + nth * 41) % (frames - 60);
    // Between two frames as well as on one.
    yield [from + (nth % 4) / 4, from + 7 + ((nth * 13) % 50)];
  }
}

/** Plays so many slices of a master, and reads the first and the last frame of each from the screen. */
export async function watchSlices(
  home: RunningPortal,
  page: Page,
  master: PreparedMaster,
  count: number,
): Promise<void> {
  const toMs = (frame: number) => Math.round((frame / master.fps) * 1000) / 1000;
  for (const [from, to] of placesIn(master).take(count)) {
    await watch(page, await mark(home, master, { startS: toMs(from), endS: Math.min(master.seconds, toMs(to)) }));
  }
}
