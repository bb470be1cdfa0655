import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { announce, apiOf, playlistOf } from './support/api.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { cookieHeader, rawRequest, setCookies, signInRaw } from './support/raw-http.ts';

const COACH = accountOf('coach', 'MTL');
const ADMIN = accountOf('admin', 'MTL');
const keyOf = (email: string): string => readPortalState().apiKeys[email] ?? '';
const signIn = (account = COACH, extra: { callbackUrl?: string; headers?: Record<string, string> } = {}) =>
  signInRaw(readPortalState().url, { email: account.email, password: PASSWORD, ...extra });

const FORGED: Record<string, string>[] = [
  { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '666' },
  { Host: 'evil.example' },
  { Host: 'evil.example:666', 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example;proto=https' },
  { 'X-Forwarded-Server': 'evil.example', 'X-Host': 'evil.example', 'X-Original-URL': '//evil.example/' },
];

for (const headers of FORGED) {
  test(`${JSON.stringify(headers)} reaches no link, redirect or cookie`, async ({ portal }) => {
    const bearer = { Authorization: `Bearer ${keyOf(ADMIN.email)}` };
    const body = JSON.stringify(
      announce({ team_code: 'MTL', season: '2014-2015', game_id: 'forged' }, 'forged.mp4', 1000),
    );
    const session = await signIn(COACH, { headers });
    const started = await rawRequest(portal.url, '/api/v2/masters', {
      method: 'POST',
      headers: { ...headers, ...bearer, 'Content-Type': 'application/json' },
      body,
    });
    expect(started.status).toBe(201);
    const { master } = JSON.parse(started.text) as { master: { id: string } };
    expect((await apiOf(ADMIN).delete(`/masters/${master.id}`)).status).toBe(204);
    const signedIn = { ...headers, Cookie: session.cookies };
    const answers = [
      session.answer,
      started,
      await rawRequest(portal.url, '/', { headers }),
      await rawRequest(portal.url, '/clips', { headers }),
      await rawRequest(portal.url, '/clips', { headers: signedIn }),
      await rawRequest(portal.url, '/signin?callbackUrl=/stats', { headers: signedIn }),
      await rawRequest(portal.url, '/signin', { headers }),
      await rawRequest(portal.url, '/api/auth/signin', { headers }),
      await rawRequest(portal.url, '/api/auth/error?error=x', { headers }),
      await rawRequest(portal.url, '/api/auth/providers', { headers }),
      await rawRequest(portal.url, '/api/v2/clips/lib-mtl-1', { headers: { ...headers, ...bearer } }),
      await rawRequest(portal.url, '/api/v2/clips?limit=5&include=assets', { headers: { ...headers, ...bearer } }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(500);
      expect(JSON.stringify(answer.headers)).not.toContain('evil.example');
      expect(answer.text).not.toContain('evil.example');
    }
    expect(JSON.parse(session.answer.text).url).toBe(`${portal.url}/clips`);
  });
}

const HOSTILE = [
  '//evil.example',
  '///evil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  '\\evil.example',
  '\\\\evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '%2F%2Fevil.example',
  '/%2Fevil.example',
  '/%5Cevil.example',
  '/%09/evil.example',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'http://localhost@evil.example/',
  'http://localhost.evil.example/',
  '/a/..//evil.example',
];

/** Where a browser at the portal would go; `null`: to a place that is no page. */
const destination = (location: unknown, base: string): string | null =>
  typeof location === 'string' && URL.canParse(location, base) ? new URL(location, base).origin : null;

test('callbackUrl stays on the origin', async ({ portal }) => {
  for (const hostile of HOSTILE) {
    // Each round logs out, and its session is over then.
    const { cookies, csrfToken } = await signIn();
    const encoded = encodeURIComponent(hostile);
    const page = await rawRequest(portal.url, `/signin?callbackUrl=${encoded}`, { headers: { Cookie: cookies } });
    expect([hostile, destination(page.headers.location, portal.url)]).toEqual([hostile, portal.url]);
    const { answer } = await signIn(COACH, { callbackUrl: hostile });
    const { url } = JSON.parse(answer.text) as { url: string };
    expect([hostile, destination(url, portal.url)]).toEqual([hostile, portal.url]);
    const remembered = setCookies(answer).find((cookie) => cookie.includes('callback-url='));
    if (remembered) expect(decodeURIComponent(remembered)).toMatch(new RegExp(`callback-url=${portal.url}(/|;)`));
    const out = await rawRequest(portal.url, '/api/auth/signout', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookies },
      body: new URLSearchParams({ csrfToken, callbackUrl: hostile }).toString(),
    });
    expect([hostile, destination(out.headers.location, portal.url)]).toEqual([hostile, portal.url]);
  }
});

test('paths that look like hosts lead nowhere else', async ({ portal }) => {
  for (const target of [
    '//evil.example',
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '/%2F/evil.example',
    '/.//evil.example/',
  ]) {
    const { headers, status } = await rawRequest(portal.url, target);
    expect(status).toBeLessThan(500);
    if (headers.location) expect([target, destination(headers.location, portal.url)]).toEqual([target, portal.url]);
  }
});

test('a change by a session comes from a page of the portal', async ({ portal }) => {
  const { cookies } = await signIn();
  const tag = (headers: Record<string, string>) =>
    rawRequest(portal.url, '/api/v2/clips/lib-mtl-2/tags/forged', { method: 'PUT', headers });
  const foreign: Record<string, string>[] = [
    {},
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'https://evil.example', Host: 'evil.example' },
    { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: portal.url },
    { 'Sec-Fetch-Site': 'same-site' },
  ];
  for (const headers of foreign) {
    const { status, text, headers: given } = await tag({ ...headers, Cookie: cookies });
    expect([headers, status, JSON.parse(text).code]).toEqual([headers, 403, 'foreign_origin']);
    expect(given['content-type']).toBe('application/problem+json');
  }
  const clip = () => apiOf(COACH).get('/clips/lib-mtl-2');
  expect((await clip()).json.tags).not.toContain('forged');
  expect((await tag({ Origin: portal.url, Cookie: cookies })).status).toBeLessThan(300);
  expect((await clip()).json.tags).toContain('forged');
  const Authorization = `Bearer ${keyOf(COACH.email)}`;
  const untag = await rawRequest(portal.url, '/api/v2/clips/lib-mtl-2/tags/forged', {
    method: 'DELETE',
    headers: { Authorization, Origin: 'https://evil.example' },
  });
  expect(untag.status).toBeLessThan(300);
});

test('secrets that were used stand in no log', async ({ portal }) => {
  const secrets = new Map<string, string>();
  const wrong = 'a wrong pass-phrase 4711';
  secrets.set('a wrong password', wrong);
  secrets.set('a password', PASSWORD);
  await signInRaw(portal.url, { email: COACH.email, password: wrong });
  const { cookies, answer } = await signIn();
  for (const cookie of [...cookies.split('; '), cookieHeader(answer)]) {
    if (!/callback-url/.test(cookie)) secrets.set('a cookie', cookie.slice(cookie.indexOf('=') + 1).slice(0, 400));
  }
  for (const [email, key] of Object.entries(portal.apiKeys)) secrets.set(`the key of ${email}`, key);
  const playlist = new URL(playlistOf((await apiOf(COACH).get('/clips/lib-mtl-4')).json));
  const token = playlist.searchParams.get('token') ?? '';
  secrets.set('a playback token', token);
  await fetch(playlist);
  await fetch(`${playlist.origin}${playlist.pathname}?token=${token}x`);
  const media = (await (await fetch(playlist)).text()).match(/^http\S+/m)?.[0] ?? '';
  const segment = (await (await fetch(media)).text()).match(/^http\S+/m)?.[0] ?? '';
  const signature = new URL(segment).searchParams.get('signature') ?? '';
  secrets.set('a signature', signature);
  await fetch(segment.replace(signature, `${signature}x`));
  const started = await apiOf(ADMIN).post(
    '/masters',
    announce({ team_code: 'MTL', season: '2014-2015', game_id: 'logs' }, 'logs.mp4', 10),
  );
  const upload = new URL(started.json.upload.url);
  secrets.set('an upload session', upload.search.slice(1));
  await fetch(upload, { method: 'PUT', headers: { 'Content-Range': 'bytes 5-9/10' }, body: 'wrong' });
  await apiOf(ADMIN).delete(`/masters/${started.json.master.id}`);
  await rawRequest(portal.url, '/api/v2/clips', {
    headers: { Authorization: 'Bearer hb_thisKeyIsNobodysKeyAtAll0123' },
  });
  secrets.set('an unknown key', 'thisKeyIsNobodysKeyAtAll0123');
  secrets.set('the secret of the portal', portal.env.NEXTAUTH_SECRET ?? '');
  const folder = path.join(portal.dataDir, 'logs');
  const logs = await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')));
  const all = logs.join('\n');
  expect(all).toContain('sign-in refused');
  for (const [what, secret] of secrets) {
    expect(secret.length, what).toBeGreaterThan(8);
    expect(all.includes(secret), `${what} stands in a log`).toBe(false);
  }
});
