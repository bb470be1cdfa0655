import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, expect, type Page, type Response } from '@playwright/test';
import type { TestAccount } from './accounts.ts';
import { accountOf } from './accounts.ts';
import { apiOf } from './api.ts';
import { type GooglePortal, LONG_CLIP, SHORT_CLIPS } from './google-portal.ts';
import { slowDown } from './line.ts';
import { PageGuard, sessionFileOf } from './portal-test.ts';
import { expectPlaying, videoFacts } from './video.ts';

/** Half as long again as a URL lives. */
const PAUSE_MS = 30_000;
/** The clip takes this long to come down the line: it plays, and is not there as a whole when the pause is over. */
const DOWNLOAD_S = 64;

/** Seen from within the page: what must not change while a clip goes on. */
interface Marks {
  source: string;
  /** Events that tell of a source that was begun anew. */
  restarts: string[];
  /** Where the picture went on after the pause, in seconds. */
  resumedAtS: number | null;
}

/** A page in which the long clip was played and paused. */
export interface PausedPlayer {
  page: Page;
  /** Answers of the portal and of the store, oldest first, since the long clip was opened. */
  responses: Response[];
  guard: PageGuard;
  pausedAtS: number;
  /** Settles when the pause has outlived every URL that was handed out before it. */
  waitOut(): Promise<void>;
  /** Nothing of the page: it was loaded again. */
  marks(): Promise<Marks | undefined>;
}

async function bytesPerSecond(google: GooglePortal): Promise<number> {
  const { json } = await apiOf(accountOf('coach', 'MTL'), google.state).get(`/clips/${LONG_CLIP.id}`);
  const media = json.assets.find(({ asset_type }) => asset_type === 'hls_segment');
  return Math.ceil(Number(media?.file_size_bytes) / DOWNLOAD_S);
}

const durationOf = async (page: Page) => (await videoFacts(page)).duration;

async function markVideo(page: Page): Promise<void> {
  await page.locator('video').evaluate((video: HTMLVideoElement) => {
    const marks: Marks = { source: video.currentSrc, restarts: [], resumedAtS: null };
    Object.assign(window, { marks });
    for (const name of ['emptied', 'loadstart']) video.addEventListener(name, () => marks.restarts.push(name));
    video.addEventListener('playing', () => {
      marks.resumedAtS ??= video.currentTime;
    });
  });
}

/** A page that knows the player's code from an earlier visit. */
interface VisitedPage {
  page: Page;
  guard: PageGuard;
}

/**
 * Opens a page of the web whose URLs live 20 s, and a clip in it. One after the other: a page whose code takes longer than
 * that to come has nothing left to play.
 */
export async function visit(
  browser: Browser,
  google: GooglePortal,
  account: TestAccount,
  initScript?: () => void,
): Promise<VisitedPage> {
  const context = await browser.newContext({
    baseURL: google.urls.brief,
    storageState: await sessionFileOf(account, google.state),
  });
  const guard = new PageGuard();
  guard.watch(context);
  const page = await context.newPage();
  if (initScript) await page.addInitScript(initScript);
  // What is looked at is one clip, to its end. An empty page has nothing to keep it in.
  await page.addInitScript(() => {
    if (location.protocol !== 'about:') localStorage.setItem('heartbeat-play-on', 'off');
  });
  await page.goto(`/clips/${SHORT_CLIPS[0]}`);
  await expect.poll(() => durationOf(page)).toBeCloseTo(2, 0);
  // Until the others are there it asks for nothing.
  await page.goto('about:blank');
  return { page, guard };
}

/** Plays the long clip on a slow line, which carries nothing else, and pauses it. */
export async function playAndPause({ page, guard }: VisitedPage, google: GooglePortal): Promise<PausedPlayer> {
  await slowDown(page, await bytesPerSecond(google));
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(`/clips/${LONG_CLIP.id}`);
  await expect.poll(() => durationOf(page), { timeout: 40_000 }).toBeCloseTo(LONG_CLIP.seconds, 0);
  await page.keyboard.press('k');
  await expectPlaying(page);
  await page.keyboard.press('k');
  await expect.poll(async () => (await videoFacts(page)).paused).toBe(true);
  const pausedAt = Date.now();
  await markVideo(page);
  return {
    ...{ page, responses, guard },
    pausedAtS: (await videoFacts(page)).currentTime,
    waitOut: () => pause(Math.max(0, pausedAt + PAUSE_MS - Date.now())),
    marks: () => page.evaluate('window.marks') as Promise<Marks | undefined>,
  };
}

/** The last moment that has arrived, in seconds. */
export const bufferedEndS = (page: Page): Promise<number> =>
  page.locator('video').evaluate((video: HTMLVideoElement) => video.buffered.end(video.buffered.length - 1));

/** Resumes where it was paused, then jumps to what had not arrived yet, and sees the end. */
export async function expectGoesOn({ page, pausedAtS, marks }: PausedPlayer): Promise<void> {
  await page.keyboard.press('k');
  await expectPlaying(page);
  expect(Math.abs(((await marks())?.resumedAtS ?? -1) - pausedAtS)).toBeLessThan(0.25);
  await page.keyboard.press('9');
  await page.keyboard.press('l');
  const hasEnded = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.ended);
  await expect.poll(hasEnded, { timeout: 40_000 }).toBe(true);
  expect((await videoFacts(page)).currentTime).toBeCloseTo(LONG_CLIP.seconds, 0);
}
