import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { removeClipRows, seedClipRows, sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';

const SEASON = '2010-2011';
const SECRET = 'zvonimir';

/** Everything by which a caller could notice that another team has something. */
const PROBES = [
  `/clips?season=${SEASON}&include=`,
  `/clips?q=${SECRET}&include=`,
  `/clips?q=${SECRET.slice(0, -1)}&include=tags`,
  `/clips?tag=${SECRET}&include=`,
  `/clips?player_id=${SECRET}&include=`,
  `/clips?team_code=CHI&include=`,
  `/clips?team_code=CHI&team_code=MTL&season=${SEASON}&include=`,
  `/clips?sort=-game_date&limit=5&season=${SEASON}&include=`,
  `/clips?deleted=true&season=${SEASON}&include=`,
  `/clips/facets?season=${SEASON}`,
  `/clips/facets?q=${SECRET}`,
  `/clips/stats/overview?season=${SEASON}`,
  `/clips/stats/overview?tag=${SECRET}`,
  `/clips/stats/breakdown?season=${SEASON}`,
  '/clips/secret-chi',
  '/clips/secret-chi/download',
];
const READERS = ['admin', 'coach', 'scout', 'player'] as const;

const requestId = /"request_id":"[^"]+"/;

/** What one reader is told: status, ETag and body of each probe. */
async function toldTo(role: (typeof READERS)[number]): Promise<string[]> {
  const api = apiOf(accountOf(role, 'MTL'));
  const told: string[] = [];
  for (const path of PROBES) {
    const { status, headers, text } = await api.get(path);
    told.push(`${path} ${status} ${headers.get('etag')} ${text.replace(requestId, '')}`);
  }
  return told;
}

test.afterAll(() => removeClipRows(SEASON));

test('what another team has changes nothing: totals, facets, statistics, search, tags, ETags', async () => {
  await seedClipRows([
    { clip_id: 'own-mtl', season: SEASON, team_code: 'MTL', player_id: '9000001', event_type: 'shot' },
  ]);
  const before = await Promise.all(READERS.map(toldTo));
  expect(before[1]?.[0]).toContain('"total":1');

  const foreign = { season: SEASON, team_code: 'CHI', player_name: SECRET, event_type: SECRET };
  await seedClipRows([
    { ...foreign, clip_id: 'secret-chi', player_id: '9000001' },
    { ...foreign, clip_id: 'secret-chi-2', player_id: SECRET },
  ]);
  await sql(
    `INSERT INTO media.clip_tags (clip_id, tag) SELECT id, $1 FROM media.clips WHERE clip_id LIKE 'secret-chi%'`,
    [SECRET],
  );
  expect(await Promise.all(READERS.map(toldTo))).toEqual(before);

  // The probes are no empty gesture: whoever reaches CHI is told.
  const { json } = await apiOf(accountOf('coach', 'CHI')).get(`/clips?q=${SECRET}&tag=${SECRET}`);
  expect(json.total).toBe(2);
});

test('an ETag of another team opens nothing', async () => {
  await seedClipRows([{ clip_id: 'etag-chi', season: SEASON, team_code: 'CHI', player_id: '1', event_type: 'shot' }]);
  const etag = (await apiOf(accountOf('coach', 'CHI')).get('/clips/etag-chi')).headers.get('etag') ?? '';
  // Weak where the answer was compressed on its way.
  expect(etag).toMatch(/^(?:W\/)?"/);
  const attempts: Record<string, string>[] = [
    { 'If-None-Match': etag },
    { 'If-None-Match': '*' },
    { 'If-Match': etag },
  ];
  for (const headers of attempts) {
    const coach = apiOf(accountOf('coach', 'MTL'));
    expect((await coach.call('GET', '/clips/etag-chi', { headers })).status).toBe(404);
    expect((await coach.call('PATCH', '/clips/etag-chi', { headers, body: { zone: 'oz' } })).status).toBe(404);
  }
});

test('a list that has not changed is not sent again', async () => {
  const coach = apiOf(accountOf('coach', 'MTL'));
  const path = `/clips?season=${SEASON}&include=tags`;
  const first = await coach.get(path);
  const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
  const again = await coach.call('GET', path, { headers });
  expect([again.status, again.text, first.headers.get('cache-control')]).toEqual([304, '', 'private, no-store']);
  await seedClipRows([{ clip_id: 'new-mtl', season: SEASON, team_code: 'MTL', player_id: '1', event_type: 'shot' }]);
  expect((await coach.call('GET', path, { headers })).status).toBe(200);
});
