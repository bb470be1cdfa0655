import type { Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { expectSound } from './support/sound-screen.ts';
import { bringCountedGames, COUNTED } from './support/stats-game.ts';

const GAME = `/games/${COUNTED.team_code}/${COUNTED.season}/${COUNTED.game_id}`;

test.beforeAll(async ({ laneState: _ }) => {
  await bringCountedGames(readPortalState());
});

/** How many plays of the game the API lists under what the page's address says. */
async function listed(page: Page): Promise<number> {
  const params = new URL(page.url()).searchParams;
  for (const own of ['tab', 'play', 'q']) params.delete(own);
  for (const [name, value] of Object.entries(COUNTED)) params.append(name, value);
  const answer = await apiOf(accountOf('coach', 'MTL')).get(`/plays?${params}&limit=1`);
  expect(answer.status).toBe(200);
  return (answer.json as { total: number }).total;
}

/** The table says how many plays it has, of which a few rows alone are drawn. */
const expectRows = (page: Page, plays: number) =>
  expect(page.getByRole('region', { name: 'Plays' }).getByRole('table')).toHaveAttribute(
    'aria-rowcount',
    String(plays + 1),
  );

const openRink = async (page: Page) => {
  await page.goto(`${GAME}?tab=rink`);
  const ice = page.getByRole('img', { name: /^The rink from above/ });
  await expect(ice).toHaveAccessibleName(/: 1\d\d plays/);
  await hydrated(ice);
  return ice;
};

const toPlays = async (page: Page) => {
  await page.getByRole('radio', { name: 'Plays', exact: true }).click();
};

test('a box that is dragged over the rink narrows the plays, and the address holds it', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  const ice = await openRink(page);
  await ice.scrollIntoViewIfNeeded();
  const drawn = await ice.boundingBox();
  if (!drawn) throw new Error('the rink is not drawn');
  const at = (x: number, y: number) => [drawn.x + drawn.width * x, drawn.y + drawn.height * y] as const;
  await page.mouse.move(...at(0.7, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.8, 0.5), { steps: 4 });
  await page.mouse.move(...at(0.95, 0.8), { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/rink=4\d(?:\.5)?(?:%2C|,)-2\d(?:\.5)?(?:%2C|,)9\d(?:\.5)?(?:%2C|,)2\d(?:\.5)?/);
  const inBox = await listed(page);
  expect(inBox).toBeGreaterThan(5);
  // What lies beside the box is still seen.
  await expect(ice).toHaveAccessibleName(/: 1\d\d plays/);
  await toPlays(page);
  await expectRows(page, inBox);
  await page.reload();
  await expectRows(page, inBox);
});

test('the table of places and the sides of a box narrow without a pointer', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openRink(page);
  const slot = page.getByRole('button', { name: 'Inner slot' });
  await slot.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/rink=69(?:%2C|,)-7(?:%2C|,)89(?:%2C|,)7/);
  await expect(slot).toHaveAttribute('aria-pressed', 'true');
  const row = page.getByRole('row', { name: /^Inner slot/ });
  const inSlot = await listed(page);
  await expect(row.getByRole('cell').first()).toHaveText(String(inSlot));
  const box = page.getByRole('form', { name: 'Box on the rink' });
  await expect(box.getByLabel('From')).toHaveValue('69');
  await box.getByLabel('From').fill('25');
  await box.getByLabel('To').press('Enter');
  await expect(page).toHaveURL(/rink=25(?:%2C|,)-7(?:%2C|,)89(?:%2C|,)7/);
  await toPlays(page);
  await expectRows(page, await listed(page));
});

test('heat and the sheets of other leagues are drawn', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  const ice = await openRink(page);
  await page.getByRole('radio', { name: 'Heat map' }).click();
  await expect(ice.locator('path[fill-opacity]').first()).toBeAttached();
  await page.getByRole('combobox', { name: 'Sheet of ice' }).click();
  await page.getByRole('option', { name: 'IIHF 60 × 30 m' }).click();
  await expect(ice).toHaveAttribute('viewBox', /^-99\.9/);
});

test('every number of a game leads to as many plays', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto(`${GAME}?tab=stats`);
  const stats = page.getByRole('region', { name: 'Statistics of plays' });
  const side = stats.getByRole('combobox', { name: 'Whose plays' });
  const linksOf = async (whose: string) => {
    await (await hydrated(side)).click();
    await page.getByRole('option', { name: whose, exact: true }).click();
    await expect(side).toHaveText(whose);
    const numbers = stats.getByRole('link', { name: /^\d+: / });
    return numbers.evaluateAll((found) =>
      found.map((link) => ({ says: Number(link.textContent), href: link.getAttribute('href') ?? '' })),
    );
  };
  const [own, opponents] = [await linksOf('MTL'), await linksOf('Against MTL')];
  expect(own.length).toBeGreaterThan(30);
  expect(opponents.length).toBeGreaterThan(20);
  const links = [...own, ...opponents];
  const api = apiOf(accountOf('coach', 'MTL'));
  for (const { says, href } of links) {
    const query = new URLSearchParams({ ...COUNTED, limit: '1' });
    for (const [name, value] of new URL(href, 'http://portal').searchParams) query.append(name, value);
    expect({ href, total: ((await api.get(`/plays?${query}`)).json as { total: number }).total }).toEqual({
      href,
      total: says,
    });
  }
  await linksOf('MTL');
  await stats.getByRole('link', { name: '1: Goals, All' }).click();
  await expect(page).toHaveURL(/name=goal/);
  await expectRows(page, 1);
  await page.goBack();
  await linksOf('Against MTL');
  await stats.getByRole('link', { name: /^\d+: Tried, Controlled entry/ }).click();
  await expect(page).toHaveURL(/acting_team=CHI/);
  await expectRows(page, await listed(page));
});

test('on a wide screen long tables scroll in their place, and the page does not', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto(`${GAME}?tab=stats`);
  await expect(page.getByRole('link', { name: 'Time on ice as CSV' })).toBeAttached();
  const beyond = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  await expect.poll(beyond).toBeLessThanOrEqual(1);
});

test('a table opens as a file', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto(`${GAME}?tab=stats`);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Face-offs as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('plays-faceoffs.csv');
  const text = await (await page.request.get(file.url())).text();
  const [head, first] = text.replace('\uFEFF', '').split('\r\n');
  expect(head).toBe('team_code,side,by,key,player_name,won,lost,taken,rate');
  expect(first).toBe('MTL,own,all,,,4,4,8,0.5');
});

test('numbers of all games lead to their games, and on to their plays', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto(`/stats?season=${COUNTED.season}`);
  const plays = page.getByRole('region', { name: 'Statistics of plays' });
  await plays.getByRole('link', { name: '2: Goals, All' }).click();
  await expect(page.getByText('2 plays in 2 games')).toBeVisible();
  await page.getByRole('link', { name: new RegExp(COUNTED.game_id) }).click();
  await expect(page).toHaveURL(new RegExp(`${GAME}\\?.*name=goal`));
  await expectRows(page, 1);
});

for (const [what, path] of [
  ['the rink', `${GAME}?tab=rink`],
  ['the statistics of a game', `${GAME}?tab=stats`],
  ['the stats of all games', `/stats?season=${COUNTED.season}`],
  ['plays by game', `/stats/plays?season=${COUNTED.season}&name=shot`],
] as const) {
  test(`${what}: sound, dark and light, from a wide screen to a phone`, async ({ openAs }) => {
    const page = await openAs(accountOf('coach', 'MTL'));
    await page.goto(path);
    await expect(page.getByRole('table').first()).toBeVisible();
    await expectSound(page, what);
  });
}
