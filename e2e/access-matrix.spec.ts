import { randomUUID } from 'node:crypto';
import { accountOf } from './support/accounts.ts';
import { type Answer, type Api, announce, apiOf, apiWith } from './support/api.ts';
import { documentedOperations } from './support/api-document.ts';
import { seedClipRows, sql } from './support/database.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';

type Role = 'admin' | 'staff' | 'coach' | 'analyst' | 'scout' | 'player';
type Team = 'MTL' | 'CHI';
/** Whose clip, or master, is asked for. A player's own clip is his own; `teammate` is another player's of his team. */
type Target = 'own' | 'teammate' | 'foreign' | 'missing';

const ROLES: Role[] = ['admin', 'staff', 'coach', 'analyst', 'scout', 'player'];
const TARGETS: Target[] = ['own', 'teammate', 'foreign', 'missing'];
const MATRIX_SEASON = '2018-2019';

const READ = { admin: '200 200 404 404', player: '200 404 404 404', others: '200 200 404 404' };
const DOWNLOAD = { admin: '302 302 404 404', player: '302 404 404 404', others: '302 302 404 404' };
const WRITE = { ...READ, scout: '403 403 403 403', player: '403 403 403 403' };
const RETRY = { ...WRITE, admin: '409 409 404 404', others: '409 409 404 404' };
const ADMIN_ONLY = (row: string) => ({ admin: row, others: '403 403 403 403' });

type Row = { others: string } & Partial<Record<Role, string>>;
type Call = (api: Api, id: string) => ReturnType<Api['get']>;

/** Contract §5 and §6, a row an operation on one clip: own, teammate's, other team's, missing. */
const CLIP_MATRIX: [string, Call, Row][] = [
  ['GET /clips/{clip_id}', (api, id) => api.get(`/clips/${id}`), READ],
  ['GET /clips/{clip_id}/download', (api, id) => api.get(`/clips/${id}/download`), DOWNLOAD],
  ['PATCH /clips/{clip_id}', (api, id) => api.patch(`/clips/${id}`, { zone: 'oz' }), WRITE],
  ['PUT /clips/{clip_id}/tags/{tag}', (api, id) => api.put(`/clips/${id}/tags/new`), WRITE],
  ['DELETE /clips/{clip_id}/tags/{tag}', (api, id) => api.delete(`/clips/${id}/tags/old`), WRITE],
  ['POST /clips/{clip_id}/retry', (api, id) => api.post(`/clips/${id}/retry`), RETRY],
  ['POST /clips/{clip_id}/restore', (api, id) => api.post(`/clips/${id}/restore`), ADMIN_ONLY('409 409 404 404')],
  ['DELETE /clips/{clip_id}', (api, id) => api.delete(`/clips/${id}`), ADMIN_ONLY('204 204 404 404')],
];

/** Masters have no player: own, own, other team's, missing. An upload of an own master is completed already. */
const MASTER_MATRIX: [string, Call, Row][] = [
  ['GET /masters/{master_id}', (api, id) => api.get(`/masters/${id}`), ADMIN_ONLY('200 200 404 404')],
  [
    'POST /masters/{master_id}/complete',
    (api, id) => api.post(`/masters/${id}/complete`),
    ADMIN_ONLY('409 409 404 404'),
  ],
  ['DELETE /masters/{master_id}', (api, id) => api.delete(`/masters/${id}`), ADMIN_ONLY('409 409 404 404')],
];

type CollectionRow = [string, (api: Api, team: Team) => ReturnType<Api['get']>, Record<Role, number>];

const everybody = (status: number) => Object.fromEntries(ROLES.map((role) => [role, status])) as Record<Role, number>;

const NO_WEBHOOK = `/webhooks/${randomUUID()}`;
const WEBHOOK_CALLS: [operation: string, method: string, path: string, body?: object][] = [
  ['GET /webhooks/{webhook_id}', 'GET', NO_WEBHOOK],
  ['PATCH /webhooks/{webhook_id}', 'PATCH', NO_WEBHOOK, { enabled: false }],
  ['DELETE /webhooks/{webhook_id}', 'DELETE', NO_WEBHOOK],
  ['POST /webhooks/{webhook_id}/test', 'POST', `${NO_WEBHOOK}/test`],
  ['GET /webhooks/{webhook_id}/deliveries', 'GET', `${NO_WEBHOOK}/deliveries`],
  [
    'POST /webhooks/{webhook_id}/deliveries/{delivery_id}/replay',
    'POST',
    `${NO_WEBHOOK}/deliveries/${randomUUID()}/replay`,
  ],
];

/** Operations without a target, by role; the body of each is sound. */
const COLLECTION_MATRIX: CollectionRow[] = [
  ...['/clips', '/clips/facets', '/clips/stats/overview', '/clips/stats/breakdown'].map(
    (path): [string, (api: Api) => ReturnType<Api['get']>, Record<Role, number>] => [
      `GET ${path}`,
      (api) => api.get(path),
      { admin: 200, staff: 200, coach: 200, analyst: 200, scout: 200, player: 200 },
    ],
  ),
  ...['/audit', '/audit/export'].map((path): [string, (api: Api) => ReturnType<Api['get']>, Record<Role, number>] => [
    `GET ${path}`,
    (api) => api.get(path),
    { admin: 200, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ]),
  ...(
    [
      ['GET /users', (api) => api.get('/users'), 200],
      ['POST /users of another team', (api, team) => api.post('/users', accountFor(other(team))), 403],
      ['POST /users with ALL', (api) => api.post('/users', accountFor('ALL')), 403],
      ['GET /users/{user_id}', (api) => api.get(`/users/${randomUUID()}`), 404],
      ['PATCH /users/{user_id}', (api) => api.patch(`/users/${randomUUID()}`, { disabled: true }), 404],
      ['DELETE /users/{user_id}', (api) => api.delete(`/users/${randomUUID()}`), 404],
      ['POST /users/{user_id}/invite', (api) => api.post(`/users/${randomUUID()}/invite`), 404],
      ['POST /users/{user_id}/reset', (api) => api.post(`/users/${randomUUID()}/reset`), 404],
    ] as [string, (api: Api, team: Team) => ReturnType<Api['get']>, number][]
  ).map(([name, call, status]): (typeof COLLECTION_MATRIX)[number] => [
    name,
    call,
    { admin: status, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ]),
  ...(
    [
      ['GET /keys', (api) => api.get('/keys'), 200],
      ['POST /keys', (api) => api.post('/keys', { name: 'matrix', expires_in_days: 1 }), 201],
      ['DELETE /keys/{key_id}', (api) => api.delete(`/keys/${randomUUID()}`), 404],
    ] as [string, (api: Api) => ReturnType<Api['get']>, number][]
  ).map(([name, call, status]): (typeof COLLECTION_MATRIX)[number] => [
    name,
    call,
    { admin: status, staff: status, coach: status, analyst: status, scout: status, player: status },
  ]),
  [
    'GET /masters',
    (api) => api.get('/masters'),
    { admin: 200, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ],
  [
    'POST /masters of the own team',
    (api, team) =>
      api.post(
        '/masters',
        announce({ team_code: team, season: MATRIX_SEASON, game_id: '1' }, `${randomUUID()}.mp4`, 9),
      ),
    { admin: 201, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ],
  [
    'POST /masters of another team',
    (api, team) =>
      api.post('/masters', announce({ team_code: other(team), season: MATRIX_SEASON, game_id: '1' }, 'a.mp4', 9)),
    { admin: 403, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ],
  [
    'POST /clips',
    (api, team) => api.post('/clips', clipOf(team, team)),
    { admin: 201, staff: 201, coach: 201, analyst: 201, scout: 403, player: 403 },
  ],
  [
    'POST /clips/batch',
    (api, team) => api.post('/clips/batch', { clips: [clipOf(team, team)] }),
    { admin: 200, staff: 200, coach: 200, analyst: 200, scout: 403, player: 403 },
  ],
  [
    'POST /clips into another team',
    (api, team) => api.post('/clips', clipOf(other(team), team)),
    { admin: 403, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ],
  [
    "POST /clips from another team's master",
    (api, team) => api.post('/clips', clipOf(team, other(team))),
    { admin: 422, staff: 422, coach: 422, analyst: 422, scout: 403, player: 403 },
  ],
  [
    'POST /clips/batch with one of another team, as that one is answered',
    async (api, team) => {
      const answer = await api.post('/clips/batch', { clips: [clipOf(team, team), clipOf(other(team), team)] });
      return { ...answer, status: answer.json.results?.[1]?.status ?? answer.status };
    },
    { admin: 403, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ],
  [
    'POST /clips/bulk that deletes',
    (api) => api.post('/clips/bulk', { action: 'delete', filter: {}, dry_run: true }),
    { admin: 200, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ],
  [
    'POST /clips/bulk that tags',
    (api) => api.post('/clips/bulk', { action: 'add_tags', tags: ['t'], filter: {}, dry_run: true }),
    { admin: 200, staff: 200, coach: 200, analyst: 200, scout: 403, player: 403 },
  ],
  [
    'GET /clips of the trash',
    (api) => api.get('/clips?deleted=true'),
    { admin: 200, staff: 403, coach: 403, analyst: 403, scout: 403, player: 403 },
  ],
  [
    'POST /clips with a body that is no JSON',
    (api) => api.call('POST', '/clips', { rawBody: '{' }),
    { admin: 400, staff: 400, coach: 400, analyst: 400, scout: 403, player: 403 },
  ],
  ['GET /events', (api) => api.get('/events'), everybody(200)],
  ['GET /webhooks', (api) => api.get('/webhooks'), everybody(200)],
  [
    'POST /webhooks to an address of this very machine',
    (api) => api.post('/webhooks', { url: 'https://127.0.0.1/hook', event_types: ['clip.ready'] }),
    everybody(400),
  ],
  // A webhook that is nobody's, or another key's, is not there for anyone.
  ...WEBHOOK_CALLS.map(
    ([operation, method, path, body]): CollectionRow => [
      operation,
      (api) => api.call(method, path, body ? { body } : {}),
      everybody(404),
    ],
  ),
];

/** Contract §5: who may do what. */
const MAY: Record<'read' | 'write' | 'admin' | 'nobody' | 'public', readonly Role[]> = {
  read: ROLES,
  write: ['admin', 'staff', 'coach', 'analyst'],
  admin: ['admin'],
  nobody: [],
  public: ROLES,
};

/** The right of each operation; one that is not in here is nobody's, and fails. */
const RIGHT_OF: Record<string, keyof typeof MAY> = {
  listClips: 'read',
  createClip: 'write',
  createClips: 'write',
  changeClips: 'write',
  getClip: 'read',
  downloadClip: 'read',
  updateClip: 'write',
  deleteClip: 'admin',
  retryClip: 'write',
  restoreClip: 'admin',
  addTag: 'write',
  removeTag: 'write',
  listFacets: 'read',
  getStatsOverview: 'read',
  getStatsBreakdown: 'read',
  listMasters: 'admin',
  startUpload: 'admin',
  getMaster: 'admin',
  completeUpload: 'admin',
  deleteMaster: 'admin',
  listUsers: 'admin',
  createUser: 'admin',
  getUser: 'admin',
  updateUser: 'admin',
  disableUser: 'admin',
  inviteUser: 'admin',
  resetUser: 'admin',
  listKeys: 'read',
  createKey: 'read',
  revokeKey: 'read',
  streamEvents: 'read',
  listWebhooks: 'read',
  createWebhook: 'read',
  getWebhook: 'read',
  updateWebhook: 'read',
  deleteWebhook: 'read',
  testWebhook: 'read',
  listWebhookDeliveries: 'read',
  replayWebhookDelivery: 'read',
  listAudit: 'admin',
  exportAudit: 'admin',
  getClipText: 'public',
  getHealth: 'public',
  getOpenApiDocument: 'public',
};

const other = (team: Team): Team => (team === 'MTL' ? 'CHI' : 'MTL');

const accountFor = (team: Team | 'ALL') => ({
  email: `${randomUUID()}@matrix.local`,
  name: 'Matrix',
  role: 'scout',
  team_access: [team],
});

const clipOf = (team: Team, masterTeam: Team) => ({
  master_id: readPortalState().masters[masterTeam === 'MTL' ? 'mtl' : 'chi'],
  start_timecode_s: 0,
  end_timecode_s: 1,
  team_code: team,
  season: MATRIX_SEASON,
  game_id: '1',
  player_id: '1',
  event_type: 'shot',
});

/** Fresh clips of all four kinds for one caller. */
async function makeTargets(role: Role, team: Team): Promise<Record<Target, string>> {
  const ids = { own: randomUUID(), teammate: randomUUID(), foreign: randomUUID(), missing: randomUUID() };
  const playerId = accountOf('player', team).playerId ?? '';
  const row = { season: MATRIX_SEASON, event_type: `matrix-${role}` };
  await seedClipRows([
    { ...row, clip_id: ids.own, team_code: team, player_id: playerId },
    { ...row, clip_id: ids.teammate, team_code: team, player_id: '1' },
    // The same player id in another team: an id alone opens nothing.
    { ...row, clip_id: ids.foreign, team_code: other(team), player_id: playerId },
  ]);
  await sql(
    `INSERT INTO media.clip_tags (clip_id, tag, tag_type) SELECT id, 'old', 'manual' FROM media.clips WHERE season = $1
     ON CONFLICT DO NOTHING`,
    [MATRIX_SEASON],
  );
  await sql(
    `INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri) SELECT id, 'mp4',
       'gs://heartbeat-media/' || team_code || '/' || season || '/1/' || clip_id || '/clip.mp4' FROM media.clips WHERE season = $1
     ON CONFLICT DO NOTHING`,
    [MATRIX_SEASON],
  );
  return ids;
}

test.afterEach(async () => {
  await sql('DELETE FROM media.clips WHERE season = $1', [MATRIX_SEASON]);
  await sql('DELETE FROM media.masters WHERE season = $1', [MATRIX_SEASON]);
  await sql(`DELETE FROM media.api_keys WHERE name = 'matrix'`);
});

for (const team of ['MTL', 'CHI'] as const) {
  for (const role of ROLES) {
    test(`${role} of ${team}: clips`, async () => {
      const api = apiOf(accountOf(role, team));
      for (const [operation, call, row] of CLIP_MATRIX) {
        const ids = await makeTargets(role, team);
        const answers: Answer[] = [];
        for (const target of TARGETS) answers.push(await call(api, ids[target]));
        expect(answers.map(({ status }) => status).join(' '), operation).toBe(row[role] ?? row.others);
        // What lies outside one's reach cannot be told from what does not exist.
        const told = TARGETS.map((target, index) => {
          const text = answers[index]?.text.replaceAll(ids[target], '{id}') ?? '';
          return text.replace(/"request_id":"[^"]+"/, '');
        });
        expect(told[2], operation).toBe(told[3]);
        const fault = answers[3];
        if (fault)
          expectProblem(fault, { status: fault.status, code: fault.status === 404 ? 'not_found' : 'forbidden' });
      }
    });

    test(`${role} of ${team}: masters and collections`, async ({ portal }) => {
      const api = apiOf(accountOf(role, team));
      const [own, foreign] =
        team === 'MTL' ? [portal.masters.mtl, portal.masters.chi] : [portal.masters.chi, portal.masters.mtl];
      for (const [operation, call, row] of MASTER_MATRIX) {
        const answers = [];
        for (const id of [own, own, foreign, randomUUID()]) answers.push(await call(api, id));
        expect(answers.map(({ status }) => status).join(' '), operation).toBe(row[role] ?? row.others);
      }
      for (const [operation, call, expected] of COLLECTION_MATRIX) {
        const answer = await call(api, team);
        expect(answer.status, `${operation}: ${answer.text.slice(0, 300)}`).toBe(expected[role]);
      }
    });
  }
}

test('has a row for every operation of the document', async () => {
  const operations = await documentedOperations();
  const rows = [...CLIP_MATRIX, ...MASTER_MATRIX, ...COLLECTION_MATRIX].map(([name]) => name.split(/ (?!\/)/)[0]);
  const needed = operations.filter(({ isPublic }) => !isPublic).map(({ method, path }) => `${method} ${path}`);
  expect(needed.filter((name) => !rows.includes(name))).toEqual([]);
  expect([...new Set(rows)].filter((name) => !needed.includes(name ?? ''))).toEqual([]);
});

for (const role of ROLES) {
  test(`${role}: every operation of the document is allowed or forbidden as the contract says`, async () => {
    const api = apiOf(accountOf(role, 'MTL'));
    for (const { id, method, path, isPublic } of await documentedOperations()) {
      // A target that nobody has, and a body that nothing can be made of: only the right decides for or against 403.
      const target = path.replaceAll(/\{(\w+)\}/g, () => randomUUID());
      const { status } = await api.call(method, target, method === 'GET' ? {} : { rawBody: '{' });
      const right = RIGHT_OF[id];
      if (isPublic) expect(right, `${id} is public`).toBe('public');
      else expect(status === 403, `${id}: ${status}`).toBe(!MAY[right ?? 'nobody'].includes(role));
    }
  });
}

test('no credentials, or bad ones: 401 everywhere but at health', async ({ portal }) => {
  const ghost = `hb_${'A'.repeat(43)}`;
  const key = portal.apiKeys[accountOf('admin').email] ?? '';
  const tampered = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
  const strangers = [null, ghost, tampered, 'hb_', 'null'].map((bad) => apiWith(bad));
  for (const api of strangers) {
    const ids = { clip: 'lib-mtl-1', master: portal.masters.mtl };
    const calls: [string, ReturnType<Api['get']>][] = [
      ...CLIP_MATRIX.map(([name, call]): [string, ReturnType<Api['get']>] => [name, call(api, ids.clip)]),
      ...MASTER_MATRIX.map(([name, call]): [string, ReturnType<Api['get']>] => [name, call(api, ids.master)]),
      ...COLLECTION_MATRIX.map(([name, call]): [string, ReturnType<Api['get']>] => [name, call(api, 'MTL')]),
    ];
    for (const [name, answer] of calls) {
      const fault = await answer;
      expect(fault.status, name).toBe(401);
      expectProblem(fault, { status: 401, code: 'unauthenticated' });
      expect(fault.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect((await api.get('/clips/health')).status).toBe(200);
  }
});

test('root, with access to all teams, reaches both', async ({ portal }) => {
  const root = apiOf(accountOf('admin'));
  for (const id of ['lib-mtl-1', 'lib-chi-1']) expect((await root.get(`/clips/${id}`)).status).toBe(200);
  for (const id of Object.values(portal.masters)) expect((await root.get(`/masters/${id}`)).status).toBe(200);
  expect((await root.get('/masters')).json.total).toBe(2);
});
