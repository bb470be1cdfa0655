import type { Locator, Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { until } from './support/conditions.ts';
import { sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { BITS } from './support/numbered-master.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { type PreparedMaster, prepareMaster } from './support/prepared-master.ts';
import { expectFrame, shownFrame } from './support/video.ts';

/** Films of this spec alone: what is marked in them is in nobody's counts. */
const SEASON = '2006-2007';

let master: PreparedMaster;
test.beforeAll(async ({ laneState: _ }) => {
  master = await prepareMaster(readPortalState(), SEASON, { rate: '30', seconds: 40 });
});
test.afterAll(async () => {
  await sql('DELETE FROM media.clips WHERE season = $1', [SEASON]);
});

interface FirstFrame {
  number: number;
  /** How far the clip had played when that picture was shown, and when it had been read, in seconds. */
  shownAtS: number;
  readAtS: number;
  /** From the key to the first frame of the clip on screen. */
  afterMs: number;
}

/** Notes the first frame of each clip that plays in the corner, and how long after the last key it was there. */
const watchInset = (page: Page) =>
  page.addInitScript((bits) => {
    let pressedAtMs = 0;
    const frames: FirstFrame[] = [];
    Object.assign(window, { frames });
    window.addEventListener('keydown', () => (pressedAtMs = performance.now()), { capture: true });
    const note = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.closest('.mark-inset')) return;
      const clip = target as HTMLVideoElement & { nativeEl: HTMLVideoElement };
      const video = clip.nativeEl;
      const canvas = new OffscreenCanvas(640, 360);
      const context = canvas.getContext('2d');
      const look = (_?: number, shown?: VideoFrameCallbackMetadata) => {
        const shownAtS = shown ? shown.mediaTime - (video.currentTime - clip.currentTime) : 0;
        context?.drawImage(video, 0, 0, 640, 360);
        const pixel = (bit: number) => context?.getImageData((640 / bits) * (bit + 0.5), 24, 1, 1).data;
        // It is loaded, and not there to be drawn yet.
        if (pixel(0)?.[3] === 0) return void video.requestVideoFrameCallback(look);
        let number = 0;
        for (let bit = 0; bit < bits; bit++) if ((pixel(bit)?.[0] ?? 0) > 127) number += 2 ** bit;
        frames.push({ number, shownAtS, readAtS: clip.currentTime, afterMs: performance.now() - pressedAtMs });
      };
      look();
    };
    document.addEventListener('loadeddata', note, { capture: true });
  }, BITS);

/** What was noted of the clip that was marked last. */
async function firstFrame(page: Page, count: number): Promise<FirstFrame> {
  const noted = () => page.evaluate(() => (window as unknown as { frames: FirstFrame[] }).frames);
  await expect.poll(async () => (await noted()).length, { message: 'the clip plays in the corner' }).toBe(count);
  return (await noted())[count - 1] as FirstFrame;
}

/** It began with that frame: what was read is a picture between the one that was shown and where the clip has come. */
function expectBegunWith({ number, shownAtS, readAtS }: FirstFrame, frame: number): void {
  expect(number).toBeGreaterThanOrEqual(frame + Math.max(0, Math.floor(shownAtS * 30 - 0.01)));
  expect(number).toBeLessThanOrEqual(frame + Math.floor(readAtS * 30 + 0.01));
}

const film = (page: Page): Locator => page.locator('media-controller');
const rows = (page: Page): Locator => page.getByRole('region', { name: 'Clips of this film' }).getByRole('listitem');
const inset = (page: Page): Locator => page.getByRole('region', { name: 'The clip marked last' });
const isPaused = (page: Page) =>
  film(page)
    .locator('film-video')
    .evaluate((video) => (video as HTMLVideoElement).paused);

async function choose(page: Page, name: string, search: string, option: RegExp): Promise<void> {
  await (await hydrated(page.getByRole('combobox', { name }))).click();
  await page.getByRole('dialog', { name }).getByRole('combobox').fill(search);
  await page.getByRole('option', { name: option }).first().click();
}

test('a coach marks clips in the film: they play at once, and the last one is taken back', async ({
  openAs,
  guard,
}) => {
  // The first picture of a clip gives way to its file's; who was told of it before asks for it in vain, once.
  guard.allow(/status of 404 .*\/thumb\.jpg\?/);
  const page = await openAs(accountOf('coach', 'MTL'));
  await watchInset(page);
  await page.goto('/clips');
  await page.getByRole('link', { name: 'Film', exact: true }).click();
  const season = page.getByRole('textbox', { name: 'Season' });
  await (await hydrated(season)).fill(SEASON);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/season=2006-2007/);
  await page.locator(`a[href="/masters/${master.id}"]`).click();
  await expect(page).toHaveURL(new RegExp(`/masters/${master.id}`));
  // It plays, as it was opened by a link, and its place goes into the address.
  await expect(page).toHaveURL(/[?&]t=[1-9]/);

  await page.goto(`/masters/${master.id}?t=2`);
  await expectFrame(film(page), 60);
  await page.keyboard.press('o');
  await expect(page.getByText('Press I on the clip’s first frame before O.')).toBeVisible();
  await page.keyboard.press('i');
  await expect(page.getByText('Begins at 0:02.')).toBeVisible();
  await page.keyboard.press('Shift+J');
  await expectFrame(film(page), 30);
  await page.keyboard.press('o');
  await expect(page.getByText('O lies before I.')).toBeVisible();
  for (const frame of [60, 90, 120, 150]) {
    await page.keyboard.press('Shift+L');
    await expectFrame(film(page), frame);
  }
  // Nobody has said yet who and what it is: it is held, and what is missing is asked for.
  await page.keyboard.press('o');
  await expect(page.getByText('A marked clip waits for its facts')).toContainText('0:02 to 0:05.03');
  await expect(page.getByRole('combobox', { name: 'Event' })).toBeFocused();
  await choose(page, 'Event', 'x'.repeat(51), /Use/);
  await choose(page, 'Player', '9000001', /9000001/);
  await page.getByRole('button', { name: 'Make clip' }).click();
  await expect(page.getByText('of 50 characters at most')).toBeVisible();
  await choose(page, 'Event', 'shot', /^Shot/);
  await page.getByRole('button', { name: 'Make clip' }).click();
  expectBegunWith(await firstFrame(page, 1), 60);
  await expect(rows(page)).toHaveCount(1);

  // From now on a key is enough, and the film goes on.
  await page.getByRole('heading', { level: 1 }).click();
  for (let press = 0; press < 3; press++) await page.keyboard.press(press < 2 ? 'Shift+L' : '.');
  await expectFrame(film(page), 211);
  await page.keyboard.press('e');
  const second = await firstFrame(page, 2);
  expectBegunWith(second, 121);
  console.log(`      from the key to the clip's first frame: ${Math.round(second.afterMs)} ms`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText('Shot');
  await expect(page.locator('.film-ticks > span')).toHaveCount(2);
  await page.keyboard.press(' ');
  await expect.poll(() => isPaused(page)).toBe(false);
  await page.keyboard.press(' ');

  // In the film's place, by the same player; and back to where the film was.
  await expect.poll(() => isPaused(page)).toBe(true);
  const leftAt = await shownFrame(film(page));
  await page.keyboard.press('v');
  await expect(page.getByText('Clip 0:04 to 0:12')).toBeVisible();
  await expect(inset(page)).toBeHidden();
  await expect.poll(() => isPaused(page)).toBe(false);
  await page.keyboard.press(' ');
  await page.keyboard.press('0');
  await expectFrame(film(page), 121);
  await page.keyboard.press('i');
  await expect(page.getByText('This is a clip.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expectFrame(film(page), leftAt);
  expect(await isPaused(page)).toBe(true);

  const clipId = await rows(page).nth(1).getAttribute('data-clip-id');
  await page.keyboard.press('u');
  await expect(rows(page)).toHaveCount(1);
  expect((await apiOf(accountOf('coach', 'MTL')).get(`/clips/${clipId}`)).status).toBe(404);
  const trash = await apiOf(accountOf('admin', 'MTL')).get(`/clips?deleted=true&season=${SEASON}`);
  expect(trash.json.clips.map((clip: { clip_id: string }) => clip.clip_id)).toEqual([clipId]);

  await expect.poll(() => Math.floor(Number(new URL(page.url()).searchParams.get('t')) * 30 + 0.04)).toBe(leftAt);
  // The place outlives a reload, and a clip's page leads back into the film.
  await page.reload();
  await expectFrame(film(page), leftAt);
  await rows(page).first().getByRole('link').click();
  await page.getByRole('link', { name: 'In the game’s film' }).click();
  // It plays on from there, and the address with it.
  await expect(page).toHaveURL(new RegExp(`/masters/${master.id}\\?t=[2-9]`));
  await page.keyboard.press('?');
  await expect(page.getByRole('row').filter({ hasText: 'Take the last clip back' })).toBeVisible();
});

test('a film that is being prepared grows while it is watched, and its clips play when it has come so far', async ({
  openAs,
  portal,
}) => {
  test.setTimeout(240_000);
  const growing = await prepareMaster(portal, SEASON, { rate: '30', seconds: 12 });
  const renditions = 'rendition_id IN (SELECT id FROM media.prepared_renditions WHERE master_id = $1)';
  const isReady = async () => {
    const [row] = await sql('SELECT status FROM media.master_preparations WHERE master_id = $1', [growing.id]);
    return row?.status === 'ready';
  };
  await until(isReady, { what: 'all of the master to be prepared', timeoutMs: 120_000 });
  // As if the second half were not there yet.
  await sql(
    `CREATE TABLE later_segments AS SELECT * FROM media.prepared_segments WHERE ${renditions} AND start_s > 5.9`,
    [growing.id],
  );
  await sql(`DELETE FROM media.prepared_segments WHERE ${renditions} AND start_s > 5.9`, [growing.id]);
  await sql('UPDATE media.prepared_renditions SET to_s = 6, complete = FALSE WHERE master_id = $1', [growing.id]);
  await sql("UPDATE media.master_preparations SET status = 'running', playable_to_s = 6 WHERE master_id = $1", [
    growing.id,
  ]);
  const page = await openAs(accountOf('analyst', 'MTL'), { width: 390, height: 844, hasTouch: true, isMobile: true });
  await watchInset(page);
  await page.addInitScript(() => {
    const facts = { team: 'MTL', event_type: 'goal', player_id: '9000001', player_name: 'Nick Durand' };
    localStorage.setItem('heartbeat-mark-facts', JSON.stringify(facts));
  });
  await page.goto(`/masters/${growing.id}?t=4`);
  await expectFrame(film(page), 120);
  await expect(page.getByText('Watchable to 0:06 of 0:12.')).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await (await hydrated(page.getByRole('button', { name: /^−3 \+5 s/ }))).tap();
  await expect(inset(page)).toContainText('It plays as soon as the film is prepared to 0:09.');

  await sql('INSERT INTO media.prepared_segments SELECT * FROM later_segments');
  await sql('DROP TABLE later_segments');
  await sql('UPDATE media.prepared_renditions SET to_s = 12, complete = TRUE WHERE master_id = $1', [growing.id]);
  await sql("UPDATE media.master_preparations SET status = 'ready', playable_to_s = 12 WHERE master_id = $1", [
    growing.id,
  ]);
  expectBegunWith(await firstFrame(page, 1), 30);
  await expect(page.getByText('Watchable to')).toBeHidden();
  // hls.js asks for the playlist again by itself.
  const durationS = () =>
    film(page)
      .locator('film-video')
      .evaluate((video) => (video as HTMLVideoElement).duration);
  await expect.poll(durationS, { timeout: 30_000 }).toBeCloseTo(12, 1);
});

test('films are not there for those who mark nothing, or belong to another team', async ({ openAs, guard }) => {
  guard.allow(/status of (403|404)/);
  for (const [account, list] of [
    [accountOf('player', 'MTL'), 403],
    [accountOf('scout', 'MTL'), 403],
    [accountOf('coach', 'CHI'), 200],
  ] as const) {
    const page = await openAs(account);
    expect((await page.goto(`/masters/${master.id}`))?.status()).toBe(404);
    expect((await page.goto('/masters'))?.status()).toBe(list);
    await expect(page.getByRole('link', { name: /^Watch slices-/ })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Film', exact: true })).toHaveCount(list === 200 ? 1 : 0);
  }
});
