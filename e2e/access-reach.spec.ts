import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ACCOUNTS, accountOf, type TestAccount } from './support/accounts.ts';
import { type Api, apiOf, apiWith, playlistOf } from './support/api.ts';
import type { CountShape, FacetsShape } from './support/contract-shapes.ts';
import { removeClipRows, type SeededClip, seedClipRows, sql } from './support/database.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, sessionFileOf, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';
import { seedAccounts } from './support/seed.ts';

const SEASON = '2019-2020';

const rows = (count: number, row: Omit<SeededClip, 'clip_id'>): SeededClip[] =>
  Array.from({ length: count }, () => ({ ...row, clip_id: `reach-${randomUUID()}`, season: SEASON }));

/** 7 of Montréal (3 of them the player's), 5 of Chicago (2 the player's), 1 that bears the player's id in another club. */
const CLIPS: SeededClip[] = [
  ...rows(2, { team_code: 'MTL', player_id: '9000001', event_type: 'shot', game_id: 'g1' }),
  ...rows(1, {
    team_code: 'MTL',
    player_id: '9000001',
    event_type: 'goal',
    game_id: 'g2',
    processing_status: 'failed',
  }),
  ...rows(4, { team_code: 'MTL', player_id: '9000002', event_type: 'goal', game_id: 'g2' }),
  ...rows(2, { team_code: 'CHI', player_id: '9100001', event_type: 'shot', game_id: 'g3' }),
  ...rows(2, {
    team_code: 'CHI',
    player_id: '9100002',
    event_type: 'save',
    game_id: 'g3',
    processing_status: 'pending',
  }),
  ...rows(1, { team_code: 'CHI', player_id: '9000001', event_type: 'faceoff', game_id: 'g4' }),
];

interface Reach {
  total: number;
  by_status: Record<string, number>;
  top_event_types: Record<string, number>;
  players: Record<string, number>;
  games: Record<string, number>;
}

const MTL: Reach = {
  total: 7,
  by_status: { ready: 6, failed: 1 },
  top_event_types: { goal: 5, shot: 2 },
  players: { '9000001': 3, '9000002': 4 },
  games: { g1: 2, g2: 5 },
};
const CHI: Reach = {
  total: 5,
  by_status: { ready: 3, pending: 2 },
  top_event_types: { shot: 2, save: 2, faceoff: 1 },
  players: { '9100001': 2, '9100002': 2, '9000001': 1 },
  games: { g3: 4, g4: 1 },
};
const MTL_PLAYER: Reach = {
  total: 3,
  by_status: { ready: 2, failed: 1 },
  top_event_types: { shot: 2, goal: 1 },
  players: { '9000001': 3 },
  games: { g1: 2, g2: 1 },
};
const CHI_PLAYER: Reach = {
  total: 2,
  by_status: { ready: 2 },
  top_event_types: { shot: 2 },
  players: { '9100001': 2 },
  games: { g3: 2 },
};
const ALL: Reach = {
  total: 12,
  by_status: { ready: 9, failed: 1, pending: 2 },
  top_event_types: { goal: 5, shot: 4, save: 2, faceoff: 1 },
  players: { '9000001': 4, '9000002': 4, '9100001': 2, '9100002': 2 },
  games: { g1: 2, g2: 5, g3: 4, g4: 1 },
};

const reachOf = ({ role, teams: [team] }: TestAccount): Reach => {
  if (team === 'ALL') return ALL;
  if (role === 'player') return team === 'MTL' ? MTL_PLAYER : CHI_PLAYER;
  return team === 'MTL' ? MTL : CHI;
};

const counted = (values: CountShape[] | undefined, key: string): Record<string, number> =>
  Object.fromEntries((values ?? []).map((value) => [String(value[key]), value.count]));
/** Statuses that nobody has may be told as nought or left out. */
const withoutNoughts = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

test.beforeAll(() => seedClipRows(CLIPS));
test.afterAll(async () => {
  await removeClipRows(SEASON);
});

for (const account of ACCOUNTS) {
  test(`${account.name} counts exactly what lies in reach`, async () => {
    const api = apiOf(account);
    const expected = reachOf(account);
    const list = (await api.get(`/clips?season=${SEASON}&limit=500`)).json;
    expect(list.total).toBe(expected.total);
    expect(list.clips.length).toBe(expected.total);
    const page = (await api.get(`/clips?season=${SEASON}&limit=1&offset=1`)).json;
    expect(page.total).toBe(expected.total);

    const overview = (await api.get(`/clips/stats/overview?season=${SEASON}`)).json;
    expect(overview.total_clips).toBe(expected.total);
    expect(withoutNoughts(overview.by_status)).toEqual(expected.by_status);
    expect(overview.top_event_types).toEqual(expected.top_event_types);

    const facets = (await api.get(`/clips/facets?season=${SEASON}`)).json as unknown as FacetsShape;
    expect(counted(facets.player_id, 'value')).toEqual(expected.players);
    expect(counted(facets.game_id, 'value')).toEqual(expected.games);
    expect(counted(facets.event_type, 'value')).toEqual(expected.top_event_types);

    const breakdown = (await api.get(`/clips/stats/breakdown?season=${SEASON}`)).json;
    expect(counted(breakdown.by_player, 'player_id')).toEqual(expected.players);
    expect(counted(breakdown.by_game, 'game_id')).toEqual(expected.games);

    // Without a filter, too: what the tables hold, counted by the rule of contract §5 in plain words.
    const teams = account.teams.includes('ALL') ? ['MTL', 'CHI'] : account.teams;
    const [all] = await sql(
      `SELECT count(*)::int AS total FROM media.clips WHERE team_code = ANY($1) AND ($2::text IS NULL OR player_id = $2)`,
      [teams, account.playerId],
    );
    expect((await api.get('/clips')).json.total).toBe(all?.total);
    expect((await api.get('/clips/stats/overview')).json.total_clips).toBe(all?.total);
  });
}

test('filters cannot widen the reach', async () => {
  const coach = apiOf(accountOf('coach', 'MTL'));
  const player = apiOf(accountOf('player', 'MTL'));
  for (const query of ['team_code=CHI', 'player_id=9100001', 'game_id=g3', 'q=9100002']) {
    for (const api of [coach, player]) expect((await api.get(`/clips?${query}`)).json.total, query).toBe(0);
  }
  const mate = (await player.get('/clips?player_id=9000002')).json;
  expect(mate.total).toBe(0);
});

test('the neighbours on a clip page are those of the reader', async ({ openAs }) => {
  const first = CLIPS[0]?.clip_id;
  for (const [account, total] of [
    [accountOf('player', 'MTL'), 3],
    [accountOf('coach', 'MTL'), 7],
  ] as const) {
    const page = await openAs(account);
    await page.goto(`/clips/${first}?season=${SEASON}`);
    await expect(page.getByText(`${total} of ${total}`, { exact: true })).toBeVisible();
  }
});

test('a player does not learn where the master lies', async () => {
  for (const [account, isTold] of [
    [accountOf('player', 'MTL'), false],
    [accountOf('scout', 'MTL'), true],
  ] as const) {
    const api = apiOf(account);
    const one = (await api.get('/clips/lib-mtl-1')).json;
    const listed = (await api.get('/clips?player_id=9000001&limit=500')).json.clips;
    for (const clip of [one, ...listed]) expect('source_gcs_uri' in clip).toBe(isTold);
    if (!isTold) expect(JSON.stringify(one)).not.toContain('media/raw');
  }
});

interface Temporary {
  account: TestAccount;
  api: Api;
  withSession(pathname: string, method?: string): Promise<number>;
}

/** An account that a test may change as it likes. */
async function temporaryCoach(): Promise<Temporary> {
  const { url, databaseUrl } = readPortalState();
  const account: TestAccount = {
    name: 'Temporary coach',
    email: `temporary-${randomUUID()}@test.local`,
    role: 'coach',
    teams: ['MTL'],
    playerId: null,
  };
  const keys = await seedAccounts(databaseUrl, [account]);
  const state = JSON.parse(await readFile(await sessionFileOf(account), 'utf8')) as {
    cookies: { name: string; value: string }[];
  };
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const withSession = async (pathname: string, method = 'GET') =>
    (await fetch(`${url}/api/v2${pathname}`, { method, headers: { cookie, origin: url } })).status;
  return { account, api: apiWith(keys[account.email] ?? null), withSession };
}

const setUser = (account: TestAccount, assignment: string) =>
  sql(`UPDATE media.users SET ${assignment} WHERE email = $1`, [account.email]);

test('a disabled account is out on the next request, by key, session and playlist', async () => {
  const { account, api, withSession } = await temporaryCoach();
  const { json: clip, status } = await api.get('/clips/lib-mtl-1');
  expect([status, await withSession('/clips')]).toEqual([200, 200]);
  const playlist = playlistOf(clip);
  expect((await fetch(playlist)).status).toBe(200);
  await setUser(account, 'disabled_at = now()');
  expectProblem(await api.get('/clips/lib-mtl-1'), { status: 401, code: 'unauthenticated' });
  expect(await withSession('/clips')).toBe(401);
  expect((await fetch(playlist)).status).toBe(403);
});

test('a changed role, team or session holds from the next request on', async () => {
  const { account, api, withSession } = await temporaryCoach();
  expect((await api.patch('/clips/lib-mtl-1', { zone: 'oz' })).status).toBe(200);
  expect(await withSession('/clips/lib-mtl-1/tags/x', 'PUT')).toBe(200);
  await setUser(account, "role = 'scout'");
  expectProblem(await api.patch('/clips/lib-mtl-1', { zone: 'oz' }), { status: 403, code: 'forbidden' });
  expect(await withSession('/clips/lib-mtl-1/tags/x', 'PUT')).toBe(403);
  await setUser(account, "team_access = '{CHI}'");
  expect((await api.get('/clips/lib-mtl-1')).status).toBe(404);
  expect((await api.get('/clips/lib-chi-1')).status).toBe(200);
  await setUser(account, "team_access = '{}'");
  expect((await api.get('/clips')).json.total).toBe(0);
  await setUser(account, "role = 'player', team_access = '{MTL}', player_id = '9000001'");
  expect((await api.get('/clips/lib-mtl-1')).status).toBe(200);
  expect((await api.get('/clips/lib-mtl-3')).status).toBe(404);
  await setUser(account, 'session_version = session_version + 1');
  expect(await withSession('/clips')).toBe(401);
  await sql("DELETE FROM media.clip_tags WHERE tag = 'x'");
});

test('a revoked or expired key, or a deleted account, is refused on the next request', async () => {
  for (const end of ['revoked_at', 'expires_at']) {
    const { account, api } = await temporaryCoach();
    const playlist = playlistOf((await api.get('/clips/lib-mtl-1')).json);
    await sql(
      `UPDATE media.api_keys SET ${end} = now() - interval '1 second'
      WHERE user_id = (SELECT id FROM media.users WHERE email = $1)`,
      [account.email],
    );
    expect((await api.get('/clips')).status, end).toBe(401);
    expect((await fetch(playlist)).status, end).toBe(403);
  }
  const { account, api, withSession } = await temporaryCoach();
  await sql('DELETE FROM media.users WHERE email = $1', [account.email]);
  expect([(await api.get('/clips')).status, await withSession('/clips')]).toEqual([401, 401]);
});
