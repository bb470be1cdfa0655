import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import { getMaster } from '#lib/masters/get-master.ts';
import {
  caller,
  clipRow,
  enlist,
  faultOf,
  masterRow,
  type PortalFixture,
  portalFixture,
} from '#lib/runtime/portal-fixture.ts';
import { getStatsOverview } from '#lib/stats/get-stats.ts';
import { addTag, deleteClip, patchClip, removeTag, restoreClip, retryClip } from './change-clip.ts';
import { fieldsWith } from './clip-field-schemas.ts';
import { listClipsQuerySchema } from './clip-filter-schemas.ts';
import { getClipText } from './clip-playlists.ts';
import { clipSchema, createClipSchema } from './clip-schemas.ts';
import { createClip } from './create-clip.ts';
import { findNeighbours } from './find-neighbours.ts';
import { getClip } from './get-clip.ts';
import { listClips } from './list-clips.ts';
import { listFacets } from './list-facets.ts';
import { createClipWork } from './processing-repo.ts';
import { purgeTrash } from './purge-trash.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

const URI = 'gs://test-media/MTL/2025-2026/20031/c';
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
  await portal.db.clip.createMany({
    data: [
      clipRow({ clipId: 'c', playerName: 'Nick', zone: 'oz' }),
      clipRow({ clipId: 'tor', teamCode: 'TOR' }),
      clipRow({ clipId: 'bad', processingStatus: 'failed', errorMessage: 'why', progress: 40 }),
    ],
  });
  const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'c' } });
  await portal.db.clipAsset.createMany({
    data: [
      { clipId: id, assetType: 'mp4', gcsUri: `${URI}/clip.mp4`, generation: '11', fileSizeBytes: 5_000_000_000n },
      { clipId: id, assetType: 'thumbnail', gcsUri: `${URI}/thumb.jpg`, generation: null },
    ],
  });
});

const COACH = caller('coach', { teamAccess: ['MTL'] });
const ADMIN = caller('admin');
const SCOUT = caller('scout');
const PLAYER = caller('player');

describe('a change', () => {
  it('of a clip out of reach, or of none, is 404; of a reader, 403', async () => {
    const changes = [
      (user: UserContext, id: string) => patchClip(portal.deps, user, { clipId: id }, { zone: 'dz' }),
      (user: UserContext, id: string) => addTag(portal.deps, user, { clipId: id }, 'x'),
      (user: UserContext, id: string) => removeTag(portal.deps, user, { clipId: id }, 'x'),
      (user: UserContext, id: string) => retryClip(portal.deps, user, id),
    ];
    for (const change of changes) {
      for (const id of ['tor', 'none']) {
        const gone = { status: 404, code: 'not_found', message: 'Clip not found.' };
        expect(await faultOf(change(COACH, id))).toEqual(gone);
        expect(await faultOf(getClip(portal.deps, COACH, id))).toEqual(gone);
      }
      for (const user of [SCOUT, PLAYER]) {
        for (const id of ['c', 'none']) expect(await faultOf(change(user, id))).toMatchObject({ status: 403 });
      }
    }
    expect(await portal.db.clip.count({ where: { zone: 'dz' } })).toBe(0);
    expect(await portal.db.clipTag.count()).toBe(0);
  });

  it('sets, empties and leaves fields, and moves updated_at', async () => {
    const before = await getClip(portal.deps, COACH, 'c');
    const after = await patchClip(
      portal.deps,
      COACH,
      { clipId: 'c' },
      {
        zone: 'dz',
        player_name: null,
        game_date: '2025-10-12',
        period: 3,
      },
    );
    expect(after).toMatchObject({
      zone: 'dz',
      player_name: null,
      game_date: '2025-10-12',
      period: 3,
      event_type: 'shot',
    });
    expect(after.updated_at > before.updated_at).toBe(true);
    expect(after.created_at).toBe(before.created_at);
    expect((await patchClip(portal.deps, COACH, { clipId: 'c' }, { game_date: null })).game_date).toBeNull();
  });

  it('of tags is the same once or twice', async () => {
    expect((await addTag(portal.deps, COACH, { clipId: 'c' }, 'b')).tags).toEqual(['b']);
    expect((await addTag(portal.deps, COACH, { clipId: 'c' }, 'a')).tags).toEqual(['a', 'b']);
    expect((await addTag(portal.deps, COACH, { clipId: 'c' }, 'b')).tags).toEqual(['a', 'b']);
    expect((await removeTag(portal.deps, COACH, { clipId: 'c' }, 'b')).tags).toEqual(['a']);
    expect(await faultOf(removeTag(portal.deps, COACH, { clipId: 'c' }, 'b'))).toMatchObject({
      status: 404,
      message: 'Tag not found.',
    });
  });
});

describe('retryClip', () => {
  it('puts a failed clip back in line, once', async () => {
    const both = await Promise.allSettled([retryClip(portal.deps, COACH, 'bad'), retryClip(portal.deps, COACH, 'bad')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await getClip(portal.deps, COACH, 'bad')).toMatchObject({
      processing_status: 'pending',
      error_message: null,
      progress: 0,
    });
    expect(await portal.jobs('encode')).toEqual([{ data: { clipId: 'bad' }, state: 'created', priority: 10 }]);
  });

  it.each(['ready', 'pending', 'processing', null])('refuses a clip that is %s', async (processingStatus) => {
    await portal.db.clip.create({ data: clipRow({ clipId: 'x', processingStatus }) });
    const fault = await faultOf(retryClip(portal.deps, COACH, 'x'));
    expect(fault).toMatchObject({
      status: 409,
      code: 'not_failed',
      message: expect.stringContaining(processingStatus ?? 'pending'),
    });
    expect(await portal.jobs('encode')).toEqual([]);
  });
});

describe('If-Match', () => {
  const versionOfC = async () => (await getClip(portal.deps, COACH, 'c')).version ?? '';

  it('takes the version that is there, any of several, and *; and refuses another, telling the current one', async () => {
    const first = await versionOfC();
    const second =
      (await patchClip(portal.deps, COACH, { clipId: 'c', ifMatch: ['0', first] }, { zone: 'dz' })).version ?? '';
    expect(second).not.toBe(first);
    const stale = await patchClip(portal.deps, COACH, { clipId: 'c', ifMatch: [first] }, { zone: 'nz' }).catch(
      (e) => e,
    );
    expect(stale).toMatchObject({ status: 412, code: 'stale_edit', headers: { ETag: `"${second}"` } });
    expect(stale.message).toContain(second);
    expect((await patchClip(portal.deps, COACH, { clipId: 'c', ifMatch: '*' }, { zone: 'oz' })).version).toBe(first);
  });

  it('guards tags and deleting too, and a version changes with the tags', async () => {
    const first = await versionOfC();
    await addTag(portal.deps, COACH, { clipId: 'c', ifMatch: [first] }, 'a');
    const stale = { clipId: 'c', ifMatch: [first] };
    const edits = [
      () => addTag(portal.deps, COACH, stale, 'b'),
      () => removeTag(portal.deps, COACH, stale, 'a'),
      () => deleteClip(portal.deps, ADMIN, stale),
    ];
    for (const edit of edits) expect(await faultOf(edit())).toMatchObject({ status: 412, code: 'stale_edit' });
    expect((await getClip(portal.deps, COACH, 'c')).tags).toEqual(['a']);
    await deleteClip(portal.deps, ADMIN, { clipId: 'c', ifMatch: [await versionOfC()] });
  });

  it('is not moved by cutting, nor by where the objects lie', async () => {
    const before = await versionOfC();
    await portal.db.clip.updateMany({ data: { processingStatus: 'processing', progress: 40 } });
    await portal.db.clipAsset.deleteMany();
    expect(await versionOfC()).toBe(before);
  });

  it('lets one of many edits win that start from the same version', async () => {
    const ifMatch = [await versionOfC()];
    const zones = ['a', 'b', 'c', 'd', 'e'];
    const edits = zones.map((zone) => patchClip(portal.deps, COACH, { clipId: 'c', ifMatch }, { zone }));
    const tags = zones.map((tag) => addTag(portal.deps, COACH, { clipId: 'c', ifMatch }, tag));
    const ends = await Promise.allSettled([...edits, ...tags]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ status: 412, code: 'stale_edit' });
    }
  });

  it('says nothing of a clip out of reach', async () => {
    const edit = patchClip(portal.deps, COACH, { clipId: 'tor', ifMatch: ['0'] }, { zone: 'dz' });
    expect(await faultOf(edit)).toMatchObject({ status: 404 });
  });
});

describe('deleteClip', () => {
  const trash = (query: object = {}) =>
    listClips(portal.deps, ADMIN, listClipsQuerySchema.parse({ deleted: 'true', ...query }));
  const age = (days: number) =>
    portal.db
      .$executeRaw`UPDATE media.clips SET deleted_at = now() - make_interval(days => ${days}) WHERE deleted_at IS NOT NULL`;
  const purge = () => purgeTrash({ db: portal.db, queue: portal.deps.queue });

  it('takes a clip out of everything that is counted, listed, searched and played, for everybody', async () => {
    const counted = async (user: UserContext) => ({
      total: (await listClips(portal.deps, user, listClipsQuerySchema.parse({ limit: '1' }))).total,
      found: (await listClips(portal.deps, user, listClipsQuerySchema.parse({ q: 'nick' }))).total,
      facet: (await listFacets(portal.deps, user, {})).team_code.find(({ value }) => value === 'MTL')?.count,
      stats: (await getStatsOverview(portal.deps, user, {})).total_clips,
      neighbours: (await findNeighbours(portal.deps, user, 'bad', { sort: '-created_at' })).total,
    });
    const users = [COACH, ADMIN, SCOUT, PLAYER];
    const before = await Promise.all(users.map(counted));
    const who = await enlist({ ...portal.deps, db: portal.db }, 'admin');
    await deleteClip(portal.deps, ADMIN, { clipId: 'c' });
    const after = await Promise.all(users.map(counted));
    for (const [k, was] of before.entries()) {
      expect(after[k]).toEqual({
        total: was.total - 1,
        found: was.found - 1,
        facet: (was.facet ?? 0) - 1,
        stats: was.stats - 1,
        neighbours: (was.neighbours ?? 0) - 1,
      });
    }
    for (const user of users) expect(await faultOf(getClip(portal.deps, user, 'c'))).toMatchObject({ status: 404 });
    expect(await faultOf(getClipText(portal.deps, who, 'c', 'playlist.m3u8'))).toMatchObject({ status: 404 });
    expect(await faultOf(deleteClip(portal.deps, ADMIN, { clipId: 'c' }))).toMatchObject({ status: 404 });
    expect(await faultOf(patchClip(portal.deps, ADMIN, { clipId: 'c' }, { zone: 'x' }))).toMatchObject({ status: 404 });
  });

  it('keeps it in the trash of those who may delete, within their reach, until it is restored as it was', async () => {
    const before = await getClip(portal.deps, ADMIN, 'c');
    await deleteClip(portal.deps, ADMIN, { clipId: 'c' });
    const { clips, total } = await trash({ q: 'nick', team_code: ['MTL'] });
    expect([total, clips[0]?.clip_id, typeof clips[0]?.deleted_at]).toEqual([1, 'c', 'string']);
    const other = caller('admin', { teamAccess: ['TOR'] });
    const query = listClipsQuerySchema.parse({ deleted: 'true' });
    expect((await listClips(portal.deps, other, query)).total).toBe(0);
    expect(await faultOf(restoreClip(portal.deps, other, 'c'))).toMatchObject({ status: 404 });
    for (const user of [COACH, SCOUT, PLAYER]) {
      expect(await faultOf(listClips(portal.deps, user, query))).toMatchObject({ status: 403 });
      expect(await faultOf(restoreClip(portal.deps, user, 'c'))).toMatchObject({ status: 403 });
    }
    const { updated_at: _, assets, ...after } = await restoreClip(portal.deps, ADMIN, 'c');
    expect(before).toMatchObject(after);
    expect(assets.map(({ gcs_uri }) => gcs_uri)).toEqual(before.assets.map(({ gcs_uri }) => gcs_uri));
    expect((await trash()).total).toBe(0);
    expect(await portal.jobs('encode')).toEqual([]);
    expect(await faultOf(restoreClip(portal.deps, ADMIN, 'c'))).toMatchObject({ status: 409, code: 'not_deleted' });
    expect(await faultOf(restoreClip(portal.deps, ADMIN, 'none'))).toMatchObject({ status: 404 });
  });

  it('of a clip that is being cut ends its claim; restored, it is in line again, once', async () => {
    const work = createClipWork(portal.db);
    await portal.db.clip.update({ where: { clipId: 'c' }, data: { processingStatus: 'pending' } });
    const claim = await work.claim('c', randomUUID());
    if (!claim) throw new Error('not claimed');
    await deleteClip(portal.deps, ADMIN, { clipId: 'c' });
    expect(await work.reportProgress(claim, 50)).toBe(false);
    expect(await work.publish(claim, { assets: [], frameRate: 30, audioNote: null, processingTimeS: 1 })).toBe(false);
    expect(await work.claim('c', randomUUID())).toBeNull();
    await work.failAbandoned('c', 'died');
    const ends = await Promise.allSettled([1, 2, 3].map(() => restoreClip(portal.deps, ADMIN, 'c')));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await getClip(portal.deps, ADMIN, 'c')).toMatchObject({ processing_status: 'pending', progress: 0 });
    expect((await portal.jobs('encode')).map(({ data }) => data)).toEqual([{ clipId: 'c' }]);
  });

  it('takes the waiting cut out of the line, and says its place while it waits', async () => {
    await portal.db.clip.update({ where: { clipId: 'c' }, data: { processingStatus: 'pending' } });
    await portal.deps.queue.enqueueCuts(portal.db, 'many', ['other', 'c']);
    expect((await getClip(portal.deps, ADMIN, 'c')).place_in_line).toBeGreaterThan(0);
    await deleteClip(portal.deps, ADMIN, { clipId: 'c' });
    expect((await portal.jobs('encode')).map(({ data }) => data)).toEqual([{ clipId: 'other' }]);
    const back = await restoreClip(portal.deps, ADMIN, 'c');
    expect(back.place_in_line).toBe(1);
    await portal.db.clip.update({ where: { clipId: 'c' }, data: { processingStatus: 'ready' } });
    expect(await getClip(portal.deps, ADMIN, 'c')).not.toHaveProperty('place_in_line');
  });

  it('ends after 30 days: rows go, and exactly the registered generations are enqueued', async () => {
    await deleteClip(portal.deps, ADMIN, { clipId: 'c' });
    await age(29);
    expect(await purge()).toBe(0);
    expect(await portal.db.clip.count()).toBe(3);
    await age(31);
    expect(await purge()).toBe(1);
    expect(await portal.db.clip.findUnique({ where: { clipId: 'c' } })).toBeNull();
    expect(await portal.db.clip.count()).toBe(2);
    expect(await portal.db.clipAsset.count()).toBe(0);
    expect((await portal.jobs('remove-objects')).map(({ data }) => data)).toEqual([
      {
        objects: [
          { gcsUri: `${URI}/clip.mp4`, generation: '11' },
          { gcsUri: `${URI}/thumb.jpg`, generation: null },
        ],
      },
    ]);
  });

  it('of hundreds of clips, with a thousand and one objects, loses none; two workers share the work', async () => {
    const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'tor' } });
    const segments = Array.from({ length: 1001 }, (_, k) => `${URI}/${k}.ts`);
    await portal.db.clipAsset.deleteMany();
    await portal.db.clipAsset.createMany({
      data: segments.map((gcsUri) => ({ clipId: id, assetType: 'hls_segment', gcsUri })),
    });
    await portal.db.clip.createMany({ data: Array.from({ length: 450 }, () => clipRow()) });
    await portal.db.clip.updateMany({ data: { deletedAt: new Date() } });
    await age(31);
    const both = await Promise.all([purge(), purge()]);
    expect(both[0] + both[1]).toBe(453);
    const payloads = (await portal.jobs('remove-objects')).map(
      ({ data }) => (data as { objects: { gcsUri: string }[] }).objects,
    );
    expect(payloads.every((objects) => objects.length <= 1000)).toBe(true);
    expect(
      payloads
        .flat()
        .map(({ gcsUri }) => gcsUri)
        .sort(),
    ).toEqual(segments.toSorted());
  });

  it('keeps its clip_id and its master, which is told to those who may look into the trash', async () => {
    const master = await portal.db.master.create({ data: masterRow() });
    await deleteClip(portal.deps, ADMIN, { clipId: 'c' });
    const again = createClipSchema.parse({
      ...{ clip_id: 'c', master_id: master.id, start_timecode_s: 1, end_timecode_s: 2, team_code: 'MTL' },
      ...{ season: '2025-2026', game_id: '20031', player_id: '1', event_type: 'shot' },
    });
    const told = await faultOf(createClip(portal.deps, ADMIN, again));
    const untold = await faultOf(createClip(portal.deps, COACH, again));
    expect([told.code, untold.code]).toEqual(['clip_exists', 'clip_exists']);
    expect(told.message).toContain('trash');
    expect(untold.message).not.toContain('trash');
    await portal.db.clip.deleteMany({ where: { clipId: { not: 'c' } } });
    const held = await faultOf(deleteMaster(portal.deps, ADMIN, master.id));
    expect(held).toMatchObject({ status: 409, code: 'master_in_use', message: expect.stringContaining('1 clip') });
    expect((await getMaster(portal.deps, ADMIN, master.id)).clip_count).toBe(0);
  });

  it('is an admin’s', async () => {
    for (const user of [COACH, SCOUT, PLAYER])
      expect(await faultOf(deleteClip(portal.deps, user, { clipId: 'c' }))).toMatchObject({ status: 403 });
    expect(await portal.db.clip.count({ where: { deletedAt: null } })).toBe(3);
  });
});

describe('what a clip shows', () => {
  // What the database has beside is in clip-fields.db.test.ts.
  const CLIP_KEYS = [...fieldsWith('shown'), 'playback', 'assets', 'tags'].filter(
    (name) => !['deleted_at', 'place_in_line'].includes(name),
  );
  const ASSET_KEYS = [
    ...['id', 'asset_type', 'gcs_uri', 'cdn_path', 'file_size_bytes', 'duration_s', 'width', 'height', 'codec'],
    ...['bitrate_kbps', 'signed_url', 'expires_at'],
  ];

  it('is this and nothing more', async () => {
    const clip = await getClip(portal.deps, COACH, 'c');
    expect(Object.keys(clip).sort()).toEqual(CLIP_KEYS.toSorted());
    expect(clip.assets.map((asset) => Object.keys(asset).sort())).toEqual([
      ASSET_KEYS.toSorted(),
      ASSET_KEYS.toSorted(),
    ]);
    expect(clip.assets[0]?.file_size_bytes).toBe(5_000_000_000);
    expect(clipSchema.strict().safeParse(clip).error).toBeUndefined();
  });

  it('is not the master, to a player', async () => {
    const clip = await getClip(portal.deps, PLAYER, 'c');
    expect(Object.keys(clip).sort()).toEqual(CLIP_KEYS.filter((key) => key !== 'source_gcs_uri').sort());
    expect(JSON.stringify(clip)).not.toContain('test-lake');
  });

  it('leaves out an asset that lies outside the two buckets', async () => {
    await portal.db.clipAsset.updateMany({
      where: { assetType: 'thumbnail' },
      data: { gcsUri: 'gs://elsewhere/thumb.jpg' },
    });
    expect((await getClip(portal.deps, COACH, 'c')).assets.map((asset) => asset.asset_type)).toEqual(['mp4']);
  });
});
