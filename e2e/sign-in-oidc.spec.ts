import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { freePort } from '#lib/db/local-postgres.ts';
import type { ManagedProcess } from '#scripts/portal/child-process.ts';
import { accountOf } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { type IdentityProvider, startIdentityProvider } from './support/identity-provider.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';

const SCOUT = accountOf('scout', 'MTL');
const PEOPLE = {
  coach: { email: 'new.coach@club.example', email_verified: true, name: 'Nora Coach', roles: ['coaches'] },
  scout: { email: SCOUT.email, email_verified: true, name: 'Another Name', roles: ['coaches'] },
  unverified: { email: 'loose@club.example', email_verified: false, roles: ['coaches'] },
  stranger: { email: 'someone@other.example', email_verified: true, roles: ['coaches'] },
  unknown: { email: 'nobody@club.example', email_verified: true, roles: ['parking'] },
  disabled: { email: 'gone@club.example', email_verified: true, roles: ['coaches'] },
};

let provider: IdentityProvider;
let web: { url: string; process: ManagedProcess };

test.beforeAll(async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  provider = await startIdentityProvider({ redirectUri: `${url}/api/auth/callback/oidc`, people: PEOPLE });
  const env = {
    NEXTAUTH_URL: url,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.client.id,
    OIDC_CLIENT_SECRET: provider.client.secret,
    OIDC_NAME: 'Club login',
    SIGNIN_ALLOWED_DOMAINS: 'club.example test.local',
    SIGNIN_ROLES: 'coaches=coach:MTL',
    LOG_LEVEL: 'trace',
  };
  web = await startSecondWeb({ ...env, PORT: String(port) });
});
test.afterAll(async () => {
  await web?.process.stop();
  await provider?.close();
  await sql(`DELETE FROM media.users WHERE email LIKE '%@club.example'`);
  await sql('DELETE FROM media.user_identities');
});

const button = (page: Page) => page.getByRole('button', { name: 'Continue with Club login' });

/** The provider's development pages ask for a font of another host. */
const withoutFonts = (page: Page) =>
  page.route(/fonts\.googleapis\.com/, (route) => route.fulfill({ contentType: 'text/css', body: '' }));

/** From the portal's page through the provider's own pages, up to where the provider sends one back. */
async function logIn(
  page: Page,
  login: keyof typeof PEOPLE,
  start = '/signin',
  beforeTheWayBack = async () => {},
): Promise<void> {
  await withoutFonts(page);
  await page.goto(`${web.url}${start}`);
  await (await hydrated(button(page))).click();
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
  await beforeTheWayBack();
  await page.getByRole('button', { name: 'Continue' }).click();
}

const hasSession = async (page: Page): Promise<boolean> =>
  (await page.context().cookies()).some(({ name }) => name === 'next-auth.session-token');

async function expectRefusal(page: Page, words: RegExp): Promise<void> {
  await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/signin');
  expect(new URL(page.url()).origin).toBe(web.url);
  expect(await hasSession(page)).toBe(false);
}

test('the button is there only where a provider is configured', async ({ openAs }) => {
  const page = await openAs(null);
  await page.goto('/signin');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Continue with/ })).toHaveCount(0);
  await page.goto(`${web.url}/signin`);
  await expect(button(page)).toBeVisible();
});

test('a rule makes the account, with PKCE, state and nonce, and leads back to where one wanted', async ({ openAs }) => {
  const page = await openAs(null);
  const asked: URL[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.url().startsWith(provider.issuer)) asked.push(new URL(request.url()));
  });
  await logIn(page, 'coach', '/stats?team_code=MTL');
  await page.waitForURL(`${web.url}/stats?team_code=MTL`);
  await expect(page.getByText('Nora Coach').first()).toBeAttached();
  const parameters = asked.find(({ pathname }) => pathname === '/auth')?.searchParams;
  expect(parameters?.get('code_challenge_method')).toBe('S256');
  for (const name of ['code_challenge', 'state', 'nonce'])
    expect(parameters?.get(name)?.length, name).toBeGreaterThan(30);
  const [user] = await sql('SELECT role, team_access, password_hash FROM media.users WHERE email = $1', [
    PEOPLE.coach.email,
  ]);
  expect(user).toEqual({ role: 'coach', team_access: ['MTL'], password_hash: null });
  const response = await page.request.get(`${web.url}/api/v2/clips?limit=1`);
  expect(response.status()).toBe(200);
});

test('an account that is there is linked, and keeps its role', async ({ openAs }) => {
  const page = await openAs(null);
  await logIn(page, 'scout');
  await page.waitForURL(`${web.url}/clips`);
  await expect(page.getByText(SCOUT.name).first()).toBeAttached();
  const linked = await sql(
    `SELECT i.provider, i.subject, u.role FROM media.user_identities i JOIN media.users u ON u.id = i.user_id
     WHERE u.email = $1`,
    [SCOUT.email],
  );
  expect(linked).toEqual([{ provider: provider.issuer, subject: 'scout', role: 'scout' }]);
});

for (const [login, words] of [
  ['unverified', /not verified your email/],
  ['stranger', /Addresses of this domain/],
  ['unknown', /has no account here/],
] as const) {
  test(`${login} is refused with the reason, and no account is made`, async ({ openAs }) => {
    const page = await openAs(null);
    await logIn(page, login);
    await expectRefusal(page, words);
    expect(await sql('SELECT 1 FROM media.users WHERE email = $1', [PEOPLE[login].email])).toEqual([]);
  });
}

test('a disabled account stays shut', async ({ openAs, guard }) => {
  // The page that is open is told so by whatever it asks next.
  guard.allow(/status of 401/);
  const page = await openAs(null);
  await logIn(page, 'disabled');
  await page.waitForURL(`${web.url}/clips`);
  await sql('UPDATE media.users SET disabled_at = now() WHERE email = $1', [PEOPLE.disabled.email]);
  const later = await openAs(null);
  await logIn(later, 'disabled');
  await expectRefusal(later, /account is disabled/);
  await page.goto(`${web.url}/clips`);
  await page.waitForURL(/\/signin/);
});

test('a forged state is refused, and so is the way back of somebody else', async ({ openAs }) => {
  const attacker = await openAs(null);
  let wayBack = '';
  attacker.on('request', (request) => {
    if (request.url().startsWith(`${web.url}/api/auth/callback/oidc?`)) wayBack = request.url();
  });
  await logIn(attacker, 'coach', '/signin', () => attacker.context().clearCookies({ name: 'next-auth.state' }));
  await expectRefusal(attacker, /did not work/);
  // The code was never redeemed: it would sign in whoever brings it back, if its state were not another browser's.
  expect(new URL(wayBack).searchParams.get('code')).toBeTruthy();
  const victim = await openAs(null);
  await withoutFonts(victim);
  await victim.goto(`${web.url}/signin`);
  await (await hydrated(button(victim))).click();
  await expect(victim.getByPlaceholder('Enter any login')).toBeVisible();
  expect((await victim.context().cookies()).some(({ name }) => name === 'next-auth.state')).toBe(true);
  await victim.goto(wayBack);
  await expectRefusal(victim, /did not work/);
});

test('no code, token or secret of the exchange stands in the log', async ({ openAs }) => {
  const page = await openAs(null);
  const secrets = new Set<string>([provider.client.secret]);
  page.on('request', (request) => {
    const { searchParams } = new URL(request.url());
    for (const name of ['code', 'state', 'nonce', 'code_challenge']) {
      const value = searchParams.get(name);
      if (value) secrets.add(value);
    }
  });
  await logIn(page, 'coach');
  await page.waitForURL(`${web.url}/clips`);
  for (const cookie of await page.context().cookies()) if (/session|csrf/.test(cookie.name)) secrets.add(cookie.value);
  expect(secrets.size).toBeGreaterThan(6);
  const log = await readFile(path.join(readPortalState().dataDir, 'logs', `web-${new URL(web.url).port}.log`), 'utf8');
  expect(log).toContain('sign-in by provider refused');
  for (const secret of secrets) expect(log.includes(secret), secret.slice(0, 6)).toBe(false);
});
