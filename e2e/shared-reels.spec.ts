import type { Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { until } from './support/conditions.ts';
import { sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';

const TITLE = 'a shared reel of a test';
/** Of a player of the team, with a name that nothing else has. */
const CLIPS = ['lib-mtl-4', 'lib-mtl-1'];
const PASSWORD = 'told by telephone';

const coach = () => apiOf(accountOf('coach', 'MTL'));

test.afterEach(async () => {
  await sql('DELETE FROM media.reels WHERE title = $1', [TITLE]);
});

async function makeReel(): Promise<string> {
  const { json, status, text } = await coach().post('/reels', { team_code: 'MTL', title: TITLE, audience: 'staff' });
  expect(status, text).toBe(201);
  expect((await coach().post(`/reels/${json.id}/items`, { clip_ids: CLIPS })).status).toBe(201);
  return json.id;
}
async function makeLink(reelId: string, options: object = {}): Promise<{ id: string; url: string }> {
  const { status, text } = await coach().post(`/reels/${reelId}/links`, options);
  expect(status, text).toBe(201);
  return JSON.parse(text) as { id: string; url: string };
}

/** All that a page is sent, as far as it is text, and every address that it asks for. */
function recordOf(page: Page) {
  const told: string[] = [];
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  page.on('response', async (response) => {
    const head = JSON.stringify(await response.allHeaders().catch(() => ({})));
    const type = response.headers()['content-type'] ?? '';
    const isOfThePage =
      response.request().resourceType() !== 'script' && response.request().resourceType() !== 'stylesheet';
    const body =
      isOfThePage && /json|text|mpegurl|video|iso|mp4/.test(type) ? await response.body().catch(() => '') : '';
    told.push(`${response.url()} ${head} ${body.toString('latin1')}`);
  });
  return { told, asked };
}
const plays = (page: Page) =>
  until(
    () =>
      page.evaluate(() => ((document.querySelector('film-video') as HTMLVideoElement | null)?.currentTime ?? 0) > 0.5),
    { what: 'the film plays' },
  );

test('a stranger watches a reel by a link, until it is taken back', async ({ browser }) => {
  const reelId = await makeReel();
  const link = await makeLink(reelId, { download: true });
  const stranger = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await stranger.newPage();
  const { asked } = recordOf(page);
  const answer = await page.goto(link.url);
  expect(answer?.status()).toBe(200);
  const headers = answer?.headers() ?? {};
  expect(headers['x-robots-tag']).toContain('noindex');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await page.evaluate(() => (document.querySelector('film-video') as HTMLVideoElement).play());
  await plays(page);
  await page.getByRole('navigation', { name: 'Clips' }).getByRole('button').nth(1).click();
  await expect(page.getByText('2 of 2')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  // What was watched is counted, as the link's.
  await page.evaluate(() => (document.querySelector('film-video') as HTMLVideoElement).pause());
  const row = await until(
    async () =>
      (await sql('SELECT link_id FROM media.views WHERE reel_id = $1 AND user_id IS NULL', [reelId]))[0] ?? null,
    { what: 'what was watched is told' },
  );
  expect(row).toEqual({ link_id: link.id });
  const secret = link.url.slice(link.url.lastIndexOf('/') + 1);
  const onward = asked.filter((line) => line.includes(secret) && !line.startsWith(link.url));
  expect(onward).toEqual([]);

  expect((await coach().delete(`/links/${link.id}`)).status).toBe(204);
  const gone = await page.goto(link.url);
  expect(gone?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  const never = await page.goto(`${new URL(link.url).origin}/s/${'x'.repeat(43)}`);
  expect(never?.status()).toBe(404);
  await stranger.close();
});

test('a link with a password and without names asks for the one, and tells none of the others', async ({ browser }) => {
  const reelId = await makeReel();
  const [facts] = await sql('SELECT player_id, player_name, team_code, game_id FROM media.clips WHERE clip_id = $1', [
    CLIPS[0],
  ]);
  const names = [facts?.player_name, facts?.player_id, ...CLIPS, TITLE].filter((text) => typeof text === 'string');
  expect(names.length).toBeGreaterThan(3);
  const link = await makeLink(reelId, { names: false, password: PASSWORD, download: true });
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  const { told } = recordOf(page);
  await page.goto(link.url);
  await page.getByLabel('Password').fill('something else');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('That is not it.')).toBeVisible();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shared video' })).toBeVisible();
  await page.evaluate(() => (document.querySelector('film-video') as HTMLVideoElement).play());
  await plays(page);
  const download = page.getByRole('link', { name: 'Download' });
  if (await download.isVisible()) {
    const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
    expect(file.suggestedFilename()).toMatch(/^clip-\d\d\.mp4$/);
  }
  told.push(await page.content());
  const leaks = names.flatMap((name) =>
    told.filter((text) => text.includes(name)).map((text) => [name, text.slice(0, 200)]),
  );
  expect(leaks).toEqual([]);
  await stranger.close();
});
