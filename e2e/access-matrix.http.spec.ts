import { randomUUID } from 'node:crypto';
import type { Role } from '#lib/auth/user-context.ts';
import { PLAIN_PARAMETERS, type Row, rowsOf } from './support/access-cells.ts';
import { requestsFor } from './support/access-requests.ts';
import { expectedStatus, mayCall, ROLES, rightOf, TEAMS, type Team } from './support/access-rules.ts';
import {
  type Caller,
  otherTeam,
  removeTargets,
  seedCodeWindows,
  seedPlays,
  seedReels,
  type Target,
} from './support/access-things.ts';
import { accountOf } from './support/accounts.ts';
import { type Answer, apiOf, apiWith } from './support/api.ts';
import { type ApiDocument, type ApiOperation, apiDocument, documentedOperations } from './support/api-document.ts';
import { expect, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';
import { type ResponseCheck, responseCheckOf } from './support/response-check.ts';

const callerOf = (role: Role, team: Team): Caller => {
  const account = accountOf(role, team);
  return { role, team, account, api: apiOf(account) };
};

/** The status that counts: a batch of one answers 200, and its item what it would have been answered alone. */
const statusOf = ({ status, json }: Answer): number => json?.results?.[0]?.status ?? status;

/** Headers that differ from answer to answer, whatever is asked for. */
const OF_THE_MOMENT = /^(date|x-request-id|ratelimit.*)$/;

/** All that an answer tells, without the names that the request itself brought. */
function toldBy({ status, headers, text }: Answer, ids: readonly string[]): string {
  const lines = [...headers].filter(([name]) => !OF_THE_MOMENT.test(name)).map((header) => header.join(': '));
  const told = [status, ...lines, text.replaceAll(/"request_id":"[^"]+"/g, '')].join('\n');
  // As a word of its own: an id that is one digit stands in many a number.
  return ids.reduce(
    (rest, id) => rest.replaceAll(new RegExp(String.raw`(?<!\w)${RegExp.escape(id)}(?!\w)`, 'g'), '{id}'),
    told,
  );
}

/** Once for all: to make its schemas into checks takes seconds. */
let document: ApiDocument;
let operations: ApiOperation[];
let rows: Row[];
let differs: ResponseCheck;

/** Sends the cells of a row and judges each; how many there were. */
async function judgeRow(row: Row, caller: Caller): Promise<number> {
  const { operation, naming, targets } = row;
  const requestOf = await requestsFor(document, row, caller);
  const told = new Map<Target, string>();
  for (const target of targets) {
    const { method, path, body, ids } = await requestOf(target);
    const answer = await caller.api.call(method, path, body === undefined ? {} : { body });
    const cell = `${operation.id} of ${naming?.name ?? 'all'}: ${target}`;
    const expected = expectedStatus(operation, naming, target, caller.role);
    expect.soft(statusOf(answer), `${cell}: ${answer.text.slice(0, 300)}`).toBe(expected);
    expect.soft(differs(operation, answer), cell).toBeNull();
    if (answer.status === 404) expectProblem(answer, { status: 404, code: 'not_found' });
    told.set(target, toldBy(answer, ids));
  }
  // What lies outside one's reach cannot be told from what does not exist.
  expect.soft(told.get('other'), `${operation.id} of ${naming?.name}`).toBe(told.get('missing'));
  // A filter that finds nothing for others is no proof unless it finds something of one's own.
  if (mayCall(operation, caller.role) && naming?.maker.outside(caller.role) === 'success') {
    const finds = told.get('own') !== told.get('missing');
    expect.soft(finds, `${operation.id} of ${naming.name}`).toBe(naming.maker.findsOwn?.(caller.role) ?? true);
  }
  return targets.length;
}

test.beforeAll(async () => {
  document = await apiDocument();
  operations = await documentedOperations(document);
  rows = rowsOf(document, operations);
  differs = responseCheckOf(document);
});
test.beforeEach(seedPlays);
test.beforeEach(seedCodeWindows);
test.beforeEach(seedReels);
test.afterEach(removeTargets);

test('has cells for every operation: roles × teams × targets', () => {
  for (const operation of operations) {
    const [first] = rows.filter((row) => row.operation === operation);
    expect(rightOf(operation) === 'public', operation.id).toBe(operation.isPublic);
    const ids = [...operation.path.matchAll(/\{(\w+_id|team_code)\}/g)].map(([, name = '']) => name);
    const needed = ids.every((name) => name in PLAIN_PARAMETERS) ? ['own'] : ['own', 'other', 'missing'];
    expect(first?.targets, operation.id).toEqual(expect.arrayContaining(needed));
  }
  const targets = rows.reduce((sum, row) => sum + row.targets.length, 0);
  const cells = targets * ROLES.length * TEAMS.length;
  const description = `${operations.length} operations with ${targets} targets × ${ROLES.length} roles × ${TEAMS.length} teams = ${cells}`;
  test.info().annotations.push({ type: 'cells', description });
  expect(operations.length, description).toBeGreaterThan(40);
  expect(cells, description).toBeGreaterThan(1500);
});

for (const team of TEAMS) {
  for (const role of ROLES) {
    test(`${role} of ${team}: every operation, own, other and missing`, async () => {
      let cells = 0;
      for (const row of rows) cells += await judgeRow(row, callerOf(role, team));
      expect(cells).toBe(rows.reduce((sum, row) => sum + row.targets.length, 0));
      expect(new Set(rows.map(({ operation }) => operation.id)).size).toBe(operations.length);
    });
  }
}

for (const role of ROLES) {
  test(`${role}: the right is decided before the target and the body are looked at`, async () => {
    const api = apiOf(accountOf(role, 'MTL'));
    for (const operation of operations) {
      if (operation.isPublic) continue;
      const target = operation.path.replaceAll(/\{(\w+)\}/g, () => randomUUID());
      const { status } = await api.call(operation.method, target, operation.method === 'GET' ? {} : { rawBody: '{' });
      expect.soft(status === 403, `${operation.id}: ${status}`).toBe(!mayCall(operation, role));
    }
  });
}

/** Rights that hang on what a request says, beside what it names. */
const SPECIAL: [what: string, method: string, path: string, body: (team: Team) => object | undefined, admin: number][] =
  [
    ['the trash', 'GET', '/clips?deleted=true', () => undefined, 200],
    ['deleting in bulk', 'POST', '/clips/bulk', () => ({ action: 'delete', filter: {}, dry_run: true }), 200],
    ['restoring in bulk', 'POST', '/clips/bulk', () => ({ action: 'restore', clip_ids: ['x'], dry_run: true }), 200],
    ['an account with ALL', 'POST', '/users', () => account(['ALL']), 403],
    ['an account of two clubs', 'POST', '/users', (team) => account([team, otherTeam(team)]), 403],
  ];
const account = (team_access: string[]) => ({ name: 'matrix', role: 'scout', team_access, email: 'x@matrix.local' });

for (const [what, method, path, body, admin] of SPECIAL) {
  test(`${what} is for admins, if for anybody`, async () => {
    for (const team of TEAMS) {
      for (const role of ROLES) {
        const answer = await apiOf(accountOf(role, team)).call(method, path, { body: body(team) });
        expect(answer.status, `${role} of ${team}: ${answer.text.slice(0, 300)}`).toBe(role === 'admin' ? admin : 403);
      }
    }
  });
}

test('no credentials, or bad ones: 401 everywhere but where it is public', async ({ portal }) => {
  const ghost = `hb_${'A'.repeat(43)}`;
  const key = portal.apiKeys[accountOf('admin').email] ?? '';
  const tampered = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
  for (const row of rows.filter(({ operation }) => !operation.isPublic)) {
    const { method, path, body } = await (await requestsFor(document, row, callerOf('admin', 'MTL')))('own');
    for (const bad of [null, ghost, tampered, 'hb_', 'null']) {
      const fault = await apiWith(bad).call(method, path, body === undefined ? {} : { body });
      expect.soft(fault.status, row.operation.id).toBe(401);
      expectProblem(fault, { status: 401, code: 'unauthenticated' });
      expect(fault.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  }
  expect((await apiWith(ghost).get('/clips/health')).status).toBe(200);
});

test('root, with access to all teams, reaches both', async ({ portal }) => {
  const root = apiOf(accountOf('admin'));
  for (const id of ['lib-mtl-1', 'lib-chi-1']) expect((await root.get(`/clips/${id}`)).status).toBe(200);
  for (const id of Object.values(portal.masters)) expect((await root.get(`/masters/${id}`)).status).toBe(200);
  expect((await root.get('/masters')).json.total).toBe(2);
});
