import { once } from 'node:events';
import { connect } from 'node:net';
import type { BrowserContext, Page } from '@playwright/test';
import { EventSource } from 'eventsource';
import { accountOf } from './support/accounts.ts';
import { apiOf, untilReady } from './support/api.ts';
import { openLine } from './support/cut-line.ts';
import { removeClipRows, seedClipRows, sql } from './support/database.ts';
import { followEvents } from './support/event-reader.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';
import { seedAccounts } from './support/seed.ts';

const SEASON = '2018-2019';
const keyOf = (...account: Parameters<typeof accountOf>) =>
  readPortalState().apiKeys[accountOf(...account).email] ?? '';

test.afterAll(() => removeClipRows(SEASON));

/** A clip of the run's own master that will be cut when it is retried. */
async function seedFailed(clipId: string, teamCode: 'MTL' | 'CHI', gameId: string): Promise<void> {
  const player_id = teamCode === 'MTL' ? '9000001' : '9100001';
  await seedClipRows([
    { clip_id: clipId, player_id, team_code: teamCode, season: SEASON, game_id: gameId, processing_status: 'failed' },
  ]);
  const master = readPortalState().masters[teamCode === 'MTL' ? 'mtl' : 'chi'];
  await sql(
    `UPDATE media.clips SET source_gcs_uri = (SELECT lake_uri FROM media.masters WHERE id = $2) WHERE clip_id = $1`,
    [clipId, master],
  );
}

test('a program follows a clip from its retry to ready, and resumes where it left off', async () => {
  const stream = await followEvents(keyOf('coach', 'MTL'));
  expect(stream.response.status).toBe(200);
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(stream.response.headers.get('content-encoding')).toBeNull();
  expect(stream.response.headers.get('cache-control')).toContain('no-store');
  const start = stream.lastId();
  await seedFailed('events-a', 'MTL', 'events-a');
  await stream.heard('clip.created', 'events-a');
  const created = stream.lastId();
  expect((await apiOf(accountOf('coach', 'MTL')).post('/clips/events-a/retry')).status).toBe(200);
  await stream.heard('clip.progress', 'events-a');
  await stream.heard('clip.ready', 'events-a');
  stream.close();

  const resumed = await followEvents(keyOf('coach', 'MTL'), { lastEventId: created });
  await resumed.heard('clip.ready', 'events-a');
  expect(resumed.events.filter(({ type }) => type === 'clip.created')).toEqual([]);
  resumed.close();
  const fromStart = await followEvents(keyOf('coach', 'MTL'), { lastEventId: start });
  await fromStart.heard('clip.created', 'events-a');
  await fromStart.heard('clip.ready', 'events-a');
  fromStart.close();
});

/** The names of clips that a page's own stream told of, in order. */
const heardIn = (page: Page) => page.evaluate(() => (window as unknown as { heard: string[] }).heard);

test('Chromium and npm’s eventsource lose nothing through a line that is cut, and hear nothing twice', async ({
  openAs,
  portal,
  guard,
}) => {
  // What else the page asks for while its line is cut.
  guard.allow(/net::ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET_NOT_CONNECTED)/);
  const line = await openLine(portal.url);
  const page = await openAs(accountOf('coach', 'MTL'), { baseURL: line.origin });
  const heard: string[] = [];
  const authorization = `Bearer ${keyOf('coach', 'MTL')}`;
  const source = new EventSource(`${line.origin}/api/v2/events`, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, authorization } }),
  });
  source.addEventListener('clip.created', ({ data }) => heard.push(JSON.parse(data).clip_id));
  const opened = new Promise((resolve) => source.addEventListener('place', resolve, { once: true }));
  try {
    await page.goto('/account');
    await page.evaluate(async () => {
      const told: string[] = [];
      Object.assign(window, { heard: told });
      const stream = new EventSource('/api/v2/events');
      stream.addEventListener('clip.created', ({ data }) => told.push(JSON.parse(data).clip_id));
      await new Promise((resolve) => stream.addEventListener('place', resolve, { once: true }));
    });
    await opened;
    const clip = (clip_id: string) => ({
      ...{ clip_id, player_id: '9000001', team_code: 'MTL', season: SEASON, game_id: 'events-cut' },
      processing_status: 'failed' as const,
    });
    // Cut before the first event, and once more after some.
    const expected: string[] = [];
    for (const round of [1, 2]) {
      line.cut();
      const ids = [`cut-${round}-a`, `cut-${round}-b`];
      for (const id of ids) await seedClipRows([clip(id)]);
      line.mend();
      await seedClipRows([clip(`cut-${round}-c`)]);
      expected.push(...ids, `cut-${round}-c`);
      await expect.poll(() => heard, { timeout: 30_000 }).toEqual(expected);
      await expect.poll(() => heardIn(page), { timeout: 30_000 }).toEqual(expected);
    }
  } finally {
    source.close();
    await page.close();
    await line.close();
  }
});

test('who leaves before the answer begins holds no place', async ({ portal }) => {
  const key = keyOf('analyst', 'CHI');
  const { hostname, port } = new URL(portal.url);
  for (let n = 0; n < 30; n++) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const head = `GET /api/v2/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`;
    await new Promise((resolve) => socket.write(head, resolve));
    socket.destroy();
  }
  const open = async () => (await apiOf(accountOf('analyst', 'CHI')).get('/events')).status;
  await expect.poll(open).toBe(200);
});

test('nothing of another team arrives', async () => {
  const stream = await followEvents(keyOf('coach', 'CHI'));
  const player = await followEvents(keyOf('player', 'CHI'));
  await seedFailed('events-secret', 'MTL', 'events-b');
  await apiOf(accountOf('coach', 'MTL')).put('/clips/events-secret/tags/secret');
  await seedFailed('events-open', 'CHI', 'events-b');
  for (const reader of [stream, player]) {
    await reader.heard('clip.created', 'events-open');
    // What says no more than how far the reader is tells of nobody.
    const places = reader.events.filter(({ type }) => type === 'place');
    expect(places.map((place) => Object.keys(place))).toEqual(places.map(() => ['type']));
    const others = reader.events.filter(({ type, clip_id }) => type !== 'place' && clip_id !== 'events-open');
    expect(others).toEqual([]);
    reader.close();
  }
});

test('a stream ends with its key, and with the web', async () => {
  const root = accountOf('admin');
  const second = await startSecondWeb({});
  const key = keyOf('staff', 'CHI');
  const [theirs, admins] = [await followEvents(key), await followEvents(keyOf('admin'), { url: second.url })];
  const account = accountOf('staff', 'CHI').email;
  const setRevoked = (value: string) =>
    sql(
      `UPDATE media.api_keys SET revoked_at = ${value} WHERE user_id = (SELECT id FROM media.users WHERE email = $1)`,
      [account],
    );
  await setRevoked('now()');
  await theirs.ended;
  await setRevoked('NULL');
  expect(root.role).toBe('admin');
  await Promise.all([second.process.stop(), admins.ended]);
});

/** Counts what the pages of a browser ask of the API. */
function countCalls(context: BrowserContext): { of(pattern: RegExp): string[]; forget(): void } {
  const calls: string[] = [];
  context.on('request', (request) => calls.push(new URL(request.url()).pathname));
  return {
    of: (pattern) => calls.filter((path) => pattern.test(path)),
    forget: () => calls.splice(0),
  };
}

test('a card becomes playable by itself, without polling', async ({ openAs }) => {
  await seedFailed('events-card', 'MTL', 'events-c');
  const page = await openAs(accountOf('coach', 'MTL'));
  const opened = page.waitForResponse(/\/api\/v2\/events/);
  await page.goto('/clips?game_id=events-c');
  const card = page.getByRole('article');
  await hydrated(card.getByRole('button', { name: 'Retry' }));
  await opened;
  const calls = countCalls(page.context());
  await sql("UPDATE media.clips SET processing_status = 'processing', progress = 37 WHERE clip_id = 'events-card'");
  await expect(card).toContainText('37');
  await sql("UPDATE media.clips SET progress = 61 WHERE clip_id = 'events-card'");
  await expect(card).toContainText('61');
  // The picture moved twice on what the stream said alone.
  expect(calls.of(/\/api\/v2\//)).toEqual([]);
  await sql("UPDATE media.clips SET processing_status = 'failed' WHERE clip_id = 'events-card'");
  await expect(card.getByRole('button', { name: 'Retry' })).toBeVisible();
  await apiOf(accountOf('coach', 'MTL')).post('/clips/events-card/retry');
  await untilReady(apiOf(accountOf('coach', 'MTL')), 'events-card');
  await expect(card.locator('img')).toBeVisible();
  // One for the failure, one for the finished clip; the list was not asked for again.
  expect(calls.of(/\/api\/v2\/clips\/events-card$/)).toHaveLength(2);
  expect(calls.of(/\/api\/v2\/clips$/)).toEqual([]);
  await card.getByRole('link').click();
  await expect(page.locator('video')).toBeVisible();
});

test('tabs share one stream, and another takes over when its tab goes', async ({ openAs }) => {
  await seedFailed('events-tabs', 'MTL', 'events-d');
  const first = await openAs(accountOf('analyst', 'MTL'));
  const calls = countCalls(first.context());
  await first.goto('/clips?game_id=events-d');
  await expect.poll(() => calls.of(/\/api\/v2\/events$/).length).toBe(1);
  const second = await first.context().newPage();
  await second.goto('/clips?game_id=events-d');
  await hydrated(second.getByRole('article').getByRole('button', { name: 'Retry' }));
  const set = (progress: number) =>
    sql("UPDATE media.clips SET processing_status = 'processing', progress = $1 WHERE clip_id = 'events-tabs'", [
      progress,
    ]);
  await set(21);
  await expect(first.getByRole('article')).toContainText('21');
  await expect(second.getByRole('article')).toContainText('21');
  expect(calls.of(/\/api\/v2\/events$/)).toHaveLength(1);
  await first.close();
  await set(43);
  await expect(second.getByRole('article')).toContainText('43');
  expect(calls.of(/\/api\/v2\/events$/)).toHaveLength(2);
});

test('when a session ends, every tab of the person goes to sign-in and asks for no more events', async ({
  openAs,
  guard,
  portal,
}) => {
  guard.allow(/401 \(Unauthorized\)/);
  const account = { ...accountOf('coach', 'MTL'), name: 'Leaving Coach', email: 'leaving@test.local' };
  await seedAccounts(portal.databaseUrl, [account]);
  const first = await openAs(account);
  const calls = countCalls(first.context());
  const opened = first.waitForResponse(/\/api\/v2\/events/);
  await first.goto('/stats');
  await opened;
  const second = await first.context().newPage();
  await second.goto('/clips?view=table');
  await expect(second.getByRole('row').nth(1)).toBeVisible();
  await sql('UPDATE media.users SET disabled_at = now() WHERE email = $1', [account.email]);
  await expect(first).toHaveURL(/\/signin\?callbackUrl=%2Fstats$/);
  await expect(second).toHaveURL(/\/signin\?callbackUrl=%2Fclips%3Fview%3Dtable$/);
  // The first stream, the browser's own try, and the question why it was refused.
  expect(calls.of(/\/api\/v2\/events$/)).toHaveLength(3);
});
