import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Line, openLine } from '#lib/db/line-fixture.ts';
import type { ManagedProcess } from '#scripts/portal/child-process.ts';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { apiWith, playlistOf } from './support/api.ts';
import { type ApiOperation, documentedOperations } from './support/api-document.ts';
import { until } from './support/conditions.ts';
import { expect, sessionFileOf, test } from './support/portal-test.ts';
import { prepareMaster } from './support/prepared-master.ts';
import { startSecondWeb } from './support/processes.ts';

/** What is promised. */
const PROMISED_MS = 5000;
/** So many are asked at a time: more than the pool has connections for, with what else goes on. */
const AT_ONCE = 12;
/** What the machine's own time is measured by is asked so often: it must not be what takes that time. */
const ASKED_EVERY_MS = 20;

const PAGES = [
  '/clips',
  '/clips/mtl-20031-p1-0001',
  '/stats',
  '/games',
  '/games/MTL/2025-2026/20031',
  '/stats/plays',
  '/reels',
  '/reels/play',
  '/reels/00000000-0000-4000-8000-000000000000',
  '/reels/00000000-0000-4000-8000-000000000000/presenter',
  '/masters',
  '/masters/00000000-0000-4000-8000-000000000000',
  '/account',
  '/keys/00000000-0000-4000-8000-000000000000/webhooks',
  '/admin/users',
  '/admin/keys',
  '/admin/audit',
  '/admin/links',
  '/admin/clubs',
  '/stats/watched',
  `/s/${'A'.repeat(43)}`,
  '/admin/upload',
  '/admin/masters',
  '/admin/masters/00000000-0000-4000-8000-000000000000',
  '/admin/trash',
];

/** They need no database, or tell by themselves that it is away. */
const ANSWERING = {
  ...{ getHealth: 503, getOpenApiDocument: 200 },
  // What they are shown here was never given out by a link.
  ...{ getSharedPlaylists: 404, tellSharedPlay: 404 },
  ...{ getSharedText: 404, downloadShared: 404, getSharedMedia: 404, recordSharedViews: 404 },
} as const;

let line: Line;
let web: { url: string; process: ManagedProcess };
let operations: ApiOperation[];
let clipId: string;
/** What a playlist's address names, and the token that opens it. */
let ofClip: Record<string, string>;
let ofMaster: Record<string, string>;
let cookie: string;

test.beforeAll(async ({ browserName: _ }) => {
  const home = (await import('./support/portal-state.ts')).readPortalState();
  const { databaseUrl, apiKeys } = home;
  line = await openLine(databaseUrl);
  web = await startSecondWeb({ DATABASE_URL: line.url });
  operations = await documentedOperations();
  const api = apiWith(apiKeys[accountOf('admin').email] ?? '');
  const { json } = await api.get('/clips?status=ready&limit=1');
  clipId = json.clips[0]?.clip_id ?? '';
  const tokenIn = (url: string) => new URL(url).searchParams.get('token') ?? '';
  ofClip = { clip_id: clipId, token: tokenIn(playlistOf((await api.get(`/clips/${clipId}`)).json)) };
  const { id } = await prepareMaster(home, '2004-2005', { rate: '30', seconds: 2 });
  const { url } = JSON.parse((await api.get(`/masters/${id}/playback`)).text) as { url: string };
  ofMaster = { master_id: id, token: tokenIn(url) };
  const state = JSON.parse(await readFile(await sessionFileOf(accountOf('admin')), 'utf8')) as {
    cookies: { name: string; value: string }[];
  };
  cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  // A page's first reader waits for its code to be loaded.
  for (const page of PAGES) await askPage(page)();
});
test.afterAll(async () => {
  await web.process.stop();
  await line.close();
});

interface Seen {
  what: string;
  status: number;
  retryAfter: string | null;
  type: string;
  isLate: boolean;
}
type Timed = Omit<Seen, 'isLate'> & { tookMs: number };

async function ask(what: string, url: string, init: RequestInit = {}): Promise<Timed> {
  const startedMs = performance.now();
  const response = await fetch(url, { redirect: 'manual', ...init });
  await response.arrayBuffer();
  const { status, headers } = response;
  return {
    what,
    status,
    retryAfter: headers.get('retry-after'),
    type: (headers.get('content-type') ?? '').replace(/;.*/, ''),
    tookMs: performance.now() - startedMs,
  };
}

/** An operation as its own examples call it; who is asking is looked up before any of it is judged. */
function request({ id, method, path, parameters = [], requestBody }: ApiOperation): { url: string; init: RequestInit } {
  // What is asked of a database that is frozen it may still do later: no other operation names a master that there is.
  const { token = '', ...named } = id === 'getMasterText' ? ofMaster : ofClip;
  const given: Record<string, string> = { ...named, file: 'playlist.m3u8', tag: 'x', crest: `${'0'.repeat(64)}.png` };
  const uuid = '00000000-0000-4000-8000-000000000000';
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name] ?? uuid);
  const query = parameters.some(({ in: place, name }) => place === 'query' && name === 'token')
    ? `?token=${encodeURIComponent(token)}`
    : '';
  const example = Object.values(requestBody?.content['application/json']?.examples ?? {})[0]?.value;
  return {
    url: `${web.url}/api/v2${filled}${query}`,
    init: { method, ...(example === undefined ? {} : { body: JSON.stringify(example) }) },
  };
}

/**
 * Asks some at once, and all along something that is refused at the door: the longest that this takes is the machine's
 * to answer for, and not the database's.
 */
async function askTogether(asking: (() => Promise<Timed>)[]): Promise<Seen[]> {
  let isOver = false;
  const machine = (async () => {
    let longestMs = 0;
    while (!isOver) {
      const { tookMs } = await ask('twin', web.url, { method: 'PROPFIND' });
      longestMs = Math.max(longestMs, tookMs);
      await pause(ASKED_EVERY_MS);
    }
    return longestMs;
  })();
  const seen = await Promise.all(asking.map((each) => each()));
  isOver = true;
  const machineMs = await machine;
  return seen.map(({ tookMs, ...answer }) => ({ ...answer, isLate: tookMs > PROMISED_MS + machineMs }));
}

const askPage = (page: string) => () => ask(page, `${web.url}${page}`, { headers: { cookie } });

async function askEverything(key: string): Promise<Seen[]> {
  const routes = operations.map((operation) => () => {
    const { url, init } = request(operation);
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    return ask(operation.id, url, { ...init, headers });
  });
  const asking = [...routes, ...PAGES.map(askPage)];
  const seen: Seen[] = [];
  for (let at = 0; at < asking.length; at += AT_ONCE) seen.push(...(await askTogether(asking.slice(at, at + AT_ONCE))));
  return seen;
}

/** Everything by its name, as it has to answer while the database is away. */
const expected = (): Seen[] => [
  ...operations.map(({ id }) => {
    const status = (ANSWERING as Record<string, number>)[id];
    const type = status === 404 ? 'application/problem+json' : 'application/json';
    const own = status ? { status, retryAfter: null, type } : null;
    const problem = { status: 503, retryAfter: '5', type: 'application/problem+json' };
    return { what: id, isLate: false, ...(own ?? problem) };
  }),
  ...PAGES.map((what) => ({ what, status: 503, retryAfter: '5', type: 'text/html', isLate: false })),
];

const keyOf = (apiKeys: Record<string, string>) => apiKeys[accountOf('admin').email] ?? '';

const AWAY: Record<string, () => unknown> = {
  'does not answer': () => line.freeze(),
  'refuses connections': () => line.refuse(),
};

for (const [how, takeAway] of Object.entries(AWAY)) {
  test(`a database that ${how}: every operation and every page says 503 in time, and works again by itself`, async ({
    portal,
  }) => {
    await takeAway();
    expect(await askEverything(keyOf(portal.apiKeys))).toEqual(expected());
    await line.mend();
    const works = async () => {
      const { status } = await ask('clips', `${web.url}/api/v2/clips`, {
        headers: { Authorization: `Bearer ${keyOf(portal.apiKeys)}` },
      });
      const health = await ask('health', `${web.url}/api/v2/clips/health`);
      return status === 200 && health.status === 200;
    };
    await until(works, { what: 'the web works again' });
  });
}

test('signing in says that it cannot be done now', async () => {
  const csrf = await fetch(`${web.url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookies = csrf.headers.getSetCookie().map((value) => value.replace(/;.*/, ''));
  const post = (what: string, path: string, fields: Record<string, string>) =>
    ask(what, `${web.url}${path}`, {
      method: 'POST',
      headers: {
        cookie: cookies.join('; '),
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: web.url,
      },
      body: new URLSearchParams({ csrfToken, json: 'true', ...fields }),
    });
  line.freeze();
  const { email } = accountOf('coach', 'MTL');
  const seen = await post('sign-in', '/api/auth/callback/credentials', { email, password: PASSWORD });
  expect(seen).toMatchObject({ status: 503, retryAfter: '5' });
  await line.mend();
});

test('a web that is started while its database is away answers, and works as soon as it is there', async ({
  portal,
}) => {
  await line.refuse();
  const late = await startSecondWeb({ DATABASE_URL: line.url }, portal, '/api/v2/openapi.json');
  try {
    const api = apiWith(keyOf(portal.apiKeys), late.url);
    const away = await api.get('/clips');
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
    await line.mend();
    await until(async () => (await api.get('/clips/health')).status === 200, { what: 'health' });
    expect((await api.get('/clips')).status).toBe(200);
    // The queue, too, was started behind it.
    expect((await api.post(`/clips/${clipId}/retry`)).status).toBe(409);
  } finally {
    await late.process.stop();
    await line.mend();
  }
});
