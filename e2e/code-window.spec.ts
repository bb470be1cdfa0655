import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { type PreparedMaster, prepareMaster } from './support/prepared-master.ts';
import { expectAccessible, expectSound } from './support/sound-screen.ts';
import { expectFrame } from './support/video.ts';

/** Films of this spec alone: what is marked in them is in nobody's counts. */
const SEASON = '2003-2004';
const COACH = accountOf('coach', 'MTL');
const STAFF = accountOf('staff', 'MTL');

let master: PreparedMaster;
test.beforeAll(async ({ laneState: _ }) => {
  master = await prepareMaster(readPortalState(), SEASON, { rate: '30', seconds: 40 });
});
/** Not while a page is open: it would tell that a clip plays which is gone. */
const clear = async () => {
  await sql('DELETE FROM media.clips WHERE season = $1', [SEASON]);
  await sql('DELETE FROM media.code_windows');
};
test.beforeEach(clear);
test.afterAll(clear);

const film = (page: Page): Locator => page.locator('media-controller');
const rows = (page: Page): Locator => page.getByRole('region', { name: 'Clips of this film' }).getByRole('listitem');
const inset = (page: Page): Locator => page.getByRole('region', { name: 'The clip marked last' });
const panel = (page: Page): Locator => page.getByRole('region', { name: 'Code window' });
const big = (page: Page, name: RegExp): Locator =>
  panel(page).getByRole('group', { name: 'Buttons that mark a clip' }).getByRole('button', { name });
const editor = (page: Page): Locator => page.getByRole('dialog', { name: /code window/ });

const CLIP_FACTS = ['event_type', 'start_timecode_s', 'end_timecode_s', 'tags', 'player_id', 'outcome'];

/** What the clips of the film say, as the API has them. */
async function clips(): Promise<object[]> {
  const { text } = await apiOf(COACH).get(`/clips?season=${SEASON}`);
  const { clips: found } = JSON.parse(text) as { clips: Record<string, unknown>[] };
  return found.map((clip) => Object.fromEntries(CLIP_FACTS.map((name) => [name, clip[name]])));
}

/** The names of the code windows that the coach reaches. */
async function windowNames(): Promise<string[]> {
  const { text } = await apiOf(COACH).get('/code-windows?team_code=MTL');
  const { code_windows } = JSON.parse(text) as { code_windows: { name: string }[] };
  return code_windows.map(({ name }) => name).sort();
}

/** Opens the film at a second of it, for somebody who has said before whose clips these are. */
async function openFilm(page: Page, atS: number, player: string | null = '9000001'): Promise<void> {
  if (player) {
    await page.addInitScript((player_id) => {
      const facts = { team: 'MTL', event_type: '', player_id, player_name: 'Nick Durand' };
      localStorage.setItem('heartbeat-mark-facts', JSON.stringify(facts));
    }, player);
  }
  await page.goto(`/masters/${master.id}?t=${atS}`);
  await expectFrame(film(page), atS * 30);
  await hydrated(panel(page).getByRole('button', { name: 'Fold the code window away' }));
}

async function pick(page: Page, item: string): Promise<void> {
  await panel(page).getByRole('button', { name: 'More for this code window' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

const shownName = (page: Page): Locator => panel(page).getByRole('combobox', { name: 'Code window' });
const playsInInset = (page: Page) =>
  inset(page)
    .locator('film-video')
    .evaluate((video) => (video as HTMLVideoElement).currentTime);

test('the default window marks by button and by key: each clip plays at once, and is taken back', async ({
  openAs,
  guard,
}) => {
  // Taken back so soon, a clip may be gone when it is told that it plays.
  guard.allow(/status of 404.*\/clips\/[^/]+\/plays\)/);
  const page = await openAs(COACH);
  await openFilm(page, 10);
  await page.keyboard.press('h');
  await expect(rows(page)).toHaveCount(1);
  await expect.poll(() => playsInInset(page), { message: 'it plays at once' }).toBeGreaterThan(0);
  await expect(big(page, /^Shot/)).toContainText('1 clip');
  await big(page, /^Scoring chance/).click();
  await expect(rows(page)).toHaveCount(2);
  const shot = { event_type: 'shot', start_timecode_s: 7, end_timecode_s: 15, tags: [], player_id: '9000001' };
  expect(await clips()).toEqual(
    expect.arrayContaining([
      { ...shot, outcome: null },
      { ...shot, outcome: null, event_type: 'chance', start_timecode_s: 4, end_timecode_s: 14 },
    ]),
  );

  // One stack for whatever marked: the form's key, then the buttons.
  await page.keyboard.press('u');
  await expect(rows(page)).toHaveCount(1);
  await expect(big(page, /^Scoring chance/)).not.toContainText('clip');
  await expect(big(page, /^Shot/)).toContainText('1 clip');
  await page.keyboard.press('u');
  await expect(rows(page)).toHaveCount(0);

  // The help lists them, and whoever types is left alone.
  await page.keyboard.press('?');
  await expect(page.getByRole('row').filter({ hasText: 'Zone entry' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByText('More facts').click();
  await page.getByRole('textbox', { name: 'Tags' }).pressSequentially('hqg');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Fold the code window away' }).click();
  await page.keyboard.press('h');
  await page.reload();
  await expect(page.getByText('One press, one clip: buttons and keys of your own.')).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Open the code window' }).click();
  await expect(big(page, /^Shot/)).toBeVisible();
});

test('a press without a player waits for one, with all that the button said', async ({ openAs }) => {
  const page = await openAs(accountOf('analyst', 'MTL'), { width: 390, height: 844, hasTouch: true, isMobile: true });
  await openFilm(page, 10, null);
  await big(page, /^Goal/).tap();
  await expect(page.getByText('A marked clip waits for its facts')).toContainText('0:00 to 0:15');
  await page.getByRole('combobox', { name: 'Player' }).click();
  await page.getByRole('dialog', { name: 'Player' }).getByRole('combobox').fill('9000001');
  await page
    .getByRole('option', { name: /9000001/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Make clip' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Goal');
  await expect(big(page, /^Goal/)).toContainText('1 clip');
  const box = await big(page, /^Goal/).boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
});

test('a window is changed, kept, shared, and duplicated by a colleague', async ({ openAs }) => {
  const page = await openAs(COACH);
  await openFilm(page, 10);
  await panel(page).getByRole('button', { name: 'Adapt' }).click();
  await editor(page).getByRole('textbox', { name: 'Name of the window' }).fill('Power play');
  await editor(page)
    .getByRole('button', { name: /^Shot\b/ })
    .click();
  const key = editor(page).getByRole('textbox', { name: 'Key', exact: true });
  await key.press('u');
  await expect(editor(page).getByText('U plays or marks already.')).toBeVisible();
  await key.press('g');
  await expect(editor(page).getByText('G is the key of “Goal”.')).toBeVisible();
  await key.press('Shift+S');
  await expect(key).toHaveValue('Shift S');
  await editor(page).getByRole('spinbutton', { name: 'Seconds before' }).fill('31');
  await editor(page).getByRole('spinbutton', { name: 'Seconds after' }).fill('2');
  await editor(page).getByRole('textbox', { name: 'Tags' }).fill('power play, one-timer');
  await editor(page).getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Failed' }).click();
  await editor(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(editor(page).getByText('Seconds before: 0 to 30.')).toBeVisible();
  await expectAccessible(page, 'the editor');
  await page.emulateMedia({ colorScheme: 'dark' });
  await editor(page).getByRole('spinbutton', { name: 'Seconds before' }).fill('1.5');
  await editor(page).getByRole('button', { name: 'Move Shot down' }).click();
  await editor(page).getByRole('button', { name: 'Remove Penalty' }).click();
  await editor(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(editor(page)).toBeHidden();
  await expect(shownName(page)).toContainText('Power play');

  await page.reload();
  await expectFrame(film(page), 300);
  await expect(shownName(page)).toContainText('Power play');
  await expect(big(page, /./)).toHaveCount(12);
  await expect(big(page, /./).nth(1)).toContainText('Shot');
  await hydrated(big(page, /^Shot/));
  await page.keyboard.press('Shift+S');
  await expect(rows(page)).toHaveCount(1);
  expect(await clips()).toEqual([
    {
      ...{ event_type: 'shot', start_timecode_s: 8.5, end_timecode_s: 12, outcome: 'failed', player_id: '9000001' },
      tags: expect.arrayContaining(['one-timer', 'power play']),
    },
  ]);
  await expectSound(page, 'the film with a code window');
  await page.setViewportSize({ width: 1440, height: 900 });

  const theirs = await openAs(STAFF);
  await openFilm(theirs, 10);
  await expect(shownName(theirs)).toContainText('Hockey');
  await pick(page, 'Share with MTL');
  await expect(page.getByText('Everybody of MTL who marks clips sees it now.')).toBeVisible();
  await theirs.reload();
  await expectFrame(film(theirs), 300);
  await expect(shownName(theirs)).toContainText('Power play · MTL coach');
  await expect(panel(theirs).getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await hydrated(big(theirs, /^Shot/));
  await pick(theirs, 'Duplicate');
  await expect(shownName(theirs)).toContainText('Power play, copy');
  await panel(theirs).getByRole('button', { name: 'Edit' }).click();
  await editor(theirs).getByRole('textbox', { name: 'Name of the window' }).fill('Ours');
  await editor(theirs).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(shownName(theirs)).toContainText('Ours');
  await expect(shownName(page)).toContainText('Power play');
});

test('two who change one window lose nothing', async ({ openAs, guard }) => {
  guard.allow(/status of 412/);
  const { json } = await apiOf(COACH).post('/code-windows', {
    ...{ team_code: 'MTL', name: 'Mine', is_shared: true },
    buttons: [{ label: 'Shot', key: 'h', event_type: 'shot', lead_s: 3, lag_s: 5 }],
  });
  const page = await openAs(COACH);
  await openFilm(page, 10);
  await panel(page).getByRole('button', { name: 'Edit' }).click();
  await editor(page).getByRole('textbox', { name: 'Name of the window' }).fill('Typed');
  const admin = apiOf(accountOf('admin', 'MTL'));
  expect((await admin.call('PATCH', `/code-windows/${json.id}`, { body: { name: 'Club' } })).status).toBe(200);
  await editor(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(editor(page).getByText('Somebody changed this window meanwhile.')).toBeVisible();
  await editor(page).getByRole('button', { name: 'Save as a copy' }).click();
  await expect(shownName(page)).toContainText('Typed');
  expect(await windowNames()).toEqual(['Club', 'Typed']);
});

test('a window goes out as JSON and comes back; a bad file changes nothing and says what is wrong', async ({
  openAs,
}) => {
  const page = await openAs(COACH);
  await openFilm(page, 10);
  const download = page.waitForEvent('download');
  await pick(page, 'Export as JSON');
  const file = await (await download).path();
  const exported = JSON.parse(await readFile(file, 'utf8'));
  expect(exported).toMatchObject({ format: 'heartbeat-code-window', version: 1, name: 'Hockey' });
  const choose = (name: string, text: string) =>
    panel(page)
      .locator('input[type="file"]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const refused = page.getByRole('dialog', { name: 'Not imported' });

  await choose('broken.json', '{"format":');
  await expect(refused).toContainText('This file is no JSON.');
  await refused.getByRole('button', { name: 'Close' }).first().click();
  const [first, second, ...others] = exported.buttons;
  const bad = { ...exported, buttons: [{ ...first, key: 'u' }, { ...second, lead_s: 99 }, ...others] };
  await choose('bad.json', JSON.stringify(bad));
  await expect(refused.getByRole('listitem')).toHaveText([
    /^Button 1, “Shot”One letter, with or without Shift/,
    /^Button 2, “Scoring chance”Seconds before: 0 to 30\./,
  ]);
  await refused.getByRole('button', { name: 'Close' }).first().click();
  expect(await windowNames()).toEqual([]);
  await expect(shownName(page)).toContainText('Hockey');

  await choose('good.json', JSON.stringify({ ...exported, name: 'From a file', buttons: [second, first] }));
  await expect(shownName(page)).toContainText('From a file');
  await expect(big(page, /./)).toHaveText([/^Scoring chance/, /^Shot/]);
  await pick(page, 'Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(shownName(page)).toContainText('Hockey');
});

test('a player has none', async ({ openAs, guard }) => {
  guard.allow(/status of (403|404)/);
  const player = accountOf('player', 'MTL');
  expect((await apiOf(player).get('/code-windows')).status).toBe(403);
  const page = await openAs(player);
  expect((await page.goto(`/masters/${master.id}`))?.status()).toBe(404);
  await expect(panel(page)).toHaveCount(0);
});
