import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caller, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { createClipSchema } from './clip-schemas.ts';
import { createClip, createClips } from './create-clip.ts';

const MASTER = masterRow();
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
  await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
});

const input = (overrides: object = {}) =>
  createClipSchema.parse({
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
const create = (overrides: object = {}, key: string | null = null) =>
  createClip(portal.deps, COACH, input(overrides), key);
const jobs = () => portal.jobs('publish-clip');
const nothingThere = async () => {
  expect(await portal.db.clip.count()).toBe(0);
  expect(await jobs()).toEqual([]);
};

describe('createClip', () => {
  it('makes a pending clip with one job', async () => {
    const { clip, created } = await create();
    expect(created).toBe(true);
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
    expect(await jobs()).toEqual([{ data: { clipId: 'clip-a' }, state: 'created' }]);
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
    expect((await create()).created).toBe(true);
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

describe('the same clip_id again', () => {
  it('is 409 without a key, with another key, and with another body', async () => {
    await create({}, KEY);
    const again: [object, string | null][] = [
      [{}, null],
      [{}, 'another'],
      [{ event_type: 'goal' }, KEY],
      [{ tags: ['a'] }, KEY],
    ];
    for (const [overrides, key] of again) {
      expect(await faultOf(create(overrides, key))).toMatchObject({ status: 409, code: 'clip_exists' });
    }
    expect(await jobs()).toHaveLength(1);
    expect(await portal.db.clip.count()).toBe(1);
  });

  it('is the first one’s clip with the same key and body, however it is spelt', async () => {
    const first = await create({}, KEY);
    const again = await createClip(
      portal.deps,
      COACH,
      input(Object.fromEntries(Object.entries(input()).reverse())),
      KEY,
    );
    expect(again).toEqual({ created: false, clip: first.clip });
    expect(await jobs()).toHaveLength(1);
  });

  it('was not idempotent if the first came without a key', async () => {
    await create();
    expect(await faultOf(create({}, KEY))).toMatchObject({ status: 409 });
  });

  it('many times at once makes one clip and one job', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => create({}, KEY)));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(all.map(({ clip }) => clip.id)).size).toBe(1);
    expect(await jobs()).toHaveLength(1);
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

  it('is not: one that ends with the master, and one of a master that only the lake knows', async () => {
    expect((await create({ start_timecode_s: 50, end_timecode_s: 60 })).created).toBe(true);
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
      expect(await faultOf(createClips(deps, caller(role), [input()]))).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    });
    expect(statements).toEqual([]);
  });
});

describe('createClips', () => {
  const batch = (...overrides: object[]) =>
    createClips(
      portal.deps,
      COACH,
      overrides.map((one) => input(one)),
    );

  it('makes all of them, in order, a job each', async () => {
    const ids = Array.from({ length: 100 }, (_, k) => `clip-${k}`);
    const clips = await batch(...ids.map((clip_id) => ({ clip_id })));
    expect(clips.map((clip) => clip.clip_id)).toEqual(ids);
    expect((await jobs()).map(({ data }) => (data as { clipId: string }).clipId).sort()).toEqual(ids.toSorted());
  });

  it.each<[string, object, object]>([
    ['an id twice', { clip_id: 'b' }, { status: 409, code: 'clip_exists' }],
    ['a foreign team', { clip_id: 'c', team_code: 'TOR' }, { status: 403 }],
    ['an unknown master', { clip_id: 'c', master_id: FOREIGN.id }, { status: 422 }],
    ['an end beyond the master', { clip_id: 'c', end_timecode_s: 61 }, { status: 422 }],
  ])('makes none with %s among them', async (_what, bad, fault) => {
    expect(await faultOf(batch({ clip_id: 'a' }, { clip_id: 'b' }, bad))).toMatchObject(fault);
    await nothingThere();
  });

  it('makes none when one exists already', async () => {
    await create();
    expect(await faultOf(batch({ clip_id: 'b' }, { clip_id: 'clip-a' }))).toMatchObject({
      status: 409,
      code: 'clip_exists',
    });
    expect(await portal.db.clip.count()).toBe(1);
    expect(await jobs()).toHaveLength(1);
  });
});
