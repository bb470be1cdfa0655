import type { Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { until } from './support/conditions.ts';
import { sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';
import { expectSound } from './support/sound-screen.ts';

const TITLE = 'a shared reel of a test';
/** Of a player of the team, with a name that nothing else has. */
const CLIPS = ['lib-mtl-4', 'lib-mtl-1'];
const PASSWORD = 'told by telephone';
/** A picture of one pixel. */
const CREST = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
/** In the words of every note of these tests. */
const MARK = 'of a shared reel';
const ARROW = {
  ...{ id: 'a', type: 'arrow', color: 'yellow', width: 8 },
  points: [
    [0.2, 0.7],
    [0.6, 0.4],
  ],
};

const coach = () => apiOf(accountOf('coach', 'MTL'));

test.afterEach(async () => {
  await sql('DELETE FROM media.reels WHERE title = $1', [TITLE]);
  await sql(`DELETE FROM media.clubs WHERE team_code = 'MTL'`);
  await sql(
    'DELETE FROM media.notes n USING media.clips c WHERE c.id = n.clip_id AND c.clip_id = ANY($1) AND n.text LIKE $2',
    [CLIPS, `%${MARK}%`],
  );
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

/** A note on the first clip, with an arrow. */
async function writeNote(text: string, given: object = {}): Promise<void> {
  const drawing = { version: 1, shapes: [ARROW] };
  const note = { at_s: 0.8, hold_s: 30, visible_to: 'audience', text: `${text} ${MARK}`, drawing, ...given };
  const { status, text: said } = await coach().post(`/clips/${CLIPS[0]}/notes`, note);
  expect(status, said).toBe(201);
}

/** The name of the crest that the team has from now on. */
async function giveCrest(): Promise<string> {
  const admin = apiOf(accountOf('admin'));
  const answer = await admin.call('PATCH', '/clubs/MTL', { body: { crest: CREST } });
  expect(answer.status, answer.text).toBe(200);
  return (JSON.parse(answer.text) as { crest_url: string }).crest_url;
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
      page.evaluate(
        () => ((document.querySelector('film-video[data-front]') as HTMLVideoElement | null)?.currentTime ?? 0) > 0.5,
      ),
    { what: 'the film plays' },
  );

test('a stranger watches a reel by a link, until it is taken back', async ({ browser }) => {
  const reelId = await makeReel();
  const link = await makeLink(reelId, { download: true });
  const crest = await giveCrest();
  await writeNote('Look at the gap');
  await writeNote('Not for everybody', { visible_to: 'staff' });
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
  const clips = page.getByRole('navigation', { name: 'Clips' }).getByRole('button');
  const notes = page.getByRole('region', { name: 'Notes' });
  const place = page.getByTestId('reel-place');
  await expect(notes.getByText('Look at the gap')).toBeVisible();
  await expect(notes.getByRole('listitem')).toHaveCount(1);
  await expect(page.locator('.note-marks > span')).toHaveCount(1);
  expect(await page.content()).not.toContain('Not for everybody');
  // As a clip's page says it: the game with its crests, and every length and moment as elsewhere.
  const [game] = await sql('SELECT opponent_code FROM media.clips WHERE clip_id = $1', [CLIPS[0]]);
  await expect(page.getByText(`MTL vs ${game?.opponent_code}`)).toBeVisible();
  await expect(page.locator(`img[src$="${crest}"]`)).toBeVisible();
  await expect(notes.getByRole('button', { name: 'Go to 0:00.80' })).toBeVisible();
  await expect(clips.first()).toContainText(/\d:\d\d$/);
  await expect(page.locator('main')).not.toContainText(/\d\d:\d\d:\d\d/);
  await expectSound(page, 'a shared reel');

  // The picture stands still for what is noted, and goes on at a press.
  await (await hydrated(page.getByRole('button', { name: 'Play', exact: true }))).click();
  await plays(page);
  await expect(page.locator('.notes-layer[data-holding]').getByText('Look at the gap')).toBeVisible();
  await expect(page.locator('.notes-layer svg')).toBeVisible();
  await expect(page.locator('.notes-layer')).not.toContainText(accountOf('coach', 'MTL').name);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.locator('.notes-layer[data-holding]')).toHaveCount(0);
  expect(asked.filter((line) => /\/shared\/[0-9a-f-]+\/plays\?/.test(line))).toHaveLength(1);
  await clips.nth(1).click();
  await expect(place).toHaveText('2 of 2');
  await expect(clips.nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(notes.getByText('Nothing is noted here yet.')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(place).toHaveText('1 of 2');
  await page.getByRole('button', { name: 'Next clip' }).click();
  await expect(place).toHaveText('2 of 2');
  // From the list to the moment: there it stands.
  await clips.nth(0).click();
  await expect(place).toHaveText('1 of 2');
  await notes.getByRole('button', { name: /^Go to/ }).click();
  await expect(page.locator('.notes-captions').getByText('Look at the gap')).toBeVisible();
  // What was watched is counted, as the link's.
  await page.evaluate(() => (document.querySelector('film-video[data-front]') as HTMLVideoElement).pause());
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
  const names = [facts?.player_name, facts?.player_id, ...CLIPS, TITLE, MARK, accountOf('coach', 'MTL').name].filter(
    (text) => typeof text === 'string',
  );
  await writeNote(`${facts?.player_name}: look at the gap`, { hold_s: 0 });
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
  // Whoever knew it comes back without, for as long as the link is good; nothing else is told so.
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Shared video' })).toBeVisible();
  const secret = link.url.slice(link.url.lastIndexOf('/') + 1);
  const [cookie] = (await stranger.cookies(link.url)).filter(({ name }) => name === 'heartbeat.link');
  expect(cookie).toMatchObject({ path: `/s/${secret}`, httpOnly: true, sameSite: 'Lax' });
  const elsewhere = await stranger.cookies([`${new URL(link.url).origin}/api/v2/shared`, `${link.url.slice(0, -1)}_`]);
  expect(elsewhere.map(({ name }) => name)).not.toContain('heartbeat.link');
  await expect(page.getByRole('region', { name: 'Notes' }).getByText('With a drawing')).toBeVisible();
  await (await hydrated(page.getByRole('button', { name: 'Play', exact: true }))).click();
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
  expect((await coach().delete(`/links/${link.id}`)).status).toBe(204);
  expect((await page.reload())?.status()).toBe(404);
  await stranger.close();
});
