import { statfs } from 'node:fs/promises';
import { accountOf } from './support/accounts.ts';
import { type Answer, type Api, announce, apiOf, apiWith, playlistOf } from './support/api.ts';
import { sql } from './support/database.ts';
import { followEvents } from './support/event-reader.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';
import { startSecondWeb } from './support/processes.ts';
import { type RawAnswer, rawRequest } from './support/raw-http.ts';

const RINK = '127.0.0.61';
const PLACE = { team_code: 'MTL', season: '2025-2026', game_id: '29100' };

/** A web that limits what the run's own does not; the run's portal goes on beside it. */
async function withWeb(env: Record<string, string>, use: (url: string) => Promise<void>): Promise<void> {
  await sql('DELETE FROM media.api_rate_limits');
  const web = await startSecondWeb(env);
  await use(web.url).finally(() => web.process.stop());
  await sql('DELETE FROM media.api_rate_limits');
}

/** A further key of an account, for a program of its own. */
async function keyOf(api: Api, name: string): Promise<string> {
  const { json } = await api.post('/keys', { name, expires_in_days: 1 });
  return (json as unknown as { key: string }).key;
}

test('what a whole place has used up does not stop the playlists of those who are there', async () => {
  const [mtl, chi] = [accountOf('coach', 'MTL'), accountOf('coach', 'CHI')];
  const pathOf = async (clipId: string, api: Api) => {
    const { pathname, search } = new URL(playlistOf((await api.get(`/clips/${clipId}`)).json));
    return pathname + search;
  };
  const [mine, other] = [await pathOf('lib-mtl-1', apiOf(mtl)), await pathOf('lib-chi-1', apiOf(chi))];
  await withWeb({ API_RATE_LIMIT_PER_MINUTE: '20' }, async (url) => {
    const get = (path: string) => rawRequest(url, path, { from: RINK });
    const statuses = async (times: number, path: string) => {
      const answers: RawAnswer[] = [];
      for (let n = 0; n < times; n++) answers.push(await get(path));
      return answers.map(({ status }) => status);
    };
    const forged = mine.replace(/token=..../, 'token=AAAA');
    // A token that does not hold is paid for by the place …
    expect(await statuses(25, forged)).toEqual([...Array(20).fill(403), ...Array(5).fill(429)]);
    expect((await get('/api/v2/openapi.json')).status).toBe(429);
    // … and one that holds by its person: each has their own minute.
    const playlist = await get(mine);
    expect(playlist.status).toBe(200);
    const rendition = new URL(playlist.text.split('\n').find((line) => line.startsWith('http')) ?? '');
    expect((await get(rendition.pathname + rendition.search)).status).toBe(200);
    expect(await statuses(20, mine)).toEqual([...Array(18).fill(200), 429, 429]);
    expect((await get(other)).status).toBe(200);
    expect((await apiOf(mtl, { ...readPortalState(), url }).get('/clips?limit=1')).status).toBe(200);
  });
});

test('all keys of a person have one minute, and their pages another', async ({ openAs }) => {
  const account = accountOf('analyst', 'MTL');
  const keys = [await keyOf(apiOf(account), 'first'), await keyOf(apiOf(account), 'second')];
  const page = await openAs(account);
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await withWeb({ API_RATE_LIMIT_PER_MINUTE: '20' }, async (url) => {
    const statuses: number[] = [];
    for (let n = 0; n < 24; n++) statuses.push((await apiWith(keys[n % 2] ?? '', url).get('/clips?limit=1')).status);
    expect(statuses).toEqual([...Array(20).fill(200), ...Array(4).fill(429)]);
    const seen = await rawRequest(url, '/api/v2/clips?limit=1', { headers: { Cookie: cookies } });
    expect(seen.status).toBe(200);
  });
});

test('all keys of a person have ten streams of events together', async () => {
  const api = apiOf(accountOf('scout', 'MTL'));
  const keys = await Promise.all(['one', 'two', 'three'].map((name) => keyOf(api, name)));
  const streams = [];
  for (let n = 0; n < 10; n++) streams.push(await followEvents(keys[n % 3] ?? ''));
  for (const key of keys) {
    const refused = await apiWith(key).get('/events');
    expectProblem(refused, { status: 429, code: 'too_many_streams' });
  }
  for (const stream of streams) stream.close();
  await Promise.all(streams.map(({ ended }) => ended));
});

test('a team has so many unfinished uploads, however many are announced at once', async () => {
  const [left] = await sql(`SELECT count(*)::int AS uploads FROM media.masters
    WHERE team_code = 'MTL' AND status = 'uploading' AND upload_expires_at > now()`);
  const env = { UPLOADS_PER_TEAM: String(Number(left?.uploads) + 5), UPLOAD_GIB_PER_TEAM: '1' };
  await withWeb(env, async (url) => {
    const api = apiOf(accountOf('admin', 'MTL'), { ...readPortalState(), url });
    const open = (n: number, bytes = 1000) => api.post('/masters', announce(PLACE, `quota-${n}.mp4`, bytes));
    const end = ({ json }: Answer) => api.delete(`/masters/${json.master.id}`);
    expectProblem(await open(0, 2 ** 31), { status: 413, code: 'upload_too_large', path: 'size_bytes' });
    const answers = await Promise.all(Array.from({ length: 15 }, (_, n) => open(n)));
    const opened = answers.filter(({ status }) => status === 201);
    expect(opened).toHaveLength(5);
    for (const answer of answers)
      if (answer.status !== 201) expectProblem(answer, { status: 409, code: 'upload_quota' });
    for (const answer of opened) await end(answer);
    // What counts is bytes, too: two of 0.6 GiB are more than one.
    const large = Math.floor(0.6 * 2 ** 30);
    const first = await open(21, large);
    expect(first.status).toBe(201);
    expectProblem(await open(22, large), { status: 409, code: 'upload_quota' });
    await end(first);
    const second = await open(22, large);
    expect(second.status).toBe(201);
    await end(second);
  });
});

test('sixty uploads of nine tenths of the disk are one', async ({ portal }) => {
  const api = apiOf(accountOf('admin', 'CHI'));
  const { bavail, bsize } = await statfs(portal.dataDir);
  const place = { ...PLACE, team_code: 'CHI' };
  const size = Math.floor(bavail * bsize * 0.9);
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => api.post('/masters', announce(place, `large-${n}.mp4`, size))),
  );
  const opened = answers.filter(({ status }) => status === 201);
  expect(opened).toHaveLength(1);
  for (const answer of answers)
    if (answer.status !== 201) expectProblem(answer, { status: 507, code: 'space_announced' });
  await api.delete(`/masters/${opened[0]?.json.master.id}`);
  const again = await api.post('/masters', announce(place, 'large-60.mp4', size));
  expect(again.status).toBe(201);
  await api.delete(`/masters/${again.json.master.id}`);
});
