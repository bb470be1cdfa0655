import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import pg from 'pg';
import type { TestAccount } from './support/accounts.ts';
import { type Answer, type Api, announce, apiWith } from './support/api.ts';
import { diskFile, sql } from './support/database.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';
import { startSecondWeb } from './support/processes.ts';
import { seedAccounts } from './support/seed.ts';

const PLACE = { team_code: 'MTL', season: '2013-2014', game_id: 'errors' };
const CLIP = '/clips/lib-mtl-1';

/** Whatever is asked for first makes the process' one runtime, out of the classes of its own bundle. */
const FIRST_ASKED: Record<string, string[]> = {
  'of the portal': ['/signin', '/clips', '/docs', '/api/auth/csrf'],
  'of an interface': ['/api/objects/no/such/object', '/api/v2/clips/health', '/api/v2/clips', '/api/v2/openapi.json'],
};

/** The counter of the limit starts anew with each minute, so the limit is reached within two times its size. */
const LIMIT = 60;

interface Asker {
  admin: Api;
  scout: Api;
  stranger: Api;
}

/** Two people whom no other test knows, so that their minute is their own. */
async function askersOf(url: string): Promise<Asker> {
  const made = (role: 'admin' | 'scout'): TestAccount => {
    const email = `${role}-${randomUUID()}@test.local`;
    return { name: 'Errors', email, role, teams: ['MTL'], playerId: null };
  };
  const [admin, scout] = [made('admin'), made('scout')];
  const keys = await seedAccounts(readPortalState().databaseUrl, [admin, scout]);
  const api = ({ email }: TestAccount) => apiWith(keys[email] ?? null, url);
  return { admin: api(admin), scout: api(scout), stranger: apiWith(null, url) };
}

const cut = (facts: object) => ({
  ...{ master_id: readPortalState().masters.mtl, start_timecode_s: 0, end_timecode_s: 1 },
  ...{ ...PLACE, period: 1, player_id: '9000001', event_type: 'shot' },
  ...facts,
});

/** A file that is no video, in the lake; nobody has looked at it yet. */
async function sendText({ admin }: Asker) {
  const text = 'not a video\n'.repeat(500);
  const announced = announce(PLACE, `${randomUUID()}.mp4`, text.length);
  const { status, text: said, json } = await admin.post('/masters', announced);
  expect(status, said).toBe(201);
  const sent = await fetch(json.upload.url, { method: 'PUT', body: text });
  expect(sent.status, await sent.text()).toBe(200);
  return { announced, id: String(json.master.id), file: diskFile(json.master.lake_uri) };
}

async function noVideo(asker: Asker): Promise<Answer> {
  const { id } = await sendText(asker);
  const answer = await asker.admin.post(`/masters/${id}/complete`);
  expect((await asker.admin.delete(`/masters/${id}`)).status).toBe(204);
  return answer;
}

/** The store has a file of this name, and no master has. */
async function takenInTheStore(asker: Asker): Promise<Answer> {
  const { announced, id, file } = await sendText(asker);
  await sql('DELETE FROM media.masters WHERE id = $1', [id]);
  const answer = await asker.admin.post('/masters', announced);
  await rm(file);
  return answer;
}

/** Asks all webs while somebody holds the table: Postgres breaks the query off after five seconds. */
async function whileLocked(askers: readonly Asker[]): Promise<Answer[]> {
  const client = new pg.Client({ connectionString: readPortalState().databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN; LOCK TABLE media.clip_tags IN ACCESS EXCLUSIVE MODE');
    return await Promise.all(askers.map(({ admin }) => admin.get(CLIP)));
  } finally {
    await client.end();
  }
}

/** Asks until the minute is used up. */
async function untilLimited({ admin }: Asker): Promise<Answer> {
  let answer = await admin.get(CLIP);
  for (let asked = 0; asked < 2 * LIMIT && answer.status === 200; asked++) answer = await admin.get(CLIP);
  return answer;
}

interface Case {
  status: number;
  code: string;
  ask(askers: readonly Asker[]): Promise<Answer[]>;
}

const each = (ask: (asker: Asker) => Promise<Answer>) => (askers: readonly Asker[]) => Promise.all(askers.map(ask));

/** Faults of use-cases, of the HTTP layer, of the store, of ffmpeg and of the database: a class each. */
const CASES: Case[] = [
  { status: 400, code: 'invalid_request', ask: each(({ admin }) => admin.get('/clips?limit=none')) },
  { status: 401, code: 'unauthenticated', ask: each(({ stranger }) => stranger.get('/clips')) },
  { status: 403, code: 'forbidden', ask: each(({ scout }) => scout.delete(CLIP)) },
  { status: 404, code: 'not_found', ask: each(({ admin }) => admin.get('/clips/no-such-clip')) },
  { status: 405, code: 'method_not_allowed', ask: each(({ admin }) => admin.delete('/clips/stats/overview')) },
  { status: 409, code: 'clip_exists', ask: each(({ admin }) => admin.post('/clips', cut({ clip_id: 'lib-mtl-1' }))) },
  { status: 409, code: 'object_exists', ask: each(takenInTheStore) },
  {
    status: 412,
    code: 'stale_edit',
    ask: each(({ admin }) => admin.call('PATCH', CLIP, { body: { zone: 'oz' }, headers: { 'If-Match': '"0"' } })),
  },
  {
    status: 413,
    code: 'body_too_large',
    ask: each(({ admin }) => admin.call('POST', '/clips', { rawBody: `"${'x'.repeat(1024 * 1024)}"` })),
  },
  {
    status: 415,
    code: 'not_json',
    ask: each(({ admin }) =>
      admin.call('POST', '/clips', { rawBody: '{}', headers: { 'Content-Type': 'text/plain' } }),
    ),
  },
  { status: 422, code: 'not_a_video', ask: each(noVideo) },
  { status: 503, code: 'query_timeout', ask: whileLocked },
  { status: 429, code: 'rate_limited', ask: each(untilLimited) },
];

// All webs of a database count together, and whoever is nobody is counted by their place: the minute of what ran before.
test.beforeEach(() => sql('DELETE FROM media.api_rate_limits'));

for (const [kind, firstAsked] of Object.entries(FIRST_ASKED)) {
  test(`after any first page ${kind} every error is what it is`, async () => {
    test.setTimeout(240_000);
    const env = { API_RATE_LIMIT_PER_MINUTE: String(LIMIT) };
    // Side by side: while one waits, the others go on. What was asked for first counts for its own process alone.
    const started = await Promise.allSettled(firstAsked.map((page) => startSecondWeb(env, readPortalState(), page)));
    const webs = started.flatMap((web) => (web.status === 'fulfilled' ? web.value : []));
    try {
      expect(started.filter((web) => web.status === 'rejected')).toEqual([]);
      const askers = await Promise.all(webs.map(({ url }) => askersOf(url)));
      for (const { status, code, ask } of CASES) {
        await test.step(`${status} ${code}`, async () => {
          for (const [index, answer] of (await ask(askers)).entries()) {
            await test.step(firstAsked[index] ?? '', async () => expectProblem(answer, { status, code }));
          }
        });
      }
    } finally {
      await Promise.all(webs.map(({ process }) => process.stop()));
    }
  });
}
