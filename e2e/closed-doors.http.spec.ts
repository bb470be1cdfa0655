import { readFile } from 'node:fs/promises';
import { accountOf } from './support/accounts.ts';
import { type Api, announce, apiOf, playlistOf } from './support/api.ts';
import { type ApiOperation, documentedOperations } from './support/api-document.ts';
import { sql } from './support/database.ts';
import { expect, sessionFileOf, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';
import { rawRequest, rawText } from './support/raw-http.ts';

const admin = (): Api => apiOf(accountOf('admin', 'MTL'));

/** A path of the operation that names nothing that is there: refusals come before anything is looked up. */
const pathOf = ({ path }: ApiOperation, parameter = 'x'): string => {
  const known: Record<string, string> = { clip_id: 'no-such-clip', tag: 'x', file: 'playlist.m3u8' };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    parameter === name ? 'a%00b' : (known[name] ?? '00000000-0000-4000-8000-000000000000'),
  );
};

const contentOf = ({ requestBody }: ApiOperation) => requestBody?.content['application/json'];
const exampleOf = (operation: ApiOperation) => Object.values(contentOf(operation)?.examples ?? {})[0]?.value;

async function refused(operation: ApiOperation, path: string, body?: unknown): Promise<void> {
  const { status, json, text } = await admin().call(operation.method, path, body === undefined ? {} : { body });
  expect([operation.id, path, JSON.stringify(body), status, json?.code], text).toEqual([
    ...[operation.id, path, JSON.stringify(body), 400, 'invalid_request'],
  ]);
}

test('names that every object has are no parameters of any operation', async () => {
  for (const operation of await documentedOperations()) {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      await refused(operation, `${pathOf(operation)}?${name}=1`, exampleOf(operation));
    }
  }
});

test('names that every object has are no fields of any body', async () => {
  // What is in a file that the portal takes in several types is its maker's.
  const isOfFields = ({ requestBody }: ApiOperation) => Object.keys(requestBody?.content ?? {}).length === 1;
  const operations = (await documentedOperations()).filter(isOfFields);
  expect(operations.length).toBeGreaterThan(8);
  for (const operation of operations) {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const body = JSON.stringify(exampleOf(operation)).replace('{', `{${JSON.stringify(name)}:{"a":1},`);
      const answer = await admin().call(operation.method, pathOf(operation), { rawBody: body });
      expect([operation.id, name, answer.status, answer.json?.code]).toEqual([
        ...[operation.id, name, 400, 'invalid_request'],
      ]);
    }
  }
});

/** Every text of a body, one after the other, with NUL in it. */
function* withNul(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield `${value}\0`;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    for (const changed of withNul(part)) {
      if (Array.isArray(value)) yield value.map((other, place) => (String(place) === name ? changed : other));
      else yield { ...value, [name]: changed };
    }
  }
}

test('NUL is in no path, no parameter and no header of any operation', async ({ portal }) => {
  for (const operation of await documentedOperations()) {
    const { method, parameters = [] } = operation;
    for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
      await refused(operation, pathOf(operation, name), exampleOf(operation));
    }
    const queries = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => `${name}=a%00b`);
    for (const query of [...queries, 'a%00b=1', 'unknown=%00']) {
      await refused(operation, `${pathOf(operation)}?${query}`, exampleOf(operation));
    }
    const headers = ['If-Match', 'Idempotency-Key', 'If-None-Match', 'X-Request-Id', 'Last-Event-ID', 'Authorization'];
    for (const header of headers) {
      // Node refuses to send it, so it is written to the socket as it is.
      const answer = await rawText(
        portal.url,
        `${method} /api/v2${pathOf(operation)} HTTP/1.1\r\nHost: x\r\n${header}: a\0b\r\n\r\n`,
      );
      expect([operation.id, header, answer.slice(0, 12)]).toEqual([operation.id, header, 'HTTP/1.1 400']);
    }
  }
});

test('NUL is in no text of any body', async () => {
  let tried = 0;
  for (const operation of await documentedOperations()) {
    const example = exampleOf(operation);
    // What a batch holds is judged item by item.
    if (example === undefined || operation.id === 'createClips') continue;
    for (const body of withNul(example)) {
      tried++;
      await refused(operation, pathOf(operation), body);
    }
  }
  expect(tried).toBeGreaterThan(30);
  const { results } = (await admin().post('/clips/batch', { clips: [{ player_id: '1\0' }] })).json;
  expect(results[0]).toMatchObject({ status: 400, problem: { code: 'invalid_request' } });
});

test('NUL is in no form of a sign-in', async ({ portal }) => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  for (const body of ['email=a%00b&password=x', 'email=a&password=%00', 'csrfToken=%00', 'callbackUrl=%2F%00']) {
    for (const path of ['callback/credentials', 'signout']) {
      const { status } = await rawRequest(portal.url, `/api/auth/${path}`, { method: 'POST', headers: form, body });
      expect([path, body, status]).toEqual([path, body, 400]);
    }
  }
  expect((await rawRequest(portal.url, '/api/auth/csrf?callbackUrl=%00')).status).toBe(400);
});

test('no cache keeps an answer with a signed URL; its ETag stays', async () => {
  const answers = [
    await admin().get('/clips?limit=5'),
    await admin().get('/clips/lib-mtl-1'),
    await admin().put('/clips/lib-mtl-1/tags/kept'),
    await admin().delete('/clips/lib-mtl-1/tags/kept'),
  ];
  for (const { headers, json, text, status } of answers) {
    expect(status, text).toBe(200);
    expect(playlistOf(json.clips?.[0] ?? json)).toContain('token=');
    expect(headers.get('cache-control')).toBe('private, no-store');
    // What was compressed on its way has other bytes, and says so by a weak tag.
    expect(headers.get('etag')).toMatch(headers.get('content-encoding') ? /^W\/"/ : /^"/);
  }
  // What has none may be kept, and is asked for each time.
  const facets = await admin().get('/clips/facets');
  expect([facets.text.includes('token='), facets.headers.get('cache-control')]).toEqual([false, 'private, no-cache']);
});

test('pages of admins answer 403 to everybody else, and 200 to them', async ({ portal }) => {
  const paths = ['users', 'keys', 'audit', 'masters', 'upload', 'trash', `masters/${portal.masters.mtl}`];
  for (const role of ['coach', 'player', 'admin'] as const) {
    const file = await sessionFileOf(accountOf(role, 'MTL'));
    const { cookies } = JSON.parse(await readFile(file, 'utf8')) as { cookies: { name: string; value: string }[] };
    const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const path of paths) {
      const { status } = await rawRequest(portal.url, `/admin/${path}`, { headers: { Cookie } });
      expect([role, path, status]).toEqual([role, path, role === 'admin' ? 200 : 403]);
    }
  }
});

test('ALL is the code of no team', async () => {
  const bad = { status: 400, code: 'invalid_request' };
  for (const code of ['ALL', 'all']) {
    for (const list of ['/clips', '/masters', '/clips/facets', '/clips/stats/overview', '/audit']) {
      expectProblem(await admin().get(`${list}?team_code=${code}`), { ...bad, path: 'team_code' });
    }
    const place = { team_code: code, season: '2025-2026', game_id: '20031' };
    const root = apiOf(accountOf('admin'));
    expectProblem(await root.post('/masters', announce(place, 'p1.mp4', 1000)), { ...bad, path: 'team_code' });
    const clip = { ...place, player_id: '1', event_type: 'shot', start_timecode_s: 0, end_timecode_s: 1 };
    expectProblem(await root.post('/clips', clip), { ...bad, path: 'team_code' });
    expectProblem(await root.patch('/clips/lib-mtl-1', { opponent_code: code }), { ...bad, path: 'opponent_code' });
  }
});

test('keys of others are not counted, whichever page is asked for', async () => {
  const [user] = await sql('SELECT id FROM media.users WHERE email = $1', [accountOf('coach', 'CHI').email]);
  for (const offset of [0, 1, 1000]) {
    const { text } = await admin().get(`/keys?user_id=${user?.id}&offset=${offset}`);
    expect(JSON.parse(text)).toMatchObject({ keys: [], total: 0 });
  }
});
