import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { type BenchBrowser, openBenchBrowser } from './bench-browser.ts';
import { type BenchReport, type Figure, median, percentile } from './bench-report.ts';
import type { GameRun } from './game-asks.ts';
import { PLACE } from './slices-lake.ts';

const ADDRESS = `/games/${Object.values(PLACE).join('/')}`;
const ROW = '.play-table .play-pick';

const LOADS = 5;
const SCRIPT_MOST_KB = 220;
const PRESSES = 60;
const PICTURE_MOST_MS = 150;
const FRAME_MOST_MS = 50;
/** The wheel goes on so far and so often: all rows of a game in some ten seconds. */
const WHEEL_PX = 400;
const WHEEL_EVERY_MS = 16;
const PATIENCE_MS = 60_000;

interface LoadOfPage {
  /** Script as it came over the line, until the first row could be pressed, and until nothing came any more. */
  usableKb: number;
  allKb: number;
  files: number;
  usableMs: number;
}

/** The page with empty caches: what of script the browser has fetched when the first row is there. */
async function loadPage(page: Page): Promise<LoadOfPage> {
  const line = await page.context().newCDPSession(page);
  const scripts = new Map<string, number>();
  await line.send('Network.enable');
  line.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.set(requestId, 0);
  });
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
  });
  const sumKb = () => [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
  const startedMs = performance.now();
  await page.goto(ADDRESS, { waitUntil: 'commit' });
  await page.locator(ROW).first().waitFor({ timeout: PATIENCE_MS });
  const usable = { usableMs: performance.now() - startedMs, usableKb: sumKb() };
  await page.waitForLoadState('networkidle');
  return { ...usable, allKb: sumKb(), files: scripts.size };
}

/** In the page: notes how long each frame takes, until it is told to stop. */
function watchFrames(): void {
  const frames: number[] = [];
  Object.assign(window, { benchFrames: frames });
  let lastMs = performance.now();
  const next = (nowMs: number) => {
    frames.push(nowMs - lastMs);
    lastMs = nowMs;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

const takeFrames = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as typeof window & { benchFrames: number[] }).benchFrames.splice(0));

/** From the first row to the last with the wheel. @returns how long each frame took, in milliseconds. */
async function scrollAll(page: Page): Promise<{ frames: number[]; rows: number }> {
  const list = page.locator('.play-scroll').first();
  await list.hover();
  await page.evaluate(watchFrames);
  await pause(500);
  await takeFrames(page);
  const isAtEnd = () => list.evaluate((at) => at.scrollTop + at.clientHeight >= at.scrollHeight - 1);
  for (let turns = 0; !(turns % 20 === 0 && (await isAtEnd())); turns++) {
    await page.mouse.wheel(0, WHEEL_PX);
    await pause(WHEEL_EVERY_MS);
  }
  const rows = Number(await page.locator('.play-table').getAttribute('aria-rowcount'));
  return { frames: await takeFrames(page), rows: rows - 1 };
}

/** In the page: notes the time from a key to the next picture that the film shows. */
function watchPictures(): void {
  const found: number[] = [];
  Object.assign(window, { benchPictures: found });
  let pressedMs: number | null = null;
  addEventListener('keydown', () => (pressedMs = performance.now()), true);
  const video = document.querySelector('video');
  const look: VideoFrameRequestCallback = (_, { expectedDisplayTime }) => {
    if (pressedMs !== null) found.push(Math.max(0, expectedDisplayTime - pressedMs));
    pressedMs = null;
    video?.requestVideoFrameCallback(look);
  };
  video?.requestVideoFrameCallback(look);
}

/** From an arrow to the frame of the next play; one at the frame that is shown already makes none, and is not counted. */
async function pressArrows(page: Page): Promise<number[]> {
  await page.locator(ROW).first().click();
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, null, {
    timeout: PATIENCE_MS,
  });
  await page.waitForLoadState('networkidle');
  await page.evaluate(watchPictures);
  for (let press = 0; press < PRESSES; press++) {
    await page.keyboard.press('ArrowDown');
    await pause(400);
  }
  return page.evaluate(() => (window as typeof window & { benchPictures: number[] }).benchPictures);
}

function figuresOf(
  loads: readonly LoadOfPage[],
  scroll: { frames: number[]; rows: number },
  pictures: number[],
): Figure[] {
  const middle = (name: keyof LoadOfPage) => median(loads.map((load) => load[name]));
  return [
    { what: 'script until a play can be pressed', value: middle('usableKb'), unit: 'kB', atMost: SCRIPT_MOST_KB },
    { what: 'script until nothing is loading', value: middle('allKb'), unit: 'kB' },
    { what: 'files of script', value: middle('files'), unit: '' },
    { what: 'until a play can be pressed', value: middle('usableMs'), unit: 'ms' },
    { what: 'rows that were scrolled through', value: scroll.rows, unit: '', atLeast: 4000 },
    { what: 'the longest frame of scrolling', value: Math.max(...scroll.frames), unit: 'ms', atMost: FRAME_MOST_MS },
    { what: 'frames of scrolling: p99', value: percentile(scroll.frames, 99), unit: 'ms' },
    { what: 'pictures after an arrow', value: pictures.length, unit: `of ${PRESSES}`, atLeast: PRESSES / 2 },
    { what: 'arrow to picture: p50', value: median(pictures), unit: 'ms' },
    { what: 'arrow to picture: p95', value: percentile(pictures, 95), unit: 'ms', atMost: PICTURE_MOST_MS },
  ];
}

/** The page of a game in a browser: what it loads, how it scrolls, how soon a key has its picture. */
export async function measurePage({ bench, say, signal }: GameRun): Promise<BenchReport> {
  const browser: BenchBrowser = await openBenchBrowser(bench);
  try {
    const loads: LoadOfPage[] = [];
    for (let run = 1; run <= LOADS; run++) {
      signal.throwIfAborted();
      say(`the page of a game, load ${run} of ${LOADS}`);
      loads.push(await browser.withPage(loadPage));
    }
    const [scroll, pictures] = await browser.withPage(async (page) => {
      await loadPage(page);
      say('scrolling through the game');
      const scrolled = await scrollAll(page);
      say('arrows through the game');
      return [scrolled, await pressArrows(page)] as const;
    });
    return {
      title: `The page of a game, ${LOADS} loads with empty caches`,
      figures: figuresOf(loads, scroll, pictures),
    };
  } finally {
    await browser.close();
  }
}
