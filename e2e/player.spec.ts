import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';
import { shownFrame, videoFacts } from './support/video.ts';

/** Clips of one game, oldest first: each of 2 s or a little more. */
const LIST = '/clips?game_id=20031&status=ready&sort=created_at';

const clipIdOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';
const cards = (page: Page) => page.locator('article a[href^="/clips/"]');
const isFullScreen = (page: Page) => page.evaluate(() => document.fullscreenElement !== null);

/** So slow that a clip of 2 s plays for as long as a test looks at it. */
const SLOW = '0.1';
const remember = (page: Page, habit: string, value: string) =>
  page.evaluate(([name, text]) => localStorage.setItem(`heartbeat-${name}`, text ?? ''), [habit, value]);

const jumpTo = (page: Page, seconds: number) =>
  page.locator('video').evaluate((video: HTMLVideoElement, atS) => {
    video.currentTime = atS;
  }, seconds);

/** Whether it plays, in the element that was marked. */
const state = (page: Page) =>
  page.locator('video').evaluate((video: HTMLVideoElement) => ({
    isMarked: video.dataset.mark === 'same',
    isPlaying: !video.paused && video.readyState > 2,
    speed: video.playbackRate,
  }));

async function openFirst(page: Page): Promise<string[]> {
  await page.goto(LIST);
  await (await hydrated(cards(page).first())).waitFor();
  await remember(page, 'speed', SLOW);
  const hrefs = await cards(page).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  await cards(page).first().click();
  await page.waitForURL(/\/clips\/[^?]/);
  return hrefs.map((href) => href.split(/[/?]/)[2] ?? '');
}

test('a clip that is opened plays, and so do the next ones, in one element, in full screen, at its speed', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  const [first, second, third] = await openFirst(page);
  await expect.poll(() => state(page)).toMatchObject({ isPlaying: true, speed: Number(SLOW) });
  await page.locator('video').evaluate((video) => {
    video.dataset.mark = 'same';
  });
  await page.keyboard.press('f');
  await expect.poll(() => isFullScreen(page)).toBe(true);

  const going = { isMarked: true, isPlaying: true, speed: Number(SLOW) };
  for (const [key, clipId] of [
    ['n', second],
    ['p', first],
    ['n', second],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => clipIdOf(page)).toBe(clipId);
    await expect.poll(() => state(page)).toEqual(going);
  }
  // At its end the next one follows by itself.
  await jumpTo(page, 1.95);
  await expect.poll(() => clipIdOf(page)).toBe(third);
  await expect.poll(() => state(page)).toEqual(going);
  expect(await isFullScreen(page)).toBe(true);
  await page.keyboard.press('f');

  const playsOn = page.getByRole('switch', { name: 'Play on' });
  await expect(playsOn).toBeChecked();
  await playsOn.click();
  await expect(playsOn).not.toBeChecked();
  await jumpTo(page, 1.95);
  const hasEnded = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.ended);
  await expect.poll(hasEnded).toBe(true);
  // What was paused stays paused; what has ended goes on with the next one.
  await page.keyboard.press('p');
  await expect.poll(() => clipIdOf(page)).toBe(second);
  await expect.poll(() => state(page)).toEqual(going);
  await page.keyboard.press('k');
  await page.keyboard.press('p');
  await expect.poll(() => clipIdOf(page)).toBe(first);
  await expect.poll(async () => (await videoFacts(page)).duration).toBeGreaterThan(1);
  expect((await state(page)).isPlaying).toBe(false);

  await page.goBack();
  await expect(page).toHaveURL(LIST);
});

test('a moment and a loop are in the address, and a link to the frame on screen shows that frame', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'), { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto('/clips/lib-mtl-1?t=1.5&a=0.5&b=1.75');
  // Its own frames are the master's first 60, at 30 a second. It was opened by its address: it waits.
  await expect.poll(() => shownFrame(page)).toBe(45);
  expect((await videoFacts(page)).paused).toBe(true);
  await expect(page.getByRole('button', { name: 'Loop off' })).toHaveText(/0\.50–1\.75 s/);

  await page.keyboard.press('.');
  await expect.poll(() => shownFrame(page)).toBe(46);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Copy link at this moment' }).click();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.pathname + link.search).toBe('/clips/lib-mtl-1?t=1.534&a=0.5&b=1.75');
  await page.goto(link.href);
  await expect.poll(() => shownFrame(page)).toBe(46);
  // Without a moment the first frame is what is shown, and no poster of another one before it.
  await page.goto('/clips/lib-mtl-1?t=none');
  await expect.poll(() => shownFrame(page)).toBe(0);
  await expect(page.locator('video[poster]')).toHaveCount(0);
  // As long as the film is on its way, the first picture of the storyboard stands for it; it shows the same frame.
  await page.route(/\.m4s/, () => {});
  await page.reload();
  await expect(page.locator('.player-to-come [style*="grid.jpg"]')).toHaveCSS('background-position', '0% 0%');
});

test('what is picked is played in the order of the list, and “Play all” starts with its first', async ({ openAs }) => {
  const page = await openAs(accountOf('staff', 'MTL'));
  await page.goto(LIST);
  await (await hydrated(page.getByRole('link', { name: 'Play all' }))).waitFor();
  const ids = (await cards(page).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))).map(
    (href) => href.split(/[/?]/)[2] ?? '',
  );
  await remember(page, 'speed', SLOW);
  for (const place of [2, 0]) {
    await page
      .getByRole('checkbox', { name: /^Select / })
      .nth(place)
      .check();
  }
  await page.getByRole('region', { name: 'Selected clips' }).getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => clipIdOf(page)).toBe(ids[0]);
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible();
  await page.keyboard.press('n');
  await expect.poll(() => clipIdOf(page)).toBe(ids[2]);
  await page.reload();
  await expect(page.getByText('2 of 2', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await (await hydrated(page.getByRole('link', { name: 'Play all' }))).click();
  await expect.poll(() => clipIdOf(page)).toBe(ids[0]);
  await expect(page.getByText(/^1 of \d+$/)).toBeVisible();
  await expect.poll(() => state(page)).toMatchObject({ isPlaying: true });
});

interface Point {
  x: number;
  y: number;
}

/** How long a finger's way and a pause between two taps last: by the events' own clock, however slow the machine is. */
const STEP_MS = 20;

/** One finger along some points, as a phone sends it. `startMs` is the moment of its touch. */
async function finger(cdp: CDPSession, points: readonly Point[], startMs = Date.now()): Promise<void> {
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[], step: number) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: (startMs + step * STEP_MS) / 1000 });
  for (const [step, point] of points.entries()) await send(step === 0 ? 'touchStart' : 'touchMove', [point], step);
  await send('touchEnd', [], points.length);
  // What comes next is later than this, also where the machine was faster than the finger: Chromium drops a tap of before.
  await pause(Math.max(0, startMs + points.length * STEP_MS - Date.now()));
}

/** The finger rests before it is lifted: let go at speed it makes a fling, and Chromium takes the next tap as the end of that. */
const STEPS = [0, 0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 1, 1];
const drag = (cdp: CDPSession, from: Point, to: Point) =>
  finger(
    cdp,
    STEPS.map((part) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })),
  );

async function doubleTap(cdp: CDPSession, point: Point): Promise<void> {
  const startMs = Date.now();
  await finger(cdp, [point], startMs);
  await finger(cdp, [point], startMs + 150);
}

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not on screen`);
  return { ...box, centerX: box.x + box.width / 2, centerY: box.y + box.height / 2 };
};

/** What a finger could not hit: buttons, links and the like that are less than 44 px high or wide. */
const smallTargets = (page: Page) =>
  page
    .locator('main :is(a, button, input, [role="button"], media-play-button, media-mute-button, media-time-range)')
    .or(page.locator('media-control-bar > [role="button"]'))
    .evaluateAll((targets) =>
      targets
        .filter((target) => target.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }))
        .map((target) => ({ target, box: target.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
        .map(({ target, box }) => `${target.outerHTML.slice(0, 90)} ${box.width}×${box.height}`),
    );

test('on a phone: a large button, double taps, swipes, menus from below, and a whole picture on its side', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'), { width: 390, height: 844, hasTouch: true, isMobile: true });
  const cdp = await page.context().newCDPSession(page);
  const [first, second] = await openFirst(page);
  await expect.poll(() => state(page)).toMatchObject({ isPlaying: true });
  expect(await smallTargets(page)).toEqual([]);

  const picture = await boxOf(page, 'video');
  await page.touchscreen.tap(picture.centerX, picture.y + picture.height * 0.25);
  const middle = await boxOf(page, '.player-large-play');
  expect([middle.width, middle.height]).toEqual([48, 48]);
  await page.touchscreen.tap(middle.centerX, middle.centerY);
  await expect.poll(async () => (await videoFacts(page)).paused).toBe(true);

  await jumpTo(page, 1);
  const left = { x: picture.x + picture.width * 0.2, y: picture.centerY };
  const right = { x: picture.x + picture.width * 0.8, y: picture.centerY };
  await doubleTap(cdp, left);
  await expect.poll(async () => (await videoFacts(page)).currentTime).toBe(0);
  await doubleTap(cdp, right);
  await expect.poll(async () => (await videoFacts(page)).currentTime).toBeGreaterThan(1.9);

  // Up and down scrolls the page, also from the seek bar, and moves nothing else.
  await jumpTo(page, 1);
  const bar = await boxOf(page, 'media-time-range');
  for (const x of [bar.x + bar.width * 0.8, bar.x + bar.width * 0.1]) {
    await drag(cdp, { x, y: bar.centerY }, { x: x + 4, y: bar.centerY - 120 });
    await page.evaluate(() => window.scrollTo(0, 0));
  }
  await drag(cdp, right, { x: right.x, y: right.y + 150 });
  expect([(await videoFacts(page)).currentTime, clipIdOf(page)]).toEqual([1, first]);

  await drag(cdp, right, left);
  await expect.poll(() => clipIdOf(page)).toBe(second);
  await drag(cdp, left, right);
  await expect.poll(() => clipIdOf(page)).toBe(first);

  const speeds = await boxOf(page, 'media-playback-rate-menu-button');
  await page.touchscreen.tap(speeds.centerX, speeds.centerY);
  const menu = page.locator('media-playback-rate-menu');
  await expect(menu).toBeVisible();
  const sheet = async () => {
    const box = await menu.boundingBox();
    return box && [box.x, box.width, Math.round(box.y + box.height)];
  };
  await expect.poll(sheet).toEqual([0, 390, 844]);
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 844, height: 390 });
  const lying = async () => {
    const box = await boxOf(page, '.player');
    return box.y >= 0 && box.y + box.height <= 390 && box.height > 250;
  };
  await expect.poll(lying).toBe(true);
});
