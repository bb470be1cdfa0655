import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { idempotentRequest } from '#lib/http/idempotency-key.ts';
import { deleteExpiredKeys, lockKey } from '#lib/idempotency/idempotency-repo.ts';
import { placeInLine } from '#lib/jobs/cut-line.ts';
import { caller, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { createClipSchema } from './clip-schemas.ts';
import { createClip } from './create-clip.ts';
import { createClipBatch } from './create-clip-batch.ts';
import { downloadClip } from './download-clip.ts';
import { getClip } from './get-clip.ts';

const MASTER = masterRow({ gaps: [{ start_s: 29.5, end_s: 32.5 }] });
const FOREIGN = masterRow({ teamCode: 'TOR', filename: 'p2.mp4' });
const UPLOADING = masterRow({ filename: 'p3.mp4', status: 'uploading', durationS: null });
const COACH = caller('coach', { teamAccess: ['MTL'] });
const KEY = 'one-request';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
  await portal.db.master.createMany({ data: [MASTER, FOREIGN, UPLOADING] });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  await portal.db.idempotencyKey.deleteMany();
  await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
});

const raw = (overrides: object = {}) => ({
  clip_id: 'clip-a',
  master_id: MASTER.id,
  start_timecode_s: 1,
  end_timecode_s: 5.5,
  player_id: '8480018',
  team_code: 'mtl',
  season: '2025-2026',
  game_id: '20031',
  game_date: '2025-10-11',
  event_type: 'shot',
  tags: ['b', 'a', 'b'],
  ...overrides,
});
const input = (overrides: object = {}) => createClipSchema.parse(raw(overrides));
/** The request as the route makes it of a body and a key. */
const keyed = (body: unknown, key: string | null, path = '/clips') =>
  key === null
    ? null
    : idempotentRequest(new Request(`http://x${path}`, { method: 'POST', headers: { 'idempotency-key': key } }), body);
const create = (overrides: object = {}, key: string | null = null, user = COACH) => {
  const body = input(overrides);
  return createClip(portal.deps, user, body, keyed(body, key));
};
const jobs = () => portal.jobs('encode');
const nothingThere = async () => {
  expect(await portal.db.clip.count()).toBe(0);
  expect(await jobs()).toEqual([]);
};

it.each([
  [0.1, 0.4, 0.3],
  [54.2, 59.3, 5.1],
  [33.333, 41.6667, 8.334],
])('a clip from %d to %d lasts %d s', async (start_timecode_s, end_timecode_s, duration_s) => {
  const { clip } = await create({ start_timecode_s, end_timecode_s });
  expect(clip.duration_s).toBe(duration_s);
});

describe('createClip', () => {
  it('makes a pending clip with one job', async () => {
    const { clip, isReplay } = await create();
    expect(isReplay).toBe(false);
    expect(clip).toMatchObject({
      clip_id: 'clip-a',
      team_code: 'MTL',
      game_date: '2025-10-11',
      duration_s: 4.5,
      source_gcs_uri: MASTER.lakeUri,
      processing_status: 'pending',
      progress: 0,
      tags: ['a', 'b'],
      assets: [],
    });
    expect(await jobs()).toEqual([{ data: { clipId: 'clip-a' }, state: 'created', priority: 10 }]);
  });

  it('is one transaction, and answers what it wrote without reading it', async () => {
    let made: unknown;
    const statements = await portal.statementsOf(async (deps) => {
      made = await createClip(deps, COACH, input({ tags: ['b', 'Écart', 'a', 'z'] }));
    });
    // The master, the place in line; the clip, its tags, its slice, the jobs of its picture and its cut, the log's entry.
    expect(statements.map((sql) => sql.trim().split(/\s/)[0])).toEqual([
      ...['SELECT', 'SELECT'],
      ...['WITH', 'WITH', 'SELECT', 'WITH', 'WITH', 'INSERT'],
    ]);
    expect(made).toEqual({ isReplay: false, clip: await getClip(portal.deps, COACH, 'clip-a') });
  });

  it('gives ids where the client gave none', async () => {
    const made = await Promise.all([1, 2, 3].map(() => create({ clip_id: undefined })));
    const ids = made.map(({ clip }) => clip.clip_id);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^mtl-20031-[0-9a-f]{8}$/);
  });

  it('leaves no clip when its job cannot be enqueued', async () => {
    await portal.db.$executeRaw`ALTER SCHEMA media_jobs RENAME TO gone`;
    await expect(create()).rejects.toThrow();
    await portal.db.$executeRaw`ALTER SCHEMA gone RENAME TO media_jobs`;
    await nothingThere();
    expect((await create()).isReplay).toBe(false);
  });

  it('leaves no job when its clip cannot be inserted', async () => {
    await portal.db.$executeRaw`ALTER TABLE media.clips ADD CONSTRAINT no_shots CHECK (event_type <> 'shot')`;
    await expect(create()).rejects.toThrow();
    await portal.db.$executeRaw`ALTER TABLE media.clips DROP CONSTRAINT no_shots`;
    await nothingThere();
  });

  it('leaves neither when the transaction dies after both', async () => {
    await portal.db.$executeRawUnsafe(`CREATE FUNCTION media.refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'at commit'; END $$`);
    await portal.db.$executeRawUnsafe(`CREATE CONSTRAINT TRIGGER refuse_at_commit AFTER INSERT ON media.clips
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION media.refuse()`);
    await expect(create()).rejects.toThrow();
    await portal.db.$executeRaw`DROP TRIGGER refuse_at_commit ON media.clips`;
    await nothingThere();
  });
});

describe('the same request again', () => {
  it('is 409 without a key, and with another one', async () => {
    await create({}, KEY);
    for (const key of [null, 'another']) {
      expect(await faultOf(create({}, key))).toMatchObject({ status: 409, code: 'clip_exists' });
    }
    expect(await jobs()).toHaveLength(1);
    expect(await portal.db.clip.count()).toBe(1);
  });

  it('is the first one’s clip with the same key and body, however it is spelt', async () => {
    const first = await create({}, KEY);
    const body = input(Object.fromEntries(Object.entries(input()).reverse()));
    expect(await createClip(portal.deps, COACH, body, keyed(body, KEY))).toEqual({ isReplay: true, clip: first.clip });
    expect(await jobs()).toHaveLength(1);
  });

  it('is one clip also where the client gave it no id', async () => {
    const first = await create({ clip_id: undefined }, KEY);
    expect((await create({ clip_id: undefined }, KEY)).clip.clip_id).toBe(first.clip.clip_id);
    expect(await portal.db.clip.count()).toBe(1);
  });

  it('is 422 with the same key and another body, or for another resource', async () => {
    await create({}, KEY);
    const reused = { status: 422, code: 'idempotency_key_reused' };
    expect(await faultOf(create({ event_type: 'goal' }, KEY))).toMatchObject(reused);
    expect(await faultOf(create({ clip_id: 'other' }, KEY))).toMatchObject(reused);
    expect(await faultOf(createClip(portal.deps, COACH, input(), keyed(input(), KEY, '/elsewhere')))).toMatchObject(
      reused,
    );
    expect(await jobs()).toHaveLength(1);
  });

  it('was not idempotent if the first came without a key', async () => {
    await create();
    expect(await faultOf(create({}, KEY))).toMatchObject({ status: 409, code: 'clip_exists' });
  });

  it('is somebody else’s own with somebody else’s key', async () => {
    await create({}, KEY);
    const other = caller('coach', { teamAccess: ['MTL'] });
    expect(await faultOf(create({}, KEY, other))).toMatchObject({ status: 409, code: 'clip_exists' });
    expect((await create({ clip_id: 'theirs' }, KEY, other)).isReplay).toBe(false);
  });

  it('may be sent again after a fault: only what was done is remembered', async () => {
    expect(await faultOf(create({ end_timecode_s: 61 }, KEY))).toMatchObject({ status: 422 });
    expect((await create({}, KEY)).isReplay).toBe(false);
  });

  it('many times at once does its work once; the others are told to wait, or what was made', async () => {
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => create({}, KEY)));
    const made = all.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
    expect(made.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(new Set(made.map(({ clip }) => clip.id)).size).toBe(1);
    for (const end of all) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ status: 409, code: 'request_in_progress' });
    }
    expect(await jobs()).toHaveLength(1);
    expect((await create({}, KEY)).isReplay).toBe(true);
  });

  it('is told to wait while the first one runs', async () => {
    await portal.db.$transaction(async (tx) => {
      await lockKey(tx, COACH.userId, KEY);
      const fault = await create({}, KEY).catch((error) => error);
      expect(fault).toMatchObject({ status: 409, code: 'request_in_progress', headers: { 'Retry-After': '1' } });
    });
    expect((await create({}, KEY)).isReplay).toBe(false);
  });

  it('is a new one after a day, and says so when its clip is gone', async () => {
    await create({}, KEY);
    await portal.db.clip.deleteMany();
    expect(await faultOf(create({}, KEY))).toMatchObject({ status: 409, code: 'replay_gone' });
    await portal.db.$executeRaw`UPDATE media.idempotency_keys SET created_at = now() - interval '24 hours 1 second'`;
    expect((await create({}, KEY)).isReplay).toBe(false);
    expect((await create({}, KEY)).isReplay).toBe(true);
    expect(await deleteExpiredKeys(portal.db)).toBe(0);
    await portal.db.$executeRaw`UPDATE media.idempotency_keys SET created_at = now() - interval '24 hours 1 second'`;
    expect(await deleteExpiredKeys(portal.db)).toBe(1);
  });

  it('is kept from everybody else by the database itself', async () => {
    await create({}, KEY);
    const count = (user: UserContext) => withinReach(portal.deps.db, user, (tx) => tx.idempotencyKey.count());
    expect([await count(COACH), await count(caller('admin'))]).toEqual([1, 0]);
    expect(await portal.deps.db.idempotencyKey.count()).toBe(0);
  });
});

describe('a clip that cannot be cut', () => {
  const LAKE = 'gs://test-lake/media/raw/MTL/2025-2026/20031';
  it.each<[string, object, number, string]>([
    ['of an unknown master', { master_id: '0b2f9c1e-8f2d-4a6b-9a3e-2f1d3c4b5a69' }, 422, 'unknown_master'],
    ['of another team’s master', { master_id: FOREIGN.id }, 422, 'unknown_master'],
    [
      'of another team’s master by its URI',
      { master_id: undefined, source_gcs_uri: FOREIGN.lakeUri },
      422,
      'unknown_master',
    ],
    ['for another team', { team_code: 'TOR' }, 403, 'foreign_team'],
    ['of a master that is not ready', { master_id: UPLOADING.id }, 409, 'master_not_ready'],
    ['beyond the master’s end', { start_timecode_s: 50, end_timecode_s: 60.1 }, 422, 'beyond_master'],
    ['within a gap of the master', { start_timecode_s: 30, end_timecode_s: 32.5 }, 422, 'no_picture'],
    ['of nothing in the lake', { master_id: undefined, source_gcs_uri: `${LAKE}/none.mp4` }, 422, 'unknown_master'],
    [
      'of a delivery object',
      { master_id: undefined, source_gcs_uri: 'gs://test-media/MTL/2025-2026/20031/c/clip.mp4' },
      422,
      'unknown_master',
    ],
    ...[
      'gs://elsewhere/media/raw/MTL/2025-2026/20031/p1.mp4',
      `${LAKE}/../../../TOR/x.mp4`,
      `${LAKE}/%2e%2e/x.mp4`,
      `${LAKE}//x.mp4`,
      `${LAKE}/x.mp4?generation=1`,
      `${LAKE}/x.mp4#t=1`,
      'gs://test-lake@evil/media/raw/MTL/2025-2026/20031/p1.mp4',
      'gs://test-lake:443/media/raw/MTL/2025-2026/20031/p1.mp4',
      'https://storage.googleapis.com/test-lake/media/raw/MTL/2025-2026/20031/p1.mp4',
      'file:///etc/passwd',
      'concat:a|b',
      `${LAKE}/a\nb.mp4`,
      '',
    ].map((uri): [string, object, number, string] => [
      `of ${JSON.stringify(uri)}`,
      { master_id: undefined, source_gcs_uri: uri },
      422,
      'bad_source',
    ]),
  ])('%s is refused, and nothing changes', async (_what, overrides, status, code) => {
    expect(await faultOf(create(overrides))).toMatchObject({ status, code });
    await nothingThere();
  });

  it('of an empty file that only the lake knows is refused at once, and nothing changes', async () => {
    const empty = { bucket: 'test-lake', key: 'media/raw/MTL/2025-2026/20031/empty.mp4' };
    await portal.store.write(empty, Buffer.alloc(0), { contentType: 'video/mp4' });
    const named = { master_id: undefined, source_gcs_uri: `${LAKE}/empty.mp4` };
    expect(await faultOf(create(named))).toMatchObject({ status: 422, code: 'empty_source' });
    await nothingThere();
  });

  it('is not: one that ends with the master, and one of a master that only the lake knows', async () => {
    expect((await create({ start_timecode_s: 50, end_timecode_s: 60 })).isReplay).toBe(false);
    const ref = { bucket: 'test-lake', key: 'media/raw/MTL/2025-2026/20031/old.mp4' };
    await portal.store.write(ref, Buffer.from('x'), { contentType: 'video/mp4' });
    const adopted = await create({
      clip_id: 'clip-b',
      master_id: undefined,
      source_gcs_uri: `gs://${ref.bucket}/${ref.key}`,
    });
    expect(adopted.clip.source_gcs_uri).toBe(`${LAKE}/old.mp4`);
    const foreign = { bucket: 'test-lake', key: 'media/raw/TOR/2025-2026/20031/old.mp4' };
    await portal.store.write(foreign, Buffer.from('x'), { contentType: 'video/mp4' });
    const theirs = { clip_id: 'c', master_id: undefined, source_gcs_uri: `gs://${foreign.bucket}/${foreign.key}` };
    expect(await faultOf(create(theirs))).toMatchObject({ code: 'unknown_master' });
  });

  it.each(['scout', 'player'] as const)('by a %s is refused before anything is looked up', async (role) => {
    const statements = await portal.statementsOf(async (deps) => {
      expect(await faultOf(createClip(deps, caller(role), input()))).toMatchObject({ status: 403, code: 'forbidden' });
      expect(await faultOf(createClipBatch(deps, caller(role), { clips: [raw()], atomic: false }))).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    });
    expect(statements).toEqual([]);
  });
});

describe('a clip whose files may come later', () => {
  const later = (clip_id: string) => ({ clip_id, cut: 'later' });
  const places = (...ids: string[]) => Promise.all(ids.map((id) => placeInLine(portal.db, id)));

  it('is cut behind all others, until somebody asks for its download', async () => {
    const { clip } = await create(later('one'));
    expect(clip).not.toHaveProperty('cut');
    expect(clip.place_in_line).toBe(1);
    const clips = [raw(later('many')), raw({ clip_id: 'now' })];
    await createClipBatch(portal.deps, COACH, { clips, atomic: false });
    await create({ clip_id: 'marked' });
    expect((await create(later('last'))).clip.place_in_line).toBe(5);
    expect(await places('marked', 'now', 'one', 'many', 'last')).toEqual([1, 2, 3, 4, 5]);
    expect(await faultOf(downloadClip(portal.deps, COACH, 'many'))).toMatchObject({ status: 404 });
    const elsewhere = caller('coach', { teamAccess: ['TOR'] });
    expect(await faultOf(downloadClip(portal.deps, elsewhere, 'last'))).toMatchObject({ status: 404 });
    // As wanted as the marked one, and before it in the line for as long as it has waited.
    expect(await places('many', 'marked', 'now', 'one', 'last')).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('createClips', () => {
  const items = (...overrides: object[]) => overrides.map((one) => raw(one));
  const batch = (clips: unknown[], atomic = false, key: string | null = null) =>
    createClipBatch(portal.deps, COACH, { clips, atomic }, keyed({ clips, atomic }, key, '/clips/batch'));
  const statuses = async (made: ReturnType<typeof batch>) => (await made).result.results.map(({ status }) => status);

  it('makes all of them, in order, a job each', async () => {
    const ids = Array.from({ length: 1000 }, (_, k) => `clip-${(k * 7) % 1000}`);
    const { result } = await batch(items(...ids.map((clip_id) => ({ clip_id }))));
    expect(result).toMatchObject({ created: 1000, failed: 0 });
    expect(result.results.map(({ index, clip }) => [index, clip?.clip_id])).toEqual(ids.map((id, k) => [k, id]));
    expect(result.results[0]?.clip).toMatchObject({ tags: ['a', 'b'], duration_s: 4.5, processing_status: 'pending' });
    expect((await jobs()).map(({ data }) => (data as { clipId: string }).clipId).sort()).toEqual(ids.toSorted());
    const rows = await portal.db.clip.findMany({ orderBy: { id: 'asc' }, select: { clipId: true } });
    expect(rows.map(({ clipId }) => clipId)).toEqual(ids);
  });

  it('takes no more statements for many than for one', async () => {
    const countOf = (clips: unknown[]) =>
      portal.statementsOf((deps) => createClipBatch(deps, COACH, { clips, atomic: false })).then((all) => all.length);
    const one = await countOf(items({ clip_id: 'one' }));
    const many = await countOf(items(...Array.from({ length: 200 }, (_, k) => ({ clip_id: `many-${k}` }))));
    expect(many).toBe(one);
  });

  const BAD = [
    { clip_id: 'clip-a' },
    { clip_id: 'b', end_timecode_s: 'soon' },
    { clip_id: 'sound' },
    { clip_id: 'c', team_code: 'TOR' },
    { clip_id: 'd', master_id: FOREIGN.id },
    { clip_id: 'e', end_timecode_s: 61 },
    { clip_id: 'f', master_id: UPLOADING.id },
    { clip_id: 'sound' },
    { clip_id: 'g', master_id: undefined, source_gcs_uri: 'file:///etc/passwd' },
    { clip_id: 'i', surprise: 1 },
  ];
  const CODES = [
    ...['clip_exists', 'invalid_request', undefined, 'foreign_team', 'unknown_master', 'beyond_master'],
    ...['master_not_ready', 'clip_exists', 'bad_source', 'invalid_request'],
  ];

  it('lets no bad item hinder the others; each says what is wrong with it', async () => {
    await create();
    const { result } = await batch([...items(...BAD), null, 'x', []]);
    expect(result.results.map(({ problem }) => problem?.code)).toEqual([...CODES, ...Array(3).fill('invalid_request')]);
    expect(result.results.map(({ status }) => status)).toEqual([
      409, 400, 201, 403, 422, 422, 409, 409, 422, 400, 400, 400, 400,
    ]);
    expect(result.results[1]?.problem?.errors).toEqual([expect.objectContaining({ path: 'end_timecode_s' })]);
    expect(result.results[9]?.problem?.errors).toEqual([expect.objectContaining({ path: 'surprise' })]);
    expect(result).toMatchObject({ created: 1, failed: 12 });
    expect((await jobs()).map(({ data }) => data)).toEqual([{ clipId: 'clip-a' }, { clipId: 'sound' }]);
  });

  it('of an atomic batch makes none for one fault, and tells the sound ones', async () => {
    expect(await statuses(batch(items({ clip_id: 'a' }, { clip_id: 'b', team_code: 'TOR' }), true))).toEqual([
      424, 403,
    ]);
    expect(await statuses(batch(items({ clip_id: 'a' }, { clip_id: 'a' }), true))).toEqual([424, 409]);
    await nothingThere();
    expect(await statuses(batch(items({ clip_id: 'a' }, { clip_id: 'b' }), true))).toEqual([201, 201]);
  });

  it('with a key does nothing twice, and answers each item as before with the clips as they are', async () => {
    await create();
    const clips = items({ clip_id: 'clip-a' }, { clip_id: 'b' }, { clip_id: 'c' });
    const first = await batch(clips, false, KEY);
    expect(first.isReplay).toBe(false);
    expect(await batch(clips, false, KEY)).toEqual({ ...first, isReplay: true });
    expect(await jobs()).toHaveLength(3);
    expect(await faultOf(batch(clips.slice(1), false, KEY))).toMatchObject({ code: 'idempotency_key_reused' });
    await portal.db.clip.deleteMany({ where: { clipId: 'c' } });
    const { result } = await batch(clips, false, KEY);
    expect(result.results[2]).toEqual({ index: 2, status: 201, clip_id: 'c' });
  });

  it('of two batches with the same ids at once gives each id to one of them', async () => {
    const ids = Array.from({ length: 50 }, (_, k) => ({ clip_id: `clip-${k}` }));
    const both = await Promise.all([batch(items(...ids)), batch(items(...ids.toReversed()))]);
    expect(both[0].result.created + both[1].result.created).toBe(50);
    expect(await jobs()).toHaveLength(50);
  });
});
