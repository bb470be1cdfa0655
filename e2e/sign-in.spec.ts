import type { BrowserContext } from '@playwright/test';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, sessionFileOf, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';
import { type RawAnswer, rawRequest, setCookies, signInRaw } from './support/raw-http.ts';

const VICTIM = accountOf('analyst', 'CHI');

test.afterAll(() => sql('DELETE FROM media.sign_in_attempts'));

const attempt = (
  from: string,
  { email = VICTIM.email, password = 'wrong', headers = {}, url = '', cookies = '' } = {},
) => signInRaw(url || readPortalState().url, { email, password, from, headers, cookies }).then(({ answer }) => answer);

/** Wrong passwords, ten at a time; how many were looked at. */
async function guess(
  times: number,
  from: (n: number) => string,
  options: (n: number) => { email?: string } = () => ({}),
) {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 10) {
    const ten = Array.from({ length: Math.min(10, times - n) }, (_, k) => attempt(from(n + k), options(n + k)));
    statuses.push(...(await Promise.all(ten)).map(({ status }) => status));
  }
  expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([]);
  return statuses.filter((status) => status === 401).length;
}

/** The cookie that a device keeps after its session is gone. */
const deviceOf = (answer: RawAnswer): string => {
  const set = setCookies(answer).find((cookie) => cookie.startsWith('heartbeat.device=')) ?? '';
  expect(set).toMatch(/; HttpOnly; SameSite=Strict$/);
  return set.split(';')[0] ?? '';
};

test('after ten wrong passwords a place waits, told how long, however it is dressed up', async ({ portal }) => {
  const from = '127.0.0.31';
  for (let time = 0; time < 10; time++) expect((await attempt(from)).status).toBe(401);
  const refused = await attempt(from);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
  const forged = { 'X-Forwarded-For': '203.0.113.77', Forwarded: 'for=203.0.113.77', 'X-Real-IP': '203.0.113.77' };
  expect((await attempt(from, { headers: forged })).status).toBe(429);
  // The right password waits as well; from elsewhere the account is open.
  expect((await attempt(from, { password: PASSWORD })).status).toBe(429);
  expect((await attempt('127.0.0.32', { password: PASSWORD })).status).toBe(200);
  // Another process knows, too: what counts is in the database.
  const second = await startSecondWeb({ NEXTAUTH_URL: portal.url });
  try {
    expect((await attempt(from, { url: second.url })).status).toBe(429);
  } finally {
    await second.process.stop();
  }
});

test('a hundred wrong passwords of one place shut nobody out who comes from elsewhere, or was there before', async () => {
  await sql('DELETE FROM media.sign_in_attempts');
  const [office, attacker, hotel] = ['127.0.0.41', '127.0.0.42', '127.0.0.43'];
  const colleague = accountOf('coach', 'CHI').email;
  const right = { password: PASSWORD };
  const first = await attempt(office, right);
  expect((await attempt(office, { ...right, email: colleague })).status).toBe(200);
  const device = deviceOf(first);

  await test.step('of an attacker elsewhere: ten are looked at, and the owner gets in at once', async () => {
    expect(await guess(100, () => attacker)).toBe(10);
    const begun = Date.now();
    expect((await attempt(office, right)).status).toBe(200);
    expect((await attempt(hotel, right)).status).toBe(200);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });
  await test.step('of an attacker at the office who tries every name: strangers wait, who was there before does not', async () => {
    expect(
      await guess(
        120,
        () => office,
        (n) => ({ email: `sprayed.${n}@test.local` }),
      ),
    ).toBe(100);
    expect((await attempt(office, { ...right, email: accountOf('scout', 'CHI').email })).status).toBe(429);
    for (const email of [VICTIM.email, colleague])
      expect((await attempt(office, { ...right, email })).status).toBe(200);
  });
  await test.step('of an attacker at the office who tries the owner: the owner’s own device is not concerned', async () => {
    expect(await guess(30, () => office)).toBe(10);
    expect((await attempt(office, right)).status).toBe(429);
    expect((await attempt(office, { ...right, cookies: device })).status).toBe(200);
    // Nobody else has anything of that device.
    expect((await attempt(attacker, { ...right, cookies: `${device}x` })).status).toBe(429);
  });
  await sql('DELETE FROM media.sign_in_attempts');
});

test('a place that has used up its minute stops no sign-in of a device that somebody signed in on', async ({
  portal,
}) => {
  await sql('DELETE FROM media.sign_in_attempts');
  await sql('DELETE FROM media.api_rate_limits');
  const rink = '127.0.0.46';
  const right = { password: PASSWORD };
  const device = deviceOf(await attempt(rink, right));
  const second = await startSecondWeb({ NEXTAUTH_URL: portal.url, API_RATE_LIMIT_PER_MINUTE: '20' });
  try {
    const { url } = second;
    const flood = await Promise.all(
      Array.from({ length: 30 }, (_, n) => attempt(rink, { email: `nobody-${n}@example.com`, url })),
    );
    expect(flood.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(9);
    expect((await attempt(rink, { ...right, url })).status).toBe(429);
    expect((await attempt(rink, { ...right, url, cookies: device })).status).toBe(200);
    expect(
      (await attempt(rink, { ...right, url, cookies: `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}` }))
        .status,
    ).toBe(429);
  } finally {
    await second.process.stop();
    await sql('DELETE FROM media.api_rate_limits');
  }
});

test('guesses from everywhere have a bound, and the owner’s device does not wait for it', async () => {
  const right = { password: PASSWORD };
  const device = deviceOf(await attempt('127.0.0.44', right));
  expect(await guess(70, (n) => `127.0.1.${n + 1}`)).toBe(50);
  expect((await attempt('127.0.0.45', right)).status).toBe(429);
  const answer = await attempt('127.0.0.45', { ...right, cookies: device });
  expect(answer.status).toBe(200);
  expect(deviceOf(answer)).toBe(device);
  await sql('DELETE FROM media.sign_in_attempts');
});

test('an unknown account gets the same answers as a known one', async () => {
  const of = async (email: string, from: string) => {
    const answers = [];
    for (let time = 0; time < 11; time++) answers.push(await attempt(from, { email }));
    return answers.map(({ status, text, headers }) => [status, text.replace(/\d+/g, '0'), Object.keys(headers).sort()]);
  };
  const known = await of(accountOf('staff', 'CHI').email, '127.0.0.33');
  const unknown = await of('nobody@test.local', '127.0.0.34');
  expect(unknown).toEqual(known);
  expect(known.map(([status]) => status)).toEqual([...Array(10).fill(401), 429]);
});

test('behind a trusted proxy the address is the one that the proxy wrote down', async () => {
  const proxied = await startSecondWeb({ TRUSTED_PROXY_HOPS: '1' });
  const by = (seen: string) =>
    attempt('127.0.0.35', { email: 'proxied@test.local', headers: { 'X-Forwarded-For': seen }, url: proxied.url });
  try {
    for (let time = 0; time < 10; time++) expect((await by(`10.9.9.${time}, 198.51.100.7`)).status).toBe(401);
    expect((await by('10.1.1.1, 198.51.100.7')).status).toBe(429);
    expect((await by('198.51.100.7, 198.51.100.8')).status).toBe(401);
  } finally {
    await proxied.process.stop();
  }
});

test('the page says how long to wait', async ({ openAs, guard }) => {
  guard.allow(/401|429/);
  await sql('DELETE FROM media.sign_in_attempts');
  const page = await openAs(null);
  await page.goto('/signin');
  const submit = page.getByRole('button', { name: 'Sign in', exact: true });
  await hydrated(submit);
  await page.getByLabel('Email').fill('hasty@test.local');
  for (let time = 0; time < 11; time++) {
    await page.getByLabel('Password', { exact: true }).fill(`wrong ${time}`);
    const answered = page.waitForResponse(/callback\/credentials/);
    await submit.click();
    await answered;
    await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
  }
  await expect(page.getByText('Too many attempts. Try again in 15 minutes.')).toBeVisible();
  await sql('DELETE FROM media.sign_in_attempts');
});

test('sign out everywhere ends every session of the account, and no other', async ({ openAs, browser, portal }) => {
  const account = accountOf('analyst', 'MTL');
  const [here, other] = [await openAs(account), await openAs(accountOf('staff', 'MTL'))];
  const { cookies } = await signInRaw(portal.url, { email: account.email, password: PASSWORD });
  const elsewhere = () => rawRequest(portal.url, '/api/v2/clips?limit=1', { headers: { Cookie: cookies } });
  expect((await elsewhere()).status).toBe(200);
  const file = await sessionFileOf(account);
  const third: BrowserContext = await browser.newContext({ baseURL: portal.url, storageState: file });
  await here.goto('/clips');
  await (await hydrated(here.getByRole('button', { name: /Account:/ }))).click();
  await here.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await here.waitForURL(/\/signin/);
  expect((await elsewhere()).status).toBe(401);
  expect((await third.request.get('/api/v2/clips?limit=1')).status()).toBe(401);
  await third.close();
  await other.goto('/clips');
  await expect(other).toHaveURL(/\/clips/);
  await sql('UPDATE media.users SET session_version = 1 WHERE email = $1', [account.email]);
});
