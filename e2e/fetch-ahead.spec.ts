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

/** Waits until nothing more is asked for: `networkidle` is over for good once it was there. */
const expectSilence = (page: Page, requests: Request[]) =>
  expect
    .poll(async () => {
      const asked = requests.length;
      await page.waitForTimeout(700);
      return requests.length - asked;
    })
    .toBe(0);

test('the player’s code is there before the click, and a page when the mouse rests on its card', async ({ openAs }) => {
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
  expect(ahead.filter((request) => /\.m3u8/.test(request.url()))).toEqual([]);
  await expectSilence(page, ahead);

  const after = listen(page);
  await (await hydrated(last)).click();
  await expect(page.locator('video')).toBeVisible();
  await expect.poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState)).toBe(4);
  expect(after.filter(isScript).map((request) => request.url())).toEqual([]);
  expect(after.filter((request) => request.url().includes('_rsc=') && clipOf(request) === lastId)).toEqual([]);
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
  await page.waitForLoadState('networkidle');
  expect(requests.filter((request) => request.url().includes('_rsc=')).map(clipOf)).toEqual([]);
});

test('a page that was opened by its address asks for its own playlist once, and for no other clip’s', async ({
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
  const playlists = requests.filter((request) => request.url().includes('/playlist.m3u8'));
  expect(playlists.map(clipOf)).toEqual(['lib-mtl-2']);
  expect(await page.locator('link[rel=preload][as=fetch]').count()).toBe(1);
  const pictures = requests.filter((request) => request.resourceType() === 'image').map((request) => request.url());
  expect(pictures.every((url) => url.includes('/lib-mtl-2/') || !url.includes('/api/objects/'))).toBe(true);
  expect(warnings).toEqual([]);
});
