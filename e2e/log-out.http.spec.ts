import { accountOf, PASSWORD } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';
import { rawRequest, setCookies, signInRaw } from './support/raw-http.ts';
import { serverActionIds } from './support/server-actions.ts';

const COACH = accountOf('coach', 'CHI');

/** One browser's cookies, and a copy that somebody made of them. */
async function signIn(base: string) {
  const { cookies, csrfToken } = await signInRaw(base, { email: COACH.email, password: PASSWORD });
  return { cookies, csrfToken, headers: { Cookie: cookies } };
}

const logOut = (base: string, { cookies, csrfToken }: { cookies: string; csrfToken: string }) =>
  rawRequest(base, '/api/auth/signout', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookies },
    body: new URLSearchParams({ csrfToken, callbackUrl: '/signin', json: 'true' }).toString(),
  });

test('logging out ends the session on the server, and no other one', async ({ portal }) => {
  const [here, elsewhere] = [await signIn(portal.url), await signIn(portal.url)];
  const statusOf = async ({ headers }: typeof here) =>
    (await rawRequest(portal.url, '/api/v2/clips', { headers })).status;
  expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([200, 200]);
  const out = await logOut(portal.url, here);
  expect(out.status).toBe(200);
  expect(setCookies(out).find((cookie) => cookie.includes('session-token='))).toMatch(/session-token=;/);
  // The copy of the cookie that was made before.
  expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([401, 200]);
  const page = await rawRequest(portal.url, '/clips', { headers: here.headers });
  expect(page.headers.location ?? '').toMatch(/\/signin\?/);
  // Nor does next-auth make a new one of it.
  const renewed = await rawRequest(portal.url, '/api/auth/session', { headers: here.headers });
  expect(renewed.text).not.toContain(COACH.name);
  await logOut(portal.url, here);
  expect(await statusOf(elsewhere)).toBe(200);
  const rows = await sql(
    `SELECT count(*)::int AS ended FROM media.audit_log WHERE action = 'session.end'
     AND actor_user_id = (SELECT id FROM media.users WHERE email = $1)`,
    [COACH.email],
  );
  expect(rows).toEqual([{ ended: 1 }]);
});

test('the menu logs out: who has a copy of the cookie is asked to sign in', async ({ browser, guard, portal }) => {
  const context = await browser.newContext({ baseURL: portal.url });
  guard.watch(context);
  const page = await context.newPage();
  await page.goto('/signin');
  await page.getByLabel('Email').fill(COACH.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/clips/);
  const copied = await context.cookies();
  await page.getByRole('button', { name: new RegExp(COACH.name) }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(/\/signin/);
  await context.addCookies(copied);
  await page.goto('/clips');
  await expect(page).toHaveURL(/\/signin/);
  await context.close();
});

test('a server action that no page of the portal sent is refused', async ({ portal }) => {
  const { headers } = await signIn(portal.url);
  const ids = await serverActionIds();
  expect(ids.length).toBeGreaterThan(4);
  for (const id of ids) {
    const ask = (more: Record<string, string>) =>
      rawRequest(portal.url, '/account', {
        method: 'POST',
        headers: { ...headers, 'Next-Action': id, 'Content-Type': 'text/plain;charset=UTF-8', ...more },
        body: '[null]',
      });
    const origins: Record<string, string>[] = [
      {},
      { Origin: 'null' },
      { Origin: 'https://evil.example' },
      { Origin: `${portal.url}.evil.example` },
    ];
    for (const origin of origins) expect([origin, (await ask(origin)).status]).toEqual([origin, 403]);
    const site = { 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask(site)).status).toBe(403);
    expect((await ask({ Origin: portal.url })).status).not.toBe(403);
  }
});
