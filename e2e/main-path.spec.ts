import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '#scripts/portal/build-web.ts';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { apiOf, untilReady, uploadMaster } from './support/api.ts';
import { sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { makeNumberedMaster } from './support/numbered-master.ts';
import { expect, test } from './support/portal-test.ts';
import { expectFrame, expectPlaying, shownFrame, videoFacts } from './support/video.ts';

const GAME = '20077';
const FILE_NAME = `p1-20251112-NHL-MTLvsCHI-20252026-${GAME}.mp4`;
const BUNNY = path.resolve(ROOT, '../shared/media/big_buck_bunny.mp4');

test.afterAll(async () => {
  const root = apiOf(accountOf('admin'));
  for (const { clip_id } of await sql("SELECT clip_id FROM media.clips WHERE game_id IN ($1, 'bunny')", [GAME])) {
    expect((await root.delete(`/clips/${clip_id}`)).status).toBe(204);
  }
  // What lies in the trash holds its master for 30 days; they are over.
  await sql("DELETE FROM media.clips WHERE deleted_at IS NOT NULL AND game_id IN ($1, 'bunny')", [GAME]);
  for (const { id } of await sql("SELECT id FROM media.masters WHERE game_id IN ($1, 'bunny')", [GAME])) {
    expect((await root.delete(`/masters/${id}?permanent=true`)).status).toBe(204);
  }
});

async function signIn(page: Page, email: string): Promise<void> {
  await (await hydrated(page.getByLabel('Email'))).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Uploads through the page; ends on the page of the ready master. */
async function uploadInBrowser(page: Page, file: string): Promise<void> {
  await (await hydrated(page.locator('input[type=file]').first())).setInputFiles(file);
  const row = page.getByRole('listitem').filter({ hasText: FILE_NAME });
  // The name says it all: nothing is left to type.
  await expect(row.getByLabel('Team')).toHaveValue('MTL');
  await expect(row.getByLabel('Season')).toHaveValue('2025-2026');
  await expect(row.getByLabel('Game')).toHaveValue(GAME);
  await expect(row.getByLabel('Period')).toHaveText('1st period');
  await expect(row.getByLabel('File name')).toHaveValue(FILE_NAME);
  await page.getByRole('button', { name: 'Start 1 upload' }).click();
  await expect(row).toHaveAttribute('data-phase', 'ready');
  // What can be watched already is said while the rest is prepared.
  await expect(row.getByRole('link', { name: 'Watchable to its end' })).toHaveAttribute(
    'href',
    /^\/masters\/[0-9a-f-]{36}$/,
  );
  await row.getByRole('link', { name: 'Open the master' }).click();
  await expect(page).toHaveURL(/\/admin\/masters\/[0-9a-f-]{36}$/);
}

/** Leaves the preview at 3 s, and sees it there after the master was asked for anew, with another URL of its file. */
async function watchPreview(page: Page): Promise<{ expectInPlace(): Promise<void> }> {
  let answers = 0;
  await page.route(/\/api\/v2\/masters\/[0-9a-f-]{36}$/, async (route) => {
    const response = await route.fetch();
    const master = (await response.json()) as { signed_url: string };
    answers += 1;
    await route.fulfill({ response, json: { ...master, signed_url: `${master.signed_url}#${answers}` } });
  });
  // Before the first picture nobody sees where it is.
  const hasPicture = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState >= 2);
  await expect.poll(hasPicture).toBe(true);
  expect((await videoFacts(page)).duration).toBeGreaterThan(9);
  await page.locator('film-video').evaluate((film) => {
    (film as HTMLVideoElement).currentTime = 3;
  });
  const { source, currentTime } = await videoFacts(page);
  expect(currentTime).toBeCloseTo(3, 2);
  return {
    expectInPlace: async () => {
      await expect.poll(() => answers).toBeGreaterThan(0);
      expect(await videoFacts(page)).toMatchObject({ currentTime, source });
    },
  };
}

/** Cuts 2 s to 5 s through the form; the clip turns ready on the page by itself. */
async function cutInBrowser(page: Page): Promise<void> {
  const preview = await watchPreview(page);
  await page.getByRole('textbox', { name: 'In', exact: true }).fill('00:00:02:00');
  await page.getByRole('textbox', { name: 'Out', exact: true }).fill('00:00:05:00');
  // A player whom the team's clips know: by number, and the name comes along.
  await (await hydrated(page.getByRole('combobox', { name: 'Player' }))).click();
  await page.getByPlaceholder('Number or name').fill('9000001');
  await page.getByRole('option', { name: /9000001/ }).click();
  await page.getByLabel('Player name').fill('Nick Durand');
  await (await hydrated(page.getByRole('combobox', { name: 'Event' }))).click();
  await page.getByPlaceholder('Search or type').fill('takeaway');
  await page.getByRole('option', { name: 'Takeaway' }).first().click();
  await page.getByLabel('Tags').fill('main path, first');
  await page.getByRole('button', { name: 'Cut clip' }).click();
  // The message lies over the bar and nothing else, and leads to what was made.
  const toast = page.getByRole('listitem').filter({ hasText: 'The clip is in line.' });
  await expect(toast).toBeVisible();
  const bar = await page.getByRole('banner').boundingBox();
  await expect
    .poll(async () => {
      const box = await toast.boundingBox();
      return box && box.y + box.height;
    })
    .toBeLessThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
  // Under the pointer it stays.
  await toast.hover();
  await preview.expectInPlace();
  await toast.getByRole('button', { name: 'Open clip' }).click();
  await expect(page).toHaveURL(new RegExp(`/clips/mtl-${GAME}-[0-9a-f]{8}\\?master_id=`));
  await page.goBack();
  const clips = page.getByRole('region', { name: 'Clips of this master' });
  const row = clips.getByRole('row').filter({ hasText: 'Takeaway' });
  await expect(row).toContainText('00:00:02:00');
  await expect(row).toContainText('Nick Durand');
  await expect(row.getByText('Ready', { exact: true })).toBeVisible({ timeout: 60_000 });
}

const hasPlayed = (page: Page) => page.locator('video').evaluate((video: HTMLVideoElement) => video.played.length > 0);

async function checkKeys(page: Page): Promise<void> {
  const press = (key: string) => page.keyboard.press(key);
  await press('k');
  await expect.poll(async () => (await videoFacts(page)).paused).toBe(true);
  await press('0');
  await expectFrame(page, 60);
  // Exactly one frame a press, forwards and backwards, and never off either end.
  for (const frame of [61, 62, 63]) {
    await press('.');
    await expectFrame(page, frame);
  }
  for (const frame of [62, 61, 60]) {
    await press(',');
    await expectFrame(page, frame);
  }
  await press(',');
  await expectFrame(page, 60);
  await press('Shift+L');
  await expectFrame(page, 90);
  await press('Shift+J');
  await expectFrame(page, 60);
  await press('l');
  await expectFrame(page, 149);
  await press('.');
  await expectFrame(page, 149);
  await press(',');
  await expectFrame(page, 148);
  await press('j');
  await expectFrame(page, 60);
  await press('5');
  await expect.poll(async () => (await videoFacts(page)).currentTime).toBeCloseTo(1.5, 1);
  await press('>');
  await expect.poll(async () => (await videoFacts(page)).playbackRate).toBe(1.25);
  await press('<');
  await expect.poll(async () => (await videoFacts(page)).playbackRate).toBe(1);
  const { muted } = await videoFacts(page);
  await press('m');
  await expect.poll(async () => (await videoFacts(page)).muted).toBe(!muted);
  await press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function checkLoop(page: Page): Promise<void> {
  await page.keyboard.press('2');
  await page.keyboard.press('[');
  await page.keyboard.press('4');
  await page.keyboard.press(']');
  await expect(page.getByRole('button', { name: 'Loop off' })).toHaveText(/0\.60–1\.20 s/);
  await page.locator('film-video').evaluate((element) => {
    const video = element as HTMLVideoElement;
    const seen = Object.assign(window, { loopJumps: 0, loopLatestS: 0 });
    video.addEventListener('seeking', () => seen.loopJumps++);
    video.addEventListener('timeupdate', () => {
      seen.loopLatestS = Math.max(seen.loopLatestS, video.currentTime);
    });
  });
  await page.keyboard.press('k');
  await expect.poll(async () => (await page.evaluate('loopJumps')) as number).toBeGreaterThanOrEqual(2);
  // The end of the clip was never reached: each round ended at the loop's end.
  expect((await page.evaluate('loopLatestS')) as number).toBeLessThan(2.9);
  await page.keyboard.press('\\');
  await expect(page.getByRole('button', { name: 'Loop off' })).toBeHidden();
  await page.keyboard.press('k');
}

test('sign in, upload, cut, wait, browse, play, step, loop, go back', async ({ openAs, portal }) => {
  test.setTimeout(180_000);
  const file = path.join(portal.dataDir, FILE_NAME);
  await makeNumberedMaster(file, { rate: '30', seconds: 10 });

  const admin = await openAs(null);
  await admin.goto('/admin/upload');
  await expect(admin).toHaveURL(/\/signin\?callbackUrl=/);
  await signIn(admin, accountOf('admin').email);
  await expect(admin).toHaveURL(/\/admin\/upload$/);
  await uploadInBrowser(admin, file);
  await cutInBrowser(admin);

  const coach = await openAs(null);
  await coach.goto('/clips');
  await signIn(coach, accountOf('coach', 'MTL').email);
  await expect(coach).toHaveURL(/\/clips$/);
  const filters = coach.getByRole('complementary', { name: 'Filters' });
  await (await hydrated(filters.getByRole('combobox', { name: 'Game' }))).click();
  await coach.getByPlaceholder('Search…').fill(GAME);
  await coach.getByRole('option').first().click();
  await expect(coach).toHaveURL(new RegExp(`game_id=${GAME}`));
  await expect(coach.getByRole('status').filter({ hasText: '1 clip' })).toBeVisible();
  const listUrl = coach.url();
  await coach.reload();
  await expect(coach.getByRole('article')).toHaveCount(1);
  await coach.getByRole('link', { name: /^Takeaway.*Nick Durand$/ }).click();
  await expect(coach).toHaveURL(new RegExp(`/clips/mtl-${GAME}-[0-9a-f]{8}\\?.*game_id=${GAME}`));
  await expect(coach.getByRole('heading', { level: 1 })).toHaveText('Takeaway · Nick Durand');

  // It plays by itself.
  await expect.poll(() => shownFrame(coach)).toBeGreaterThanOrEqual(60);
  await expect.poll(() => hasPlayed(coach)).toBe(true);
  expect((await videoFacts(coach)).duration).toBeCloseTo(3, 1);
  await checkKeys(coach);
  await checkLoop(coach);

  await coach.goBack();
  await expect(coach).toHaveURL(listUrl);
  await expect(coach.getByRole('article')).toHaveCount(1);
  await expect(coach.getByRole('link', { name: /^Takeaway.*Nick Durand$/ })).toBeVisible();
});

test('real footage: Big Buck Bunny, uploaded and cut, plays', async ({ openAs }) => {
  test.skip(!existsSync(BUNNY), 'the film is not here');
  const admin = apiOf(accountOf('admin', 'MTL'));
  const place = { team_code: 'MTL', season: '2025-2026', game_id: 'bunny' };
  const { id, completed } = await uploadMaster(admin, BUNNY, place);
  expect(completed.status, completed.text).toBe(200);
  expect(completed.json).toMatchObject({ frame_rate: 24, width: 640, height: 360, video_codec: 'h264' });
  const body = { ...place, clip_id: 'bunny-1', master_id: id, player_id: '9000001', event_type: 'carry' };
  expect((await admin.post('/clips', { ...body, start_timecode_s: 20, end_timecode_s: 23 })).status).toBe(201);
  const clip = await untilReady(admin, 'bunny-1');
  expect(clip.duration_s).toBe(3);

  const player = await openAs(accountOf('player', 'MTL'));
  await player.goto('/clips/bunny-1');
  await expect.poll(async () => (await videoFacts(player)).duration).toBeCloseTo(3, 1);
  await player.keyboard.press('k');
  await expectPlaying(player);
});
