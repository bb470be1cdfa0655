import type { Page } from '@playwright/test';

const PATIENCE_MS = 30_000;

/** What happens between a press and the first frame, in order; not each of them happens in each way of playing. */
export const MARKS = [
  ...(['click', 'navigation', 'player', 'playlist', 'fragment', 'appended', 'decoded', 'frame'] as const),
];
export type Mark = (typeof MARKS)[number];

/** Milliseconds from the press; what did not happen is not there. */
export type FrameMarks = Partial<Record<Mark, number>>;

/**
 * In each document, before its own scripts: notes when something is pressed, and what follows. A press outlives its
 * document, so that a link to another page is measured as one within the page. Times are on the clock that documents
 * share (High Resolution Time §4).
 */
export function watchMarks(): void {
  const PRESSED = 'bench-press';
  const readPress = (): { atMs: number; src: string } | null => {
    try {
      return JSON.parse(sessionStorage.getItem(PRESSED) ?? 'null');
    } catch {
      return null;
    }
  };
  let press = readPress();
  const marks: Record<string, number> = {};
  Object.assign(window, { benchMarks: marks });
  const nowMs = () => performance.timeOrigin + performance.now();
  /** The first moment of each is kept. */
  const mark = (name: string, atMs = nowMs()) => {
    if (press && marks[name] === undefined && atMs >= press.atMs) marks[name] = atMs - press.atMs;
  };
  const shownVideo = () => [...document.querySelectorAll('video')].find((video) => video.checkVisibility());
  const onPress = () => {
    press = { atMs: nowMs(), src: shownVideo()?.currentSrc ?? '' };
    for (const name of Object.keys(marks)) delete marks[name];
    sessionStorage.setItem(PRESSED, JSON.stringify(press));
  };
  addEventListener('pointerdown', onPress, true);
  addEventListener('keydown', onPress, true);
  addEventListener('click', () => mark('click'), true);
  // A document that was loaded for a press was navigated to when it began; a page within one, when its address changed.
  if (press) mark('navigation', performance.timeOrigin);
  window.navigation?.addEventListener('currententrychange', () => mark('navigation'));

  const seen = new WeakSet<HTMLVideoElement>();
  const watch = (video: HTMLVideoElement) => {
    mark('player');
    if (seen.has(video)) return;
    seen.add(video);
    const look: VideoFrameRequestCallback = (shownMs) => {
      if (press && video.isConnected && video.currentSrc !== press.src) {
        mark('frame', performance.timeOrigin + shownMs);
      }
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  };
  new MutationObserver(() => document.querySelectorAll('video').forEach(watch)).observe(document, {
    ...{ childList: true, subtree: true },
  });
  document.addEventListener('loadeddata', () => mark('decoded'), true);

  const { appendBuffer } = SourceBuffer.prototype;
  SourceBuffer.prototype.appendBuffer = function append(data) {
    this.addEventListener('updateend', () => this.buffered.length > 0 && mark('appended'), { once: true });
    appendBuffer.call(this, data);
  };
  new PerformanceObserver((list) => {
    for (const { name, responseEnd } of list.getEntries() as PerformanceResourceTiming[]) {
      const { pathname } = new URL(name);
      if (pathname.endsWith('.m3u8') && !pathname.includes('iframes')) {
        const atMs = performance.timeOrigin + responseEnd;
        if (press && marks.fragment === undefined && atMs >= press.atMs) marks.playlist = atMs - press.atMs;
      }
      if (/\.(m4s|mp4)$/.test(pathname)) mark('fragment', performance.timeOrigin + responseEnd);
    }
  }).observe({ type: 'resource', buffered: true });
}

/** Waits for the first frame after the last press, and for what is told a little later than it happens. */
export async function marksOf(page: Page): Promise<FrameMarks> {
  const read = () => (window as Window & { benchMarks?: FrameMarks }).benchMarks ?? {};
  await page.waitForFunction(
    () => (window as Window & { benchMarks?: FrameMarks }).benchMarks?.frame !== undefined,
    undefined,
    { timeout: PATIENCE_MS, polling: 50 },
  );
  await page.waitForTimeout(150);
  return page.evaluate(read);
}
