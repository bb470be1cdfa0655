import type { Page, Request } from '@playwright/test';
import { type BenchBrowser, openBenchBrowser } from './bench-browser.ts';
import type { BenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { type PlayLibrary, withPlayLibrary } from './play-library.ts';

/** The card of one clip in the browser of clips, once React has taken it over. */
async function openCard(page: Page, clipId: string) {
  await page.goto('/clips');
  const card = page.locator(`a[href^="/clips/${clipId}"]`).first();
  await card.waitFor();
  await page.waitForLoadState('networkidle');
  return card;
}

type Kind =
  | 'page'
  | 'api'
  | 'texts'
  | 'told'
  | 'multivariant'
  | 'rendition'
  | 'storyboard'
  | 'media'
  | 'image'
  | 'ahead'
  | 'other';

/** What a request is for; `ahead` are those that the page makes for the clips before and after this one. */
function kindOf(request: Request, clipId: string): Kind {
  const { pathname } = new URL(request.url());
  if (!/^\/(api|clips)\//.test(pathname)) return 'other';
  if (/\/clips\/|\/objects\//.test(pathname) && !pathname.split('/').includes(clipId)) return 'ahead';
  if (pathname.endsWith('/playlist.m3u8')) return 'multivariant';
  if (pathname.endsWith('.m3u8')) return 'rendition';
  if (pathname.endsWith('.vtt')) return 'storyboard';
  if (pathname.endsWith('/playlists')) return 'texts';
  if (pathname.endsWith('/plays')) return 'told';
  if (/\.(m4s|mp4)$/.test(pathname)) return 'media';
  if (pathname.startsWith('/api/objects/')) return 'image';
  return pathname.startsWith('/api/') ? 'api' : 'page';
}

/** Plays a clip from its card to its end, and counts what the browser asks for on the way. */
async function countRequests(page: Page, clipId: string): Promise<Request[]> {
  const card = await openCard(page, clipId);
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  // Without a mouse: hovering fetches the storyboard of a card, which is no part of a play.
  await card.dispatchEvent('click');
  const video = page.locator('video');
  await video.waitFor();
  await video.evaluate(async (element: HTMLVideoElement) => {
    element.muted = true;
    await new Promise<void>((resolve, reject) => {
      element.addEventListener('ended', () => resolve(), { once: true });
      element.addEventListener('error', () => reject(element.error), { once: true });
      const play = () => void element.play().catch(() => undefined);
      element.addEventListener('canplay', play);
      play();
    });
  });
  return requests;
}

async function measureRequests(browser: BenchBrowser, library: PlayLibrary, clipId: string): Promise<BenchReport> {
  const requests = await browser.withPage((page) => countRequests(page, clipId));
  const of = (...kinds: Kind[]) => requests.filter((request) => kinds.includes(kindOf(request, clipId)));
  const count = (...kinds: Kind[]) => of(...kinds).length;
  const distinct = (kind: Kind) => new Set(of(kind).map((request) => request.url())).size;
  const texts = of('multivariant', 'rendition', 'storyboard');
  const files = texts.map((request) => new URL(request.url()).pathname.split('/').at(-1) ?? '');
  return {
    title: 'One play, from the click on a card to the end of the clip',
    figures: [
      { what: 'requests for the page', value: count('page', 'api'), unit: '', atMost: 1 },
      { what: 'requests for the texts of the playlists', value: count('texts'), unit: '', atMost: 1 },
      { what: 'requests for signed playlists', value: count('multivariant', 'rendition'), unit: '', atMost: 0 },
      { what: 'words to the server that it plays', value: count('told'), unit: '', atMost: 1 },
      { what: 'requests for the storyboard’s text', value: count('storyboard'), unit: '', atMost: 1 },
      { what: 'byte ranges of renditions', value: count('media'), unit: '' },
      { what: 'of so many objects', value: distinct('media'), unit: '' },
      { what: 'pictures', value: count('image'), unit: '', atMost: distinct('image') },
      {
        what: 'calls of the store by the server',
        value: await library.readsOfPlay(clipId, files),
        unit: '',
        atMost: 0,
      },
    ],
  };
}

/** What a play asks for, in Chromium on the disk store. */
export async function benchPlays(
  bench: BenchPortal,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<BenchReport[]> {
  return withPlayLibrary(bench, { say, signal }, async (library) => {
    const clipId = 'mtl-20031-p1-0001';
    const browser = await openBenchBrowser(bench);
    try {
      say('plays: one play, counted');
      return [await measureRequests(browser, library, clipId)];
    } finally {
      await browser.close();
    }
  });
}
