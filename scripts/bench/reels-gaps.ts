import type { Page } from '@playwright/test';
import { openBenchBrowser } from './bench-browser.ts';
import { type BenchReport, median, percentile } from './bench-report.ts';
import type { GameRun } from './game-asks.ts';

const CHANGES = 20;
const GAP_MOST_MS = 150;
const PATIENCE_MS = 120_000;

interface NotedFrame {
  /** Which of the two elements. */
  slot: number;
  /** When it came to the screen, as the browser says it, in ms. */
  atMs: number;
  isFront: boolean;
}

/** Notes every frame of every video of the page, as the browser tells of it. */
const noteFrames = (page: Page) =>
  page.addInitScript(() => {
    const frames: NotedFrame[] = [];
    Object.assign(window, { frames });
    let count = 0;
    const follow = (film: Element) => {
      const slot = count++;
      const video = film.shadowRoot?.querySelector('video') ?? (film as HTMLVideoElement);
      const note = (_now: number, { presentationTime }: VideoFrameCallbackMetadata) => {
        frames.push({ slot, atMs: presentationTime, isFront: film.hasAttribute('data-front') });
        video.requestVideoFrameCallback(note);
      };
      video.requestVideoFrameCallback(note);
    };
    const seen = new WeakSet<Element>();
    new MutationObserver(() => {
      for (const film of document.querySelectorAll('film-video')) {
        if (seen.has(film)) continue;
        seen.add(film);
        follow(film);
      }
    }).observe(document, { childList: true, subtree: true });
  });

/** How long no new picture came as one item followed the other: from the last frame of one to the first that moves. */
function gapsOf(frames: readonly NotedFrame[]): number[] {
  const shown = frames.filter(({ isFront }) => isFront);
  return shown.flatMap((frame, at) => {
    const before = shown[at - 1];
    return before && before.slot !== frame.slot ? [frame.atMs - before.atMs] : [];
  });
}

/** Plays a reel and measures each change of item. */
export async function measureGaps(run: GameRun, reelId: string): Promise<BenchReport> {
  const browser = await openBenchBrowser(run.bench);
  try {
    const frames = await browser.withPage(async (page) => {
      await noteFrames(page);
      await page.goto('/reels');
      await page.locator(`a[href="/reels/${reelId}"]`).click();
      run.say('watching the reel');
      await page.waitForFunction(
        (changes) => {
          const { frames } = window as unknown as { frames: NotedFrame[] };
          const slots = frames.filter(({ isFront }) => isFront).map(({ slot }) => slot);
          return slots.filter((slot, at) => at > 0 && slot !== slots[at - 1]).length >= changes;
        },
        CHANGES,
        { timeout: PATIENCE_MS },
      );
      return page.evaluate(() => (window as unknown as { frames: NotedFrame[] }).frames);
    });
    const gaps = gapsOf(frames).slice(0, CHANGES);
    return {
      title: `From item to item, ${gaps.length} changes: between two pictures`,
      figures: [
        { what: 'median', value: median(gaps), unit: 'ms', atMost: GAP_MOST_MS },
        { what: 'p95', value: percentile(gaps, 95), unit: 'ms', atMost: GAP_MOST_MS },
        { what: 'the longest', value: Math.max(...gaps), unit: 'ms' },
      ],
    };
  } finally {
    await browser.close();
  }
}
