import type { Page, Request } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';

const LIST = '/clips?season=2025-2026&sort=created_at';

const isScript = (request: Request) => request.resourceType() === 'script';
/** What a page asks for of clips: their pages, playlists and objects. */
const clipOf = (request: Request) => /\/clips\/([a-z0-9-]+)(?:\/|$)/.exec(new URL(request.url()).pathname)?.[1];

function listen(page: Page): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  return requests;
}

/** The byte ranges of films that are asked for. */
const filmsOf = (requests: readonly Request[]) =>
  requests
    .filter((request) => /\.(m4s|mp4)$/.test(new URL(request.url()).pathname))
    .map((request) => `${clipOf(request) ?? objectOf(request)} ${request.headers().range}`);
/** The clip whose folder an object of the disk store lies in. */
const objectOf = (request: Request) => new URL(request.url()).pathname.split('/').at(-2);

/** What counts as a play: the player's word, or a playlist that is asked for. */
const playsOf = (requests: readonly Request[]) =>
  requests.map((request) => new URL(request.url()).pathname).filter((path) => /\.m3u8$|\/plays$/.test(path));

/** Waits until nothing more is asked for: `networkidle` is over for good once it was there. */
const expectSilence = (page: Page, requests: Request[]) =>
  expect
    .poll(async () => {
      const asked = requests.length;
      await page.waitForTimeout(700);
      return requests.length - asked;
    })
    .toBe(0);

test('the player’s code is there before the click, the page and the beginning of its film when the mouse rests', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  const before = listen(page);
  await page.goto(LIST);
  const links = page.locator('article a[href^="/clips/"]');
  const first = await links.first().getAttribute('href');
  const last = links.last();
  const lastId = (await last.getAttribute('href'))?.split(/[/?]/)[2] ?? '';
  // Unasked: the first page of the list, and with it the code of all.
  await expect.poll(() => before.some((request) => first?.includes(`/${clipOf(request)}?`))).toBe(true);
  expect(before.some((request) => clipOf(request) === lastId && request.url().includes('/clips/'))).toBe(false);
  await expectSilence(page, before);

  const ahead = listen(page);
  await last.hover();
  await expect.poll(() => ahead.filter((request) => request.url().includes('_rsc=')).map(clipOf)).toContain(lastId);
  await expectSilence(page, ahead);
  // What the first frame needs, of this clip alone, once; and nobody has played anything.
  const warmed = filmsOf(ahead);
  expect(warmed.length).toBe(2);
  expect(warmed.every((film) => film.startsWith(`${lastId} bytes=`))).toBe(true);
  expect(playsOf(ahead)).toEqual([]);

  const after = listen(page);
  const told = page.waitForResponse((response) => response.url().endsWith(`/clips/${lastId}/plays`));
  await (await hydrated(last)).click();
  await expect(page.locator('video')).toBeVisible();
  await expect.poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState)).toBe(4);
  expect(after.filter(isScript).map((request) => request.url())).toEqual([]);
  expect(after.filter((request) => request.url().includes('_rsc=') && clipOf(request) === lastId)).toEqual([]);
  // Played from the beginning that was fetched, and counted now that it plays.
  expect(filmsOf(after).filter((film) => warmed.includes(film))).toEqual([]);
  expect((await told).status()).toBe(204);
  expect(playsOf(after)).toEqual([`/api/v2/clips/${lastId}/plays`]);
});

test('nothing is fetched ahead for those who save data', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true, effectiveType: '4g' }) }),
  );
  const requests = listen(page);
  await page.goto(LIST);
  const card = page.locator('article a[href^="/clips/"]').last();
  await (await hydrated(card)).focus();
  await card.hover();
  await expectSilence(page, requests);
  expect(filmsOf(requests)).toEqual([]);
  expect(requests.filter((request) => request.url().includes('_rsc=')).map(clipOf)).toEqual([]);
});

test('a page that was opened by its address has its playlists, and asks for no other clip’s film', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('preload')) warnings.push(message.text());
  });
  const requests = listen(page);
  await page.goto('/clips/lib-mtl-2');
  const video = page.locator('video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState)).toBe(4);
  // The pages before and after it have come meanwhile.
  await page.waitForLoadState('networkidle');
  expect(requests.some((request) => request.url().includes('_rsc='))).toBe(true);
  expect(requests.filter((request) => request.url().includes('/playlists'))).toEqual([]);
  const films = filmsOf(requests);
  expect(films.length).toBeGreaterThan(0);
  expect(films).toEqual([...new Set(films)].filter((film) => film.startsWith('lib-mtl-2 ')));
  // It waits to be played: nobody has played it.
  expect(playsOf(requests)).toEqual([]);
  // Beside it stand small pictures of what comes next, and nothing else of others is asked for.
  const next = page.getByRole('region', { name: 'Up next' }).getByRole('link');
  await expect(next).toHaveCount(1);
  await expect(next).toHaveAttribute('href', /^\/clips\/lib-mtl-1\b/);
  const pictures = requests.filter((request) => request.resourceType() === 'image').map((request) => request.url());
  const others = pictures.filter((url) => url.includes('/api/objects/') && !url.includes('/lib-mtl-2/'));
  expect(others.filter((url) => !/\/lib-mtl-1\/thumb[^/]*$/.test(new URL(url).pathname))).toEqual([]);
  expect(warnings).toEqual([]);
});

test('a mouse that rests before the browser was ever idle begins the film when the player’s code has come', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  const requests = listen(page);
  await page.goto(LIST);
  const card = page.locator('article a[href^="/clips/"]').nth(1);
  const clipId = (await card.getAttribute('href'))?.split(/[/?]/)[2];
  await (await hydrated(card)).hover();
  await expect.poll(() => filmsOf(requests).filter((film) => film.startsWith(`${clipId} `)).length).toBe(2);
});

test('a film that was begun and not opened is dropped, and one that was opened plays once, and not after Back', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  // Every player's element that is made, in the document or not.
  await page.addInitScript(() => {
    const made: HTMLVideoElement[] = [];
    Object.assign(window, { made });
    const { createElement } = document;
    document.createElement = function create(this: Document, name: string, options?: ElementCreationOptions) {
      const element = createElement.call(this, name, options);
      if (element.tagName === 'FILM-VIDEO') made.push(element as HTMLVideoElement);
      return element;
    } as typeof createElement;
  });
  const facts = () =>
    page.evaluate(() =>
      (window as Window & { made?: HTMLVideoElement[] }).made?.map((video) => ({
        isPlaying: !video.paused,
        isLoaded: video.readyState > 0,
      })),
    );
  await page.goto(LIST);
  const links = page.locator('article a[href^="/clips/"]');
  await (await hydrated(links.first())).waitFor();
  const requests = listen(page);
  await expectSilence(page, requests);
  for (const nth of [1, 2]) {
    await links.nth(nth).hover();
    await expect.poll(async () => (await facts())?.[nth - 1]).toEqual({ isPlaying: false, isLoaded: true });
  }
  await expect.poll(async () => (await facts())?.[0]).toEqual({ isPlaying: false, isLoaded: false });
  // What a browser says when another card comes to lie under a mouse that nobody has moved: nobody means it.
  await links.nth(3).dispatchEvent('pointerover', { pointerType: 'mouse' });
  await page.waitForTimeout(500);
  expect((await facts())?.map(({ isLoaded }) => isLoaded)).toEqual([false, true]);
  // By keyboard, where the mouse is not.
  await links.nth(3).focus();
  await expect.poll(async () => (await facts())?.length).toBe(3);
  await page.keyboard.press('Enter');
  await expect(page.locator('video')).toBeVisible();
  // It is on screen before its page, and its address, are there.
  await expect(page).toHaveURL(/\/clips\/[^?]/);
  await expect.poll(async () => (await facts())?.filter(({ isPlaying }) => isPlaying).length).toBe(1);
  // In the element that was begun, which the page has taken.
  expect((await facts())?.[2]).toEqual({ isPlaying: true, isLoaded: true });
  await page.goBack();
  await expect(links.first()).toBeVisible();
  // The one that played is empty; what has the focus again may have been begun anew, and waits.
  await expect.poll(async () => (await facts())?.[2]).toEqual({ isPlaying: false, isLoaded: false });
  expect((await facts())?.some(({ isPlaying }) => isPlaying)).toBe(false);
});
