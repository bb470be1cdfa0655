import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { type BenchBrowser, openBenchBrowser } from './bench-browser.ts';
import { withBenchPortal } from './bench-portal.ts';
import { type BenchReport, type Figure, median } from './bench-report.ts';
import { type FrameMarks, MARKS, marksOf, watchMarks } from './frame-marks.ts';
import { type PlainPage, servePlainPage } from './plain-page.ts';
import { withPlayLibrary } from './play-library.ts';

const RUNS = 20;
/** What is expected: that often the plain page's time, and so long from one clip to the next. */
const MOST_TIMES = 1.5;
const NEXT_MOST_MS = 150;

/** How a link is pressed: how long the mouse rests on it before, and how long the button is down. */
interface Hand {
  restMs: number;
  holdMs: number;
}

/** A hand that aims and presses; and one that does neither, which only a program does: nothing is gained by it. */
const HANDS = { hand: { restMs: 250, holdMs: 80 }, program: { restMs: 0, holdMs: 0 } } satisfies Record<string, Hand>;
type HandName = keyof typeof HANDS;

async function press(page: Page, link: Locator, { restMs, holdMs }: Hand): Promise<FrameMarks> {
  await link.hover();
  await pause(restMs);
  await page.mouse.down();
  await pause(holdMs);
  await page.mouse.up();
  return marksOf(page);
}

async function timePlain(page: Page, plain: PlainPage, hand: Hand): Promise<FrameMarks> {
  await page.goto(plain.url);
  return press(page, page.locator('a'), hand);
}

const LIST = '/clips?sort=created_at';

/** The card of one clip in the browser of clips, once the page has come to rest. */
async function openCard(page: Page, clipId: string): Promise<Locator> {
  await page.goto(LIST);
  const card = page.locator(`a[href^="/clips/${clipId}"]`).first();
  await card.waitFor();
  await page.waitForLoadState('networkidle');
  return card;
}

const timeCard = async (page: Page, clipId: string, hand: Hand): Promise<FrameMarks> =>
  press(page, await openCard(page, clipId), hand);

/** From the key to the next clip's first frame, a second after the first one began. */
async function timeNext(page: Page): Promise<FrameMarks> {
  await page.waitForLoadState('networkidle');
  await pause(500);
  await page.keyboard.press('n');
  return marksOf(page);
}

type Way = `${HandName}: ${'plain' | 'card'}` | 'next';

async function measure(
  browser: BenchBrowser,
  { clipId, plain }: { clipId: string; plain: PlainPage },
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<Map<Way, FrameMarks[]>> {
  const found = new Map<Way, FrameMarks[]>();
  const keep = (way: Way, marks: FrameMarks) => found.set(way, [...(found.get(way) ?? []), marks]);
  const fresh = <T>(use: (page: Page) => Promise<T>) =>
    browser.withPage(async (page) => {
      await page.addInitScript(watchMarks);
      return use(page);
    });
  for (let run = 1; run <= RUNS; run++) {
    for (const [name, hand] of Object.entries(HANDS) as [HandName, Hand][]) {
      signal.throwIfAborted();
      say(`first frame: run ${run} of ${RUNS}, ${name}`);
      keep(`${name}: plain`, await fresh((page) => timePlain(page, plain, hand)));
      await fresh(async (page) => {
        keep(`${name}: card`, await timeCard(page, clipId, hand));
        if (name === 'hand') keep('next', await timeNext(page));
      });
    }
  }
  return found;
}

const medianOf = (runs: readonly FrameMarks[], mark: keyof FrameMarks): number | null => {
  const values = runs.flatMap((marks) => marks[mark] ?? []);
  return values.length * 2 > runs.length ? median(values) : null;
};

/** Where the time goes, mark by mark. */
function marksReport(way: Way, runs: readonly FrameMarks[]): BenchReport {
  const figures = MARKS.flatMap((what): Figure[] => {
    const value = medianOf(runs, what);
    return value === null ? [] : [{ what, value, unit: 'ms' }];
  });
  return { title: `${way}: ms from the press to each mark (median of ${runs.length})`, figures };
}

function summary(found: Map<Way, FrameMarks[]>): BenchReport {
  const frame = (way: Way) => medianOf(found.get(way) ?? [], 'frame') ?? Number.NaN;
  const pairs = (Object.keys(HANDS) as HandName[]).flatMap((name): Figure[] => {
    const [plain, card]: [Way, Way] = [`${name}: plain`, `${name}: card`];
    const value = frame(plain);
    return [
      { what: plain, value, unit: 'ms' },
      { what: card, value: frame(card), unit: 'ms', against: plain, atMost: value * MOST_TIMES },
    ];
  });
  return {
    title: `From the press to the first frame, disk store, empty caches, interleaved (median of ${RUNS})`,
    figures: [...pairs, { what: 'next', value: frame('next'), unit: 'ms', atMost: NEXT_MOST_MS }],
  };
}

/** A plain page's first frame, a card's, and the next clip's, with what happens on the way. */
export function benchFirstFrame(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport[]> {
  const measureIn = (bench: Parameters<typeof openBenchBrowser>[0]) =>
    withPlayLibrary(bench, { say, signal }, async (library) => {
      const clipId = 'mtl-20031-p1-0001';
      const mp4 = (await library.clip(clipId)).assets.find(({ asset_type }) => asset_type === 'mp4');
      if (!mp4) throw new Error(`${clipId} has no MP4.`);
      const plain = await servePlainPage(mp4.signed_url);
      const browser = await openBenchBrowser(bench);
      try {
        const found = await measure(browser, { clipId, plain }, { say, signal });
        return [summary(found), ...[...found].map(([way, runs]) => marksReport(way, runs))];
      } finally {
        await browser.close();
        await plain.close();
      }
    });
  return withBenchPortal(measureIn, { workers: 1 });
}
