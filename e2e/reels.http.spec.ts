import type { Role } from '#lib/auth/user-context.ts';
import { MAY, ROLES, TEAMS, type Team } from './support/access-rules.ts';
import { accountOf } from './support/accounts.ts';
import { type Api, apiOf } from './support/api.ts';
import { sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';

const TITLE = 'reels of a test';
/** Of another player of the team; no list shows it to this one. */
const FOREIGN = 'lib-mtl-4';

const apiFor = (role: Role, team: Team = 'MTL'): Api => apiOf(accountOf(role, team));
const maker = (): Api => apiFor('coach');
const chosen = () => accountOf('player', 'MTL').playerId ?? '';

test.afterEach(async () => {
  await sql('DELETE FROM media.reels WHERE title = $1', [TITLE]);
});

/** A reel of MTL that shows the other player's clip. */
async function showTo(audience: unknown, clipIds = [FOREIGN]): Promise<string> {
  const { status, json, text } = await maker().post('/reels', { team_code: 'MTL', title: TITLE, audience });
  expect(status, text).toBe(201);
  expect((await maker().post(`/reels/${json.id}/items`, { clip_ids: clipIds })).status).toBe(201);
  return json.id;
}

interface Shown {
  id: string;
  version: number;
  items: { id: string; clip: { playback: { url: string; exact_url: string | null } } | null }[];
}
const readReel = async (api: Api, id: string): Promise<Shown> => JSON.parse((await api.get(`/reels/${id}`)).text);

const WRITERS: readonly Role[] = MAY.write;
const SEEN_BY: [audience: string, given: () => unknown, roles: readonly Role[]][] = [
  ['private', () => 'private', ['coach']],
  ['staff', () => 'staff', WRITERS],
  ['team', () => 'team', ROLES],
  ['the chosen player', () => ({ players: [chosen()] }), [...WRITERS, 'player']],
  ['another player', () => ({ players: ['9999999'] }), WRITERS],
];

for (const [audience, given, roles] of SEEN_BY) {
  test(`a reel for ${audience} is there for ${roles.join(', ')} of its team, and for nobody else`, async () => {
    const id = await showTo(given());
    for (const team of TEAMS) {
      for (const role of ROLES) {
        const api = apiFor(role, team);
        const isSeen = team === 'MTL' && roles.includes(role);
        const answer = await api.get(`/reels/${id}`);
        expect(answer.status, `${role} of ${team}`).toBe(isSeen ? 200 : 404);
        const listed = (await api.get('/reels')).text.includes(id);
        expect(listed, `${role} of ${team}`).toBe(isSeen);
        // The order that changes nothing, of a version that never was.
        const put = await api.call('PUT', `/reels/${id}/items`, {
          body: { items: [] },
          headers: { 'If-Match': '"0"' },
        });
        expect(put.status, `${role} of ${team}`).toBe(WRITERS.includes(role) ? (isSeen ? 412 : 404) : 403);
      }
    }
  });
}

test('a player plays in a reel what is nowhere else there for them, and hears of it nowhere else', async () => {
  const player = apiFor('player');
  const elsewhere = async () => {
    const paths = [
      '/clips?include=',
      '/clips?q=goal&include=',
      '/clips/facets',
      '/clips/stats/overview',
      `/clips/${FOREIGN}`,
    ];
    const answers = await Promise.all(paths.map((path) => player.get(path)));
    return answers.map(({ status, headers, text }) => [
      status,
      headers.get('etag'),
      text.replace(/"request_id":"[^"]+"/, ''),
    ]);
  };
  const before = await elsewhere();
  expect(before.at(-1)?.[0]).toBe(404);
  const id = await showTo({ players: [chosen()] });
  const { items } = await readReel(player, id);
  const playback = items[0]?.clip?.playback;
  expect(playback?.exact_url).toBeNull();
  const answer = await fetch(playback?.url ?? '');
  expect(answer.status).toBe(200);
  const uris = (await answer.text()).split('\n').filter((line) => line.startsWith('http'));
  const rendition = await fetch(uris[0] ?? '');
  expect([rendition.status, await rendition.text()]).toEqual([200, expect.stringContaining('#EXTINF')]);
  expect(await elsewhere()).toEqual(before);

  const taken = await maker().call('PATCH', `/reels/${id}`, { body: { audience: 'staff' } });
  expect(taken.status).toBe(200);
  for (const url of [playback?.url, ...uris]) {
    const { status, headers } = await fetch(url ?? '');
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  }
});

test('two people who order a reel lose nothing: the second has the newer version’s ETag', async () => {
  const id = await showTo('staff', [FOREIGN, 'lib-mtl-1']);
  const { headers, text } = await maker().get(`/reels/${id}`);
  const etag = headers.get('etag') ?? '';
  const { items, version } = JSON.parse(text) as Shown;
  const body = { items: items.map((item) => ({ id: item.id })).toReversed() };
  const order = (api: Api, ifMatch?: string) =>
    api.call('PUT', `/reels/${id}/items`, { body, headers: ifMatch ? { 'If-Match': ifMatch } : {} });
  expectProblem(await order(maker()), { status: 428, code: 'precondition_required' });
  const first = await order(maker(), etag);
  expect(first.status, first.text).toBe(200);
  const late = await order(apiFor('analyst'), etag);
  expectProblem(late, { status: 412, code: 'stale_edit' });
  // Weak where the answer was compressed on its way.
  expect(late.headers.get('etag')?.replace(/^W\//, '')).toBe(`"${version + 1}"`);
  expect((await readReel(maker(), id)).items.map((item) => item.id)).toEqual(body.items.map((item) => item.id));
});

test('a request that is sent again makes one reel', async () => {
  const send = () =>
    maker().post(
      '/reels',
      { team_code: 'MTL', title: TITLE },
      { 'Idempotency-Key': 'a reel of a test'.replaceAll(' ', '-') },
    );
  const [first, again] = [await send(), await send()];
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 200, 'true']);
  expect(again.json.id).toBe(first.json.id);
});
