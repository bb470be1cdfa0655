import type { Locator, Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { sql } from './support/database.ts';
import { anchorPeriod, bringGame, gameCsv } from './support/game-plays.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { type PreparedMaster, prepareMaster } from './support/prepared-master.ts';
import { expectAccessible } from './support/sound-screen.ts';
import { expectFrame, videoFacts } from './support/video.ts';

/** Games of this spec alone: what is kept of them is in nobody's counts. */
const SEASON = '2004-2005';
const GAME = `/games/MTL/${SEASON}/1`;
/** Each period; the third has no film. */
const LASTS_S = 30;
const PLAYER = '9000001';

let first: PreparedMaster;
test.beforeAll(async ({ laneState: _ }) => {
  const home = readPortalState();
  first = await prepareMaster(home, SEASON, { rate: '30', seconds: LASTS_S });
  const second = await prepareMaster(home, SEASON, { rate: '25', seconds: LASTS_S });
  const coach = await bringGame(home, { season: SEASON, csv: gameCsv(3, LASTS_S) });
  await anchorPeriod(coach, first.id, 1);
  await anchorPeriod(coach, second.id, 2);
});
test.afterEach(() => sql('DELETE FROM media.clips WHERE season = $1', [SEASON]));
test.afterAll(() => sql('DELETE FROM media.games WHERE season = $1', [SEASON]));

const film = (page: Page): Locator => page.locator('media-controller');
const rows = (page: Page): Locator => page.getByRole('region', { name: 'Plays' }).locator('tr[data-play]');
const here = (page: Page): Locator => page.locator('tr[aria-current="true"]');
const count = (page: Page): Locator =>
  page
    .getByRole('status')
    .filter({ hasText: /plays?/ })
    .first();
const clipsOf = async () => (await apiOf(accountOf('coach', 'MTL')).get(`/clips?season=${SEASON}`)).json.total;

/** Opens the game, and waits until its plays and their picture are there. */
async function openGame(page: Page, query = ''): Promise<void> {
  await page.goto(`${GAME}${query}`);
  await expect(rows(page).first()).toBeVisible();
  await hydrated(page.getByRole('searchbox', { name: 'Find in the plays' }));
  // The keys are the player's, too.
  await expect(film(page)).toBeVisible();
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('a coach opens a game from the list, and the picture follows the keys', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/clips');
  await page.getByRole('link', { name: 'Games', exact: true }).click();
  await (await hydrated(page.getByRole('textbox', { name: 'Season' }))).fill(SEASON);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/season=2004-2005/);
  const game = page.getByRole('link', { name: new RegExp(`${SEASON} · Game 1`) });
  await expect(game).toContainText('Film of P1, P2');
  await expect(game).toContainText('P3 not tied to the film');
  await game.click();
  await expect(page).toHaveURL(new RegExp(`${GAME}$`));
  await expect(rows(page).first()).toBeVisible();
  await expectFrame(film(page), 0);
  await press(page, 'ArrowDown');
  await expect(here(page)).toContainText('Faceoff');
  await press(page, 'ArrowDown');
  await expect(here(page)).toContainText('Loose-puck recovery');
  await expectFrame(film(page), 60);
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp');
  await expectFrame(film(page), 180);
  await press(page, 'Home');
  await expectFrame(film(page), 0);
  // The last play is of a period without film: it says so, and the plays go on.
  await press(page, 'End');
  await expect(here(page)).toContainText('P3');
  await expect(page.getByText('There is no film of this play.')).toBeVisible();
  // The player's own keys go on working.
  await press(page, 'Home', '.');
  await expectFrame(film(page), 1);
  await press(page, '?');
  await expect(page.getByRole('dialog')).toContainText('The next play');
});

test('periods in another film switch the picture in the same player', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page, '?period=1&period=2&shorthand=CONTROLLED+ENTRY+INTO+OZ');
  await press(page, 'ArrowDown');
  await expectFrame(film(page), 8 * 30);
  await film(page)
    .locator('film-video')
    .evaluate((video) => video.setAttribute('data-same', ''));
  await press(page, 'End');
  await expect(here(page)).toContainText('P2');
  const at = ((await here(page).locator('.play-clock').textContent()) ?? '').split(':').at(-1);
  // After a dozen plays there is a stoppage of 6 s, which the clock does not count.
  const videoS = Number(at) + (Number(at) > 24 ? 6 : 0);
  await expectFrame(film(page), videoS * 25);
  await expect(page.locator('film-video[data-same]')).toHaveCount(1);
  await press(page, 'Home');
  await expectFrame(film(page), 8 * 30);
});

test('Enter plays a play with its lead and lag, and stops at its end', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page, '?lead=0.5&lag=1');
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await expectFrame(film(page), 120);
  // Listens before the key is pressed.
  const watched = await page.locator('film-video').evaluateHandle((video) => ({
    from: new Promise<number>((resolve) => {
      const noted = { from: Number.POSITIVE_INFINITY };
      video.addEventListener('timeupdate', () => {
        noted.from = Math.min(noted.from, (video as HTMLVideoElement).currentTime);
      });
      video.addEventListener('play', () => video.addEventListener('pause', () => resolve(noted.from), { once: true }));
    }),
  }));
  await press(page, 'Enter');
  expect(await watched.evaluate(({ from }) => from)).toBeCloseTo(3.5, 0);
  const { currentTime, paused } = await videoFacts(page);
  expect(paused).toBe(true);
  expect(currentTime).toBeGreaterThanOrEqual(5);
  expect(currentTime).toBeLessThan(6);
  // Whoever looks at another one is there at once.
  await press(page, 'ArrowDown');
  await expectFrame(film(page), 180);
});

test('filters, words, the play and its window are in the address', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page);
  const whole = (await count(page).textContent()) ?? '';
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('button', { name: /^P2, / }).click();
  await expect(count(page)).not.toHaveText(whole);
  const ofPeriod = (await count(page).textContent()) ?? '';
  await page.getByRole('combobox', { name: 'Event' }).click();
  await page.getByRole('option', { name: /^Shot/ }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/period=2/);
  await expect(page).toHaveURL(/name=shot/);
  await expect(rows(page).first()).toContainText('P2');
  await expect(rows(page).filter({ hasNotText: 'Shot' })).toHaveCount(0);
  // Away from the filter, which has the keys while it has the focus.
  await count(page).click();
  await press(page, 'ArrowDown');
  await expect(page).toHaveURL(/play=\d+/);
  await page.getByRole('spinbutton', { name: 'Lag (s)' }).fill('2.5');
  await expect(page).toHaveURL(/lag=2.5/);
  const chosen = (await here(page).textContent()) ?? '';
  await page.goBack();
  await expect(count(page)).toHaveText(ofPeriod);
  await page.goBack();
  await expect(count(page)).toHaveText(whole);
  await page.goForward();
  await expect(count(page)).toHaveText(ofPeriod);
  await page.goForward();
  await expect(here(page)).toHaveText(chosen);
  await page.reload();
  await expect(here(page)).toHaveText(chosen);
  await expect(page.getByRole('spinbutton', { name: 'Lag (s)' })).toHaveValue('2.5');
  await expectFrame(film(page), 16 * 25);
  // Twice within the blink of an eye, when the page was made anew.
  await page.evaluate(async () => {
    history.back();
    await new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
    history.back();
  });
  await expect(count(page)).toHaveText(whole);
  await page.goForward();
  await expect(count(page)).toHaveText(ofPeriod);
});

test('typing a letter that is no key looks for words, and keys are letters meanwhile', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page);
  await press(page, 'q');
  await expect(page.getByRole('searchbox')).toHaveValue('q');
  await press(page, 'Backspace', 's', 'l', 'o', 't', ' ', 'c', 'o', 't', 'e');
  await expect(page.getByRole('searchbox')).toHaveValue('slot cote');
  await expect(page).toHaveURL(/q=slot\+cote/);
  await expect(rows(page).first()).toContainText('SLOT');
  await expect(rows(page).filter({ hasNotText: 'Théo Côté' })).toHaveCount(0);
  expect((await videoFacts(page)).paused).toBe(true);
  await press(page, 'Enter', 'ArrowDown');
  await expect(here(page)).toContainText('Théo Côté');
  await press(page, '/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await press(page, 'x', 'x', 'x');
  await expect(page.getByText('No play matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(rows(page).first()).toContainText('Faceoff');
});

test('X marks plays and C keeps them as clips, each once, which Undo takes back', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page, '?period=1');
  await press(page, 'ArrowDown', 'ArrowDown', 'x', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown');
  await expect(page.getByText('3 marked')).toBeVisible();
  await press(page, 'c');
  await expect(page.getByText('3 clips made.')).toBeVisible();
  expect(await clipsOf()).toBe(3);
  await expect(rows(page).getByRole('link', { name: /^Clip of/ })).toHaveCount(3);
  await press(page, 'c');
  await expect(page.getByText('3 plays are clips already.')).toBeVisible();
  expect(await clipsOf()).toBe(3);
  // The newest message lies over the one that takes back, until one points at them.
  await page.getByText('3 plays are clips already.').hover();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('3 clips taken back.')).toBeVisible();
  expect(await clipsOf()).toBe(0);
  await expect(rows(page).getByRole('link', { name: /^Clip of/ })).toHaveCount(0);
});

test('the window of a play is its kind’s, unless somebody sets another; so are clips of plays', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page, '?period=1');
  const lead = page.getByRole('spinbutton', { name: 'Lead (s)' });
  const lag = page.getByRole('spinbutton', { name: 'Lag (s)' });
  await rows(page).filter({ hasText: 'Shot' }).first().getByRole('button').click();
  await expect(lead).toHaveValue('6');
  await expect(lag).toHaveValue('4');
  await press(page, 'c');
  await expect(page.getByText('Clip made.')).toBeVisible();
  await press(page, 'Home');
  await expect(lead).toHaveValue('2');
  await expect(lag).toHaveValue('8');
  await lag.fill('1.5');
  await expect(page).toHaveURL(/lag=1.5/);
  await rows(page).filter({ hasText: 'Reception' }).first().getByRole('button').click();
  await expect(lead).toHaveValue('3');
  await expect(lag).toHaveValue('1.5');
  await press(page, 'c');
  await expect(rows(page).getByRole('link', { name: /^Clip of/ })).toHaveCount(2);
  const { text } = await apiOf(accountOf('coach', 'MTL')).get(`/clips?season=${SEASON}`);
  const { clips } = JSON.parse(text) as { clips: { start_timecode_s: number; end_timecode_s: number }[] };
  const lasts = clips.map(({ start_timecode_s, end_timecode_s }) => [start_timecode_s, end_timecode_s]);
  expect(lasts.sort(([a = 0], [b = 0]) => a - b)).toEqual([
    [3, 7.5],
    [10, 20],
  ]);
  // Emptied, it goes by the kind again.
  await lag.fill('');
  await lag.blur();
  await expect(lag).toHaveValue('5');
  await expect(page).not.toHaveURL(/lag=/);
});

test('the code window marks in the film on screen, in whichever it is, and takes back', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.addInitScript((player_id) => {
    const facts = { team: 'MTL', event_type: '', player_id, player_name: 'Théo Côté' };
    localStorage.setItem('heartbeat-mark-facts', JSON.stringify(facts));
  }, PLAYER);
  await openGame(page);
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await expectFrame(film(page), 120);
  // Folded away, its keys are letters to find plays by.
  await press(page, 'g');
  await expect(page.getByRole('searchbox')).toHaveValue('g');
  await press(page, 'Backspace', 'Enter');
  await page.getByRole('button', { name: 'Open the code window' }).click();
  await press(page, 'h');
  await expect(page.getByText('Clip made.')).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  const big = (name: RegExp) =>
    page.getByRole('group', { name: 'Buttons that mark a clip' }).getByRole('button', { name });
  await expect(big(/^Shot/)).toContainText('1 clip');
  await press(page, 'PageDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await expect(here(page)).toContainText('P2');
  await expectFrame(film(page), 150);
  await big(/^Faceoff/).click();
  await expect.poll(clipsOf).toBe(2);
  const { text } = await apiOf(accountOf('coach', 'MTL')).get(`/clips?season=${SEASON}`);
  const { clips } = JSON.parse(text) as { clips: Record<string, unknown>[] };
  expect(clips).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ event_type: 'shot', start_timecode_s: 1, end_timecode_s: 9 }),
      expect.objectContaining({ event_type: 'faceoff', start_timecode_s: 4, end_timecode_s: 12 }),
    ]),
  );
  await expectAccessible(page, 'a game with its code window');
  // The page's own keys go on working.
  await press(page, 'x', '?');
  await expect(page.getByText('1 marked')).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('row').filter({ hasText: 'Zone entry' })).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // Twice is two, however fast.
  await press(page, 'u', 'u');
  await expect.poll(clipsOf).toBe(0);
});

test('clips of all shown plays are made after a look at what they would be', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page, '?name=shot&name=pass&name=whistle');
  await page.getByRole('button', { name: /^Make clips of \d+ plays/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('without a player');
  await expect(dialog).toContainText('without film');
  const make = dialog.getByRole('button', { name: /^Make \d+ clips/ });
  const offered = async () => Number(((await make.textContent()) ?? '').replaceAll(/\D/g, ''));
  const each = await offered();
  await dialog.getByRole('spinbutton', { name: 'Merge within (s)' }).fill('5');
  await expect.poll(offered).toBeLessThan(each);
  const merged = await offered();
  await make.click();
  await expect(page.getByText(`${merged} clips made.`)).toBeVisible();
  expect(await clipsOf()).toBe(merged);
});

test('a player sees the plays that name him, and the clips made of them', async ({ openAs }) => {
  const coach = apiOf(accountOf('coach', 'MTL'));
  const game = `team_code=MTL&season=${SEASON}&game_id=1&period=1`;
  const { text } = await coach.get(`/plays?${game}&player_id=${PLAYER}`);
  const [play] = (JSON.parse(text) as { plays: { id: number; video: { at_s: number } | null }[] }).plays;
  await sql(
    `INSERT INTO media.plays (team_code, season, game_id, source, source_id, part, period, clock_s, name, acting_team, player_id)
      VALUES ('MTL', $1, '1', 'playsequence', 'a goal of a test', 'goal', 3, 60, 'goal', 'MTL', 'another')`,
    [SEASON],
  );
  const kept = await coach.post('/plays/clips', { play_ids: [play?.id], lead_s: 1, lag_s: 2 });
  expect(kept.json.created).toBe(1);
  const page = await openAs(accountOf('player', 'MTL'));
  await page.goto('/games');
  const listed = page.getByRole('link', { name: new RegExp(`${SEASON} · Game 1`) });
  // How it ended is told to him too, though the goal is none of his plays.
  await expect(listed).toContainText('1–0');
  await expect(listed).not.toContainText('film');
  await listed.click();
  await expect(rows(page).first()).toBeVisible();
  await expect(page.locator('.game-head')).toContainText('1–0');
  await expect(page.getByText('Your clips of this game play here')).toBeVisible();
  // Where clips play is said once, and of no play or period that there is no film.
  await expect(page.getByText(/no film/i)).toHaveCount(0);
  await expect(rows(page).filter({ hasNotText: 'Théo Côté' })).toHaveCount(0);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Make clip/ })).toHaveCount(0);
  await press(page, 'ArrowDown');
  // From a second before it on: that is where the clip begins.
  await expectFrame(film(page), ((play?.video?.at_s ?? 0) - 1) * 30);
  await press(page, 'Enter');
  await expect.poll(async () => (await videoFacts(page)).currentTime).toBeGreaterThan(0.5);
  await sql(`DELETE FROM media.plays WHERE season = $1 AND name = 'goal'`, [SEASON]);
});

for (const [width, height] of [
  [390, 844],
  [820, 1180],
  [1440, 900],
] as const) {
  test(`the page of a game is sound at ${width} px, dark and light`, async ({ openAs }) => {
    const page = await openAs(accountOf('coach', 'MTL'), { width, height, hasTouch: width < 1000 });
    await openGame(page);
    await rows(page).nth(2).getByRole('button').click();
    await expectFrame(film(page), 120);
    await expectAccessible(page, 'a game');
    const isCutOff = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isCutOff).toBe(false);
    await expect(rows(page).nth(2)).toBeInViewport();
    await expect(film(page)).toBeInViewport();
    if (width < 1000) {
      await page.getByRole('button', { name: 'Filters' }).click();
      await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible();
      await expectAccessible(page, 'the filters of plays');
    }
  });
}
