import { randomUUID } from 'node:crypto';
import { accountOf } from './support/accounts.ts';
import { apiOf, apiWith } from './support/api.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';
import { expectSound } from './support/sound-screen.ts';

const newcomer = (team = 'MTL') => ({
  email: `${randomUUID()}@people.local`,
  name: `Newcomer ${randomUUID().slice(0, 6)}`,
  role: 'coach',
  team_access: [team],
});

test('an admin adds somebody, hands over the link, and the person is in with a password of their own', async ({
  openAs,
  guard,
}) => {
  guard.allow(/403 \(Forbidden\).*\/api\/v2\/users/, /403 \(Forbidden\).*\/admin\/users/);
  const page = await openAs(accountOf('admin', 'MTL'));
  await page.goto('/admin/users');
  await (await hydrated(page.getByRole('button', { name: 'Add a user' }))).click();
  const { email, name } = newcomer();
  const dialog = page.getByRole('dialog', { name: 'Add a user' });
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Teams').fill('CHI');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog.getByText('Not all of these teams are yours.')).toBeVisible();
  await dialog.getByLabel('Teams').fill('mtl');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('searchbox', { name: 'Name or email' }).fill(email);
  await page.getByRole('button', { name: `Invite ${name}` }).click();
  const url = await page.getByRole('dialog').getByLabel('Link').inputValue();
  expect(new URL(url).pathname).toMatch(/^\/invite\/[\w-]{43}$/);
  await page.getByRole('button', { name: 'Done' }).click();

  const person = await openAs(null);
  await person.goto(url);
  await expect(person.getByRole('heading', { name: `Welcome, ${name}` })).toBeVisible();
  await expectSound(person, 'the invitation');
  await (await hydrated(person.getByLabel('Password'))).fill('a password of my own');
  await person.getByRole('button', { name: 'Set password' }).click();
  await expect(person).toHaveURL(/\/clips$/);
  await person.goto('/admin/users');
  await expect(person.getByRole('heading', { name: 'Not for your role' })).toBeVisible();
  await person.goto(url);
  await expect(person.getByRole('heading', { name: 'This link does not work' })).toBeVisible();

  await page.reload();
  await (await hydrated(page.getByRole('searchbox', { name: 'Name or email' }))).fill(email);
  await page.getByRole('button', { name: `Disable ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('button', { name: `Enable ${name}` })).toBeVisible();
  await person.goto('/clips');
  await expect(person).toHaveURL(/\/signin/);

  await page.goto(`/admin/audit`);
  await expect(page.getByRole('cell', { name: 'User disabled' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Detail of User disabled' }).first().click();
  await expect(page.getByRole('dialog').getByRole('rowheader', { name: 'revoked_keys' })).toBeVisible();
});

test('one’s own key is made, shown once, used for reading only, and revoked', async ({ openAs }) => {
  const page = await openAs(accountOf('analyst', 'MTL'));
  await page.goto('/account');
  await (await hydrated(page.getByRole('button', { name: 'New key' }))).click();
  const name = `notebook ${randomUUID().slice(0, 6)}`;
  await page.getByLabel('What it is for').fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  const key = await page.getByRole('dialog').getByLabel('Key').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  const api = apiWith(key);
  expect((await api.get('/clips')).status).toBe(200);
  const refused = await api.put('/clips/lib-mtl-1/tags/x');
  expect(refused.json).toMatchObject({ status: 403, code: 'read_only_key' });
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  // Behind the dialog nothing has a role: the row is there again when the answer is.
  await expect(page.getByRole('row', { name }).getByText('Revoked')).toBeVisible();
  expect((await api.get('/clips')).status).toBe(401);
});

test('the people’s screens are sound', async ({ openAs }) => {
  const page = await openAs(accountOf('admin'));
  for (const path of ['/admin/users', '/admin/keys', '/account', '/admin/audit']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (path !== '/account') await expect(page.getByRole('row').nth(1)).toBeVisible();
    await expectSound(page, path);
  }
  await (await hydrated(page.getByRole('button', { name: /^Detail of/ }).first())).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectSound(page, 'the detail');
});

test('the audit log tells who did what, by filter and as CSV, and nothing of another club', async () => {
  const [mtl, chi] = [apiOf(accountOf('admin', 'MTL')), apiOf(accountOf('admin', 'CHI'))];
  const tag = `audited ${randomUUID().slice(0, 6)}`;
  await mtl.put(`/clips/lib-mtl-1/tags/${encodeURIComponent(tag)}`);
  const query = '/audit?action=tag.add&target=lib-mtl-1';
  const { json } = await mtl.get(query);
  const { entries } = json as unknown as { entries: Record<string, unknown>[] };
  expect(entries[0]).toMatchObject({ action: 'tag.add', after: { tag }, team_codes: ['MTL'], actor_name: 'MTL admin' });
  expect(entries[0]?.ip).toBe('127.0.0.1');
  expect((await chi.get(query)).json).toMatchObject({ entries: [] });
  const csv = await mtl.get('/audit/export?action=tag.add&target=lib-mtl-1');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.headers.get('content-disposition')).toContain('audit.csv');
  expect(csv.text).toContain(tag);
  await mtl.delete(`/clips/lib-mtl-1/tags/${encodeURIComponent(tag)}`);
});

test('a minute has so many requests for a key, over two webs; health is never refused', async () => {
  const env = { API_RATE_LIMIT_PER_MINUTE: '20' };
  const webs = await Promise.all([startSecondWeb(env), startSecondWeb(env)]);
  try {
    const made = await apiOf(accountOf('scout', 'MTL')).post('/keys', { name: 'flood', expires_in_days: 1 });
    const { key } = made.json as unknown as { key: string };
    const [one, two] = webs.map(({ url }) => apiWith(key, url));
    if (!one || !two) throw new Error('no webs');
    const first = await one.get('/clips?limit=1');
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=20;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"default";r=19;t=\d+$/);
    const answers = [];
    for (let n = 0; n < 50; n++) answers.push(await (n % 2 ? one : two).get('/clips?limit=1'));
    const passed = answers.filter(({ status }) => status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(19);
    expect(passed).toBeLessThanOrEqual(22);
    const refused = answers.at(-1);
    expect(refused?.json).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const { url } of webs) expect((await fetch(`${url}/api/v2/clips/health`)).status).toBe(200);
  } finally {
    await Promise.all(webs.map(({ process }) => process.stop()));
  }
});
