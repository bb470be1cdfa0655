import type { Page } from '@playwright/test';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { removeClipRows, seedClipRows } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';

const SEASON = '2012-2013';
const COUNT = 150;
/** A season with a few clips of several events. */
const MIXED = '2011-2012';
const EVENTS = { shot: 3, icing: 2, pass: 4 };

test.beforeAll(() =>
  seedClipRows([
    ...Array.from({ length: COUNT }, (_, index) => ({
      clip_id: `scroll-${index}`,
      team_code: 'MTL',
      player_id: '9000002',
      season: SEASON,
      event_type: 'pass',
    })),
    ...Object.entries(EVENTS).flatMap(([event_type, count]) =>
      Array.from({ length: count }, (_, index) => ({
        clip_id: `mixed-${event_type}-${index}`,
        team_code: 'MTL',
        player_id: '9000002',
        season: MIXED,
        event_type,
      })),
    ),
    {
      clip_id: 'scroll-failed',
      team_code: 'CHI',
      player_id: '9100002',
      season: SEASON,
      processing_status: 'failed',
      error_message: 'The master ends before the clip does.',
    },
  ]),
);
test.afterAll(async () => {
  await removeClipRows(SEASON);
  await removeClipRows(MIXED);
});

const scrolled = (page: Page) => page.evaluate(() => Math.round(window.scrollY));

/** Scrolls down until the card is there, as a reader does. */
async function scrollTo(page: Page, clipId: string): Promise<void> {
  const card = page.locator(`a[href*="/clips/${clipId}?"]`);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 1200);
      return card.count();
    })
    .toBe(1);
  await card.scrollIntoViewIfNeeded();
}

for (const view of ['grid', 'table']) {
  test(`a long list as ${view} grows while one scrolls, and the ways back keep the place`, async ({ openAs }) => {
    const page = await openAs(accountOf('coach', 'MTL'));
    await page.goto(`/clips?season=${SEASON}${view === 'table' ? '&view=table' : ''}`);
    await expect(page.getByRole('status').filter({ hasText: `${COUNT} clips` })).toBeVisible();
    await page.mouse.move(900, 500);
    // The twentieth from the end of 150, newest first: on the third page of sixty.
    await scrollTo(page, 'scroll-19');
    const place = await scrolled(page);
    expect(place).toBeGreaterThan(500);
    const link = page.locator('a[href*="/clips/scroll-19?"]');
    await expect(link).toBeInViewport();
    await link.click();
    await expect(page).toHaveURL(/\/clips\/scroll-19\?/);
    await expect(page.getByText(`131 of ${COUNT}`)).toBeVisible();
    const listUrl = new RegExp(`/clips\\?season=${SEASON}${view === 'table' ? '&view=table' : ''}$`);
    const expectPlace = async () => {
      await expect(page).toHaveURL(listUrl);
      await expect(link).toBeInViewport();
      await expect.poll(async () => Math.abs((await scrolled(page)) - place)).toBeLessThan(50);
    };
    await page.goBack();
    await expectPlace();
    // So does the page's own way back, from whichever clip one went on to.
    await link.click();
    await page.getByRole('link', { name: 'Next clip' }).click();
    await expect(page.getByText(`132 of ${COUNT}`)).toBeVisible();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await expectPlace();
  });
}

test('filters live in the URL: a link, Back and reload show the same', async ({ openAs }) => {
  const page = await openAs(accountOf('admin'));
  await page.goto(`/clips?season=${SEASON}`);
  const count = (text: string) => expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();
  await count(`${COUNT + 1} clips`);
  await (
    await hydrated(page.getByRole('complementary', { name: 'Filters' }).getByRole('combobox', { name: 'Team' }))
  ).click();
  await page.getByRole('option', { name: /^CHI/ }).click();
  await count('1 clip');
  await expect(page).toHaveURL(/team_code=CHI/);
  await expect(page.getByRole('article')).toContainText('The master ends before the clip does.');
  await page.reload();
  await count('1 clip');
  await page.goBack();
  await count(`${COUNT + 1} clips`);
  await page.goForward();
  await count('1 clip');
  await (await hydrated(page.getByRole('button', { name: 'Clear all' }))).click();
  await expect(page).toHaveURL(/\/clips$/);
});

test('two events are any of both: chosen by mouse and by keyboard, kept by a reload, taken away one by one', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  const count = (text: string) => expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();
  const events = page.getByRole('complementary', { name: 'Filters' }).getByRole('combobox', { name: 'Event' });
  const option = (name: RegExp) => page.getByRole('option', { name });
  const chips = page.getByRole('list', { name: 'Active filters' });
  await page.goto(`/clips?season=${MIXED}`);
  await count('9 clips');

  await (await hydrated(events)).click();
  await expect(page.getByRole('listbox', { name: 'Event' })).toHaveAttribute('aria-multiselectable', 'true');
  await option(/^Shot\s*3$/).click();
  await count('3 clips');
  // The list stays open, and still offers what could be added, with its count.
  await expect(option(/^Shot\s*3$/)).toHaveAttribute('aria-checked', 'true');
  await expect(option(/^Icing\s*2$/)).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.type('icing');
  await page.keyboard.press('Enter');
  await expect(option(/^Icing\s*2$/)).toHaveAttribute('aria-checked', 'true');
  await count('5 clips');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(events).toBeFocused();
  await expect(events).toHaveText(/2\s*Icing, Shot/);
  await expect(page).toHaveURL(new RegExp(`\\?season=${MIXED}&event_type=icing&event_type=shot$`));

  await page.reload();
  await count('5 clips');
  await (await hydrated(chips.getByRole('button', { name: 'Remove filter: Event Icing' }))).click();
  await count('3 clips');
  await expect(chips.getByRole('button', { name: /^Remove filter: Event/ })).toHaveText(/Shot/);
  await page.goBack();
  await count('5 clips');
  // A link with the values in another order is the same list.
  await page.goto(`/clips?event_type=shot&event_type=pass&season=${MIXED}`);
  await count('7 clips');
  await (await hydrated(events)).click();
  await option(/^Any$/).click();
  await count('9 clips');
  await expect(page).toHaveURL(new RegExp(`/clips\\?season=${MIXED}$`));
  await expect(page.getByRole('listbox', { name: 'Event' })).toBeVisible();
});

test('several values on a phone, from the sheet', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/clips?season=${MIXED}`);
  await (await hydrated(page.getByRole('button', { name: /^Filters/ }))).click();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  await sheet.getByRole('combobox', { name: 'Event' }).click();
  const list = page.getByRole('listbox', { name: 'Event' });
  for (const name of [/^Pass/, /^Icing/]) await list.getByRole('option', { name }).click();
  await expect(list).toBeInViewport({ ratio: 1 });
  await expect(list.getByRole('option', { checked: true })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await sheet.getByRole('button', { name: 'Show 6 clips' }).click();
  await expect(page.getByRole('article')).toHaveCount(6);
  await expect(page).toHaveURL(/event_type=icing&event_type=pass$/);
});

test('no connection is said, what was loaded stays, and the list goes on by itself', async ({ openAs, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto(`/clips?season=${MIXED}`);
  await hydrated(page.getByRole('searchbox', { name: 'Search clips' }));
  await page.context().setOffline(true);
  const line = page.getByText('No connection.');
  await expect(line).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(9);
  await page.context().setOffline(false);
  await expect(line).toBeHidden();
  // The browser believes to be on line, and the server does not answer.
  await page.route('**/api/v2/clips**', (route) => route.abort('failed'));
  await page.getByRole('searchbox', { name: 'Search clips' }).fill('shot');
  await expect(line).toBeVisible({ timeout: 15_000 });
  await page.unroute('**/api/v2/clips**');
  await expect(page.getByRole('article')).toHaveCount(3, { timeout: 15_000 });
  await expect(line).toBeHidden();
});

test('nothing found, and how to get out of it', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/clips?q=nobody-has-this-word');
  await expect(page.getByRole('heading', { name: 'No clip matches' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'No clips' })).toBeVisible();
  await (await hydrated(page.getByRole('button', { name: 'Clear all' }).last())).click();
  await expect(page.getByRole('article').first()).toBeVisible();
});

test('an error says what happened, names the request, and can be tried again', async ({ openAs, guard }) => {
  guard.allow(/status of 503/);
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/clips');
  await expect(page.getByRole('article').first()).toBeVisible();
  const problem = {
    type: 'urn:heartbeat:problem:unavailable',
    title: 'Service Unavailable',
    status: 503,
    detail: 'A service that this needs does not answer; try again shortly.',
    instance: '/api/v2/clips',
    code: 'unavailable',
    request_id: 'request-0123456789',
  };
  await page.route('**/api/v2/clips?*', (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  await (await hydrated(page.getByRole('searchbox', { name: 'Search clips' }))).fill('goal');
  const alert = page.getByRole('alert').filter({ hasText: 'The clips could not be loaded' });
  await expect(alert).toBeVisible({ timeout: 60_000 });
  await expect(alert).toContainText('request-0123456789');
  await page.unroute('**/api/v2/clips?*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('what is not there, or not for one, says so', async ({ openAs, guard }) => {
  guard.allow(/status of 404/, /403 \(Forbidden\).*\/admin\//);
  const coach = await openAs(accountOf('coach', 'MTL'));
  // Another team's clip and no clip look the same.
  for (const path of ['/clips/no-such-clip', '/clips/lib-chi-1', '/nowhere']) {
    const response = await coach.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(coach.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  }
  for (const path of ['/admin/upload', '/admin/masters']) {
    expect((await coach.goto(path))?.status(), path).toBe(403);
    await expect(coach.getByRole('heading', { name: 'Not for your role' })).toBeVisible();
  }
  await coach.goto('/clips');
  await expect(coach.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Upload' })).toHaveCount(0);
});

test('sign-in: a wrong password, a session cookie out of reach of scripts, and no way to another site', async ({
  openAs,
  guard,
  portal,
}) => {
  guard.allow(/status of 401/);
  const { email } = accountOf('coach', 'MTL');
  const page = await openAs(null);
  await page.goto(`/signin?callbackUrl=${encodeURIComponent('https://evil.example/steal')}`);
  const submit = async (password: string) => {
    await (await hydrated(page.getByLabel('Email'))).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await submit('not-the-password');
  await expect(page.getByRole('alert').filter({ hasText: 'Email or password is not right.' })).toBeVisible();
  await submit(PASSWORD);
  await expect(page).toHaveURL(new RegExp(`^${portal.url}/clips`));
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name.endsWith('session-token'));
  expect([session?.httpOnly, session?.sameSite]).toEqual([true, 'Lax']);
  expect(await page.evaluate(() => document.cookie)).not.toContain('session-token');
  // The same through next-auth's own door.
  for (const target of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
    // A page that loses its session under way goes to the sign-in by itself, and would be first.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await page.goto(`/signin?callbackUrl=${encodeURIComponent(target)}`);
    await submit(PASSWORD);
    await expect(page).toHaveURL(new RegExp(`^${portal.url}/`));
    await expect(page).not.toHaveURL(/signin/);
  }
  await (await hydrated(page.getByRole('button', { name: /MTL coach/ }))).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/signin/);
  await page.goto('/clips/lib-mtl-1?season=2025-2026');
  await expect(page).toHaveURL(/\/signin\?callbackUrl=/);
  await submit(PASSWORD);
  await expect(page).toHaveURL(`${portal.url}/clips/lib-mtl-1?season=2025-2026`);
});
