import { accountOf } from './support/accounts.ts';
import { type Api, announce, apiOf } from './support/api.ts';
import { seedClipRows, snapshot, sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';

const PLACE = { team_code: 'MTL', season: '2025-2026', game_id: '20031' };
const FOUR_KB = 'a'.repeat(4096);
const BIDI = 'clip\u202Egpj.mp4';
const NUL = 'a\u0000b';

const root = (): Api => apiOf(accountOf('admin'));

let before: Awaited<ReturnType<typeof snapshot>>;
test.beforeEach(async () => {
  before = await snapshot();
});
// Whatever was refused, nothing already there has changed, and nothing new has come.
test.afterEach(async () => {
  expect(await snapshot()).toEqual(before);
});

test('query parameters', async () => {
  const faults: [query: string, path: string][] = [
    ...['0', '501', 'abc', '-1', '1.5', '', '1e2', '９', '99999999999999999999'].map((limit): [string, string] => [
      `limit=${encodeURIComponent(limit)}`,
      'limit',
    ]),
    ...['-1', 'x', '10001'].map((offset): [string, string] => [`offset=${offset}`, 'offset']),
    ['season=2025', 'season'],
    ['season=2025-2027', 'season'],
    ['season=2026-2025', 'season'],
    [`season=${FOUR_KB}`, 'season'],
    ['team_code=MONTREAL', 'team_code'],
    ['team_code=M1', 'team_code'],
    ['game_id=..%2F..', 'game_id'],
    ['period=0', 'period'],
    ['period=10', 'period'],
    ['status=done', 'status'],
    ['sort=clip_id', 'sort'],
    ['sort=created_at%3BDROP%20TABLE', 'sort'],
    ['date_from=2025-02-30', 'date_from'],
    ['date_from=yesterday', 'date_from'],
    ['date_from=2025-10-02&date_to=2025-10-01', 'date_to'],
    [`player_id=${encodeURIComponent(NUL)}`, 'player_id'],
    [`q=${encodeURIComponent(BIDI)}`, 'q'],
    [`q=${FOUR_KB}`, 'q'],
    ['player_id=', 'player_id'],
    ['cursor=AAAA', 'cursor'],
    ['cursor=eyJhIjoxfQ.AAAAAAAAAAAAAAAA', 'cursor'],
    [`cursor=${FOUR_KB}`, 'cursor'],
    ['playr_id=1', 'playr_id'],
    ['player_id[gte]=1', 'player_id[gte]'],
    ['player_id[]=1', 'player_id[]'],
    ['constructor=1', 'constructor'],
    ['sort=created_at&sort=created_at', 'sort'],
    [`${'tag=x&'.repeat(51)}limit=1`, 'tag'],
  ];
  for (const [query, path] of faults) {
    await test.step(query.slice(0, 60), async () => {
      expectProblem(await root().get(`/clips?${query}`), { status: 400, code: 'invalid_request', path });
    });
  }
  expectProblem(await root().get('/masters?limit=0'), { status: 400, code: 'invalid_request', path: 'limit' });
  expectProblem(await root().get('/clips/stats/overview?x=1'), { status: 400, code: 'invalid_request', path: 'x' });
  // A cursor that was issued, changed by one letter, or used under another order.
  const { next_cursor: cursor } = (await root().get('/clips?limit=1')).json;
  expect((await root().get(`/clips?limit=1&cursor=${cursor}`)).status).toBe(200);
  const bad = { status: 400, code: 'invalid_request', path: 'cursor' };
  expectProblem(await root().get(`/clips?limit=1&sort=created_at&cursor=${cursor}`), bad);
  expectProblem(
    await root().get(`/clips?limit=1&cursor=${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`),
    bad,
  );
  expectProblem(await root().get(`/clips?offset=1&cursor=${cursor}`), { ...bad, path: 'offset' });
});

test('ids in the path', async () => {
  for (const id of ['a'.repeat(65), 'a%20b', 'a%00b', '..%2F..%2Fetc', '%E2%80%AE', 'a.b', FOUR_KB, '%22']) {
    await test.step(id.slice(0, 20), async () => {
      expectProblem(await root().get(`/clips/${id}`), { status: 400, code: 'invalid_request', path: 'clip_id' });
      expectProblem(await root().delete(`/clips/${id}`), { status: 400, code: 'invalid_request', path: 'clip_id' });
    });
  }
  for (const id of ['1', 'not-a-uuid', '00000000-0000-0000-0000-00000000000g', 'a%00b']) {
    expectProblem(await root().get(`/masters/${id}`), { status: 400, code: 'invalid_request', path: 'master_id' });
  }
  for (const tag of ['%00', '%E2%80%AE', 'a'.repeat(101), '%20']) {
    const path = `/clips/lib-mtl-1/tags/${tag}`;
    expectProblem(await root().put(path), { status: 400, code: 'invalid_request', path: 'tag' });
  }
  for (const path of ['/nowhere', '/clips/lib-mtl-1/nothing/more', '/masters/x/y/z']) {
    expectProblem(await root().get(path), { status: 404, code: 'not_found' });
  }
  expectProblem(await root().put('/clips'), { status: 405, code: 'method_not_allowed' });
});

const CLIP = (facts: object = {}) => ({
  source_gcs_uri:
    'gs://heartbeat-474020-lake/media/raw/MTL/2025-2026/20031/p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4',
  start_timecode_s: 1,
  end_timecode_s: 2,
  ...PLACE,
  player_id: '1',
  event_type: 'shot',
  ...facts,
});

test('bodies of clips', async () => {
  const source = (uri: unknown) => ({ source_gcs_uri: uri });
  const faults: [body: object, path: string][] = [
    [{ start_timecode_s: 5 }, 'end_timecode_s'],
    [{ start_timecode_s: 2 }, 'end_timecode_s'],
    [{ end_timecode_s: 301.5 }, 'end_timecode_s'],
    [{ start_timecode_s: -1 }, 'start_timecode_s'],
    [{ start_timecode_s: '1' }, 'start_timecode_s'],
    [{ start_timecode_s: null }, 'start_timecode_s'],
    [{ clip_id: '../x' }, 'clip_id'],
    [{ clip_id: '' }, 'clip_id'],
    [{ clip_id: 'a'.repeat(65) }, 'clip_id'],
    [{ season: '2025-2027' }, 'season'],
    [{ team_code: 'MTLX5' }, 'team_code'],
    [{ game_id: 'a/b' }, 'game_id'],
    [{ player_id: NUL }, 'player_id'],
    [{ player_id: { gte: 1 } }, 'player_id'],
    [{ player_id: 'x'.repeat(21) }, 'player_id'],
    [{ event_type: BIDI }, 'event_type'],
    [{ event_type: FOUR_KB }, 'event_type'],
    [{ player_name: '\uD800' }, 'player_name'],
    [{ period: 0 }, 'period'],
    [{ game_date: '2025-13-01' }, 'game_date'],
    [{ tags: ['ok', NUL] }, 'tags.1'],
    [{ tags: Array.from({ length: 51 }, (_, index) => `t${index}`) }, 'tags'],
    [{ processing_status: 'ready' }, 'processing_status'],
    [{ master_id: '8f14e45f-ceea-467f-ab2c-7b7f1e6f3a55' }, 'master_id'],
    [{ source_gcs_uri: undefined }, 'master_id'],
  ];
  for (const [facts, path] of faults) {
    await test.step(JSON.stringify(facts).slice(0, 60), async () => {
      expectProblem(await root().post('/clips', CLIP(facts)), { status: 400, code: 'invalid_request', path });
      const batch = await root().post('/clips/batch', { clips: [CLIP(), CLIP(facts)], atomic: true });
      expect(batch.json.results[1]).toMatchObject({ index: 1, status: 400, problem: { errors: [{ path }] } });
    });
  }
  const impossible: [body: object, code: string, path: string][] = [
    [{ end_timecode_s: 9 }, 'beyond_master', 'end_timecode_s'],
    [source('/etc/passwd'), 'bad_source', 'source_gcs_uri'],
    [source('file:///etc/passwd'), 'bad_source', 'source_gcs_uri'],
    [source('http://169.254.169.254/latest'), 'bad_source', 'source_gcs_uri'],
    [source('gs://heartbeat-474020-lake/media/raw/MTL/2025-2026/20031/../x.mp4'), 'bad_source', 'source_gcs_uri'],
    [source('gs://elsewhere/media/raw/MTL/2025-2026/20031/x.mp4'), 'bad_source', 'source_gcs_uri'],
    [source('gs://heartbeat-474020-lake/media/raw/MTL/2025-2026/20031/none.mp4'), 'unknown_master', 'source_gcs_uri'],
    [source('gs://heartbeat-media/MTL/2025-2026/20031/lib-mtl-1/clip.mp4'), 'unknown_master', 'source_gcs_uri'],
  ];
  for (const [facts, code, path] of impossible) {
    expectProblem(await root().post('/clips', CLIP(facts)), { status: 422, code, path });
  }
  expectProblem(await root().post('/clips', CLIP({ clip_id: 'lib-mtl-1' })), { status: 409, code: 'clip_exists' });
  const twice = { clips: [CLIP({ clip_id: 'twice' }), CLIP({ clip_id: 'twice' })], atomic: true };
  const refused = (await root().post('/clips/batch', twice)).json;
  expect(refused.results.map(({ problem }) => problem?.code)).toEqual(['batch_refused', 'clip_exists']);
  const badKey = await root().post('/clips', CLIP(), { 'Idempotency-Key': 'a b' });
  expectProblem(badKey, { status: 400, code: 'invalid_request', path: 'Idempotency-Key' });
});

test('bodies that are no JSON, too large, or of another shape', async () => {
  const send = (rawBody: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    root().call('POST', '/clips', { rawBody, headers });
  const bad = { status: 400, code: 'invalid_request' };
  for (const body of ['', '{', 'null', '[]', '"x"', '{"a":1}x', Uint8Array.from([0x7b, 0xff, 0x7d])])
    expectProblem(await send(body), bad);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    expectProblem(await send('{}', { 'Content-Type': type }), { status: 415, code: 'not_json' });
  }
  const large = JSON.stringify(CLIP({ player_name: 'x'.repeat(1024 * 1024) }));
  expectProblem(await send(large), { status: 413, code: 'body_too_large' });
  expectProblem(await send('['.repeat(500_000)), bad);
  for (const patch of [{}, { start_timecode_s: 0 }, { team_code: 'CHI' }, { event_type: null }, []]) {
    expectProblem(await root().patch('/clips/lib-mtl-1', patch), bad);
  }
});

test('announcing a master', async () => {
  const sound = announce(PLACE, 'fine.mp4', 1000);
  const names = [
    '../../etc/passwd.mp4',
    'a/b.mp4',
    '.hidden.mp4',
    'a..mp4',
    NUL,
    BIDI,
    `${FOUR_KB}.mp4`,
    'a.txt',
    'a',
    'é.mp4',
  ];
  const faults: [object, string][] = [
    ...names.map((filename): [object, string] => [{ filename }, 'filename']),
    ...[0, -1, 1.5, '1000', 6 * 1024 ** 4].map((size_bytes): [object, string] => [{ size_bytes }, 'size_bytes']),
    [{ season: '2025' }, 'season'],
    [{ team_code: '../' }, 'team_code'],
    [{ game_id: '' }, 'game_id'],
    [{ content_type: 'video/mp4\r\nX: y' }, 'content_type'],
    [{ crc32c: 'zz' }, 'crc32c'],
    [{ status: 'ready' }, 'status'],
  ];
  for (const [facts, path] of faults) {
    await test.step(JSON.stringify(facts).slice(0, 60), async () => {
      expectProblem(await root().post('/masters', { ...sound, ...facts }), {
        status: 400,
        code: 'invalid_request',
        path,
      });
    });
  }
  const taken = announce(PLACE, 'p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4', 1000);
  expectProblem(await root().post('/masters', taken), { status: 409, code: 'master_exists' });
});

test('a retry of what did not fail', async () => {
  expectProblem(await root().post('/clips/lib-mtl-1/retry'), { status: 409, code: 'not_failed' });
  await seedClipRows([
    { clip_id: 'bad-pending', team_code: 'MTL', player_id: '1', season: '2016-2017', processing_status: 'pending' },
  ]);
  expectProblem(await root().post('/clips/bad-pending/retry'), { status: 409, code: 'not_failed' });
  await sql("DELETE FROM media.clips WHERE clip_id = 'bad-pending'");
});

test('files of plays', async () => {
  const MAX_BYTES = 32 * 1024 * 1024;
  const send = (rawBody: string | Uint8Array<ArrayBuffer>, type = 'text/csv', query: object = {}) =>
    root().call('POST', `/plays/import?${new URLSearchParams({ ...PLACE, ...query })}`, {
      rawBody,
      headers: { 'Content-Type': type },
    });
  // Spaces: as long as it may be, and nothing that is read.
  expectProblem(await send(new Uint8Array(MAX_BYTES).fill(32)), { status: 422, code: 'unknown_format' });
  expectProblem(await send(new Uint8Array(MAX_BYTES + 1).fill(32)), { status: 413, code: 'body_too_large' });
  const columns = 'id,period,periodTime,name';
  const sequence = (rows: string, header = columns) => `${header}\n${rows}\n`;
  expectProblem(await send(sequence('1,1,2,carry\n'.repeat(200_000))), { status: 422, code: 'too_many_plays' });
  expectProblem(await send(sequence('1,1,2', 'id,period,name')), { status: 422, code: 'bad_columns' });
  expectProblem(await send(sequence('1,1,2,a,b', `${columns},name`)), { status: 422, code: 'bad_columns' });
  expectProblem(await send(sequence('1,1,-2,carry\n2,0,1,carry')), { status: 422, code: 'no_plays' });
  expectProblem(await send('{"homeTeam":{},"plays":[{', 'application/json'), { status: 422, code: 'bad_json' });
  const laughs =
    '<!DOCTYPE f [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]><file><ALL_INSTANCES>&a;</ALL_INSTANCES></file>';
  expectProblem(await send(laughs, 'application/xml'), { status: 422, code: 'no_plays' });
  expectProblem(await send('<a>'.repeat(100_000), 'application/xml'), { status: 422, code: 'unknown_format' });
  expectProblem(await send(sequence('1,1,2,carry'), 'text/plain'), { status: 415, code: 'not_a_file' });
  const elsewhere = { filename: 'playsequence-20251011-NHL-TORvsBOS-20252026-20031.csv' };
  expectProblem(await send(sequence('1,1,2,carry'), 'text/csv', elsewhere), { status: 409, code: 'wrong_game' });
  expect((await root().get(`/plays?team_code=MTL&game_id=${PLACE.game_id}`)).json.total).toBe(0);
});
