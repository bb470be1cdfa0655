import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { holdMasters } from '#lib/clips/cut-source-repo.ts';
import { resolveCutSources } from '#lib/clips/resolve-cut-source.ts';
import { idempotentRequest } from '#lib/http/idempotency-key.ts';
import { MediaError } from '#lib/media/media-types.ts';
import { toolsOf } from '#lib/media/tools/pids-fixture.ts';
import { caller, clipRow, enlist, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteMaster, restoreMaster } from './delete-master.ts';
import { getMaster } from './get-master.ts';
import { listMasters } from './list-masters.ts';
import { createMasterSchema, listMastersQuerySchema, masterSchema } from './master-schemas.ts';
import { startUpload } from './start-upload.ts';
import { crc32cOfChunks, makeVideo, sendBytes, toBeSent } from './uploads-fixture.ts';

let portal: PortalFixture;
let video: { bytes: Buffer; crc32c: string };
let [admin, other]: UserContext[] = [];
let checked: ReturnType<typeof portal.deps.inspectMaster> | undefined;
let serial = 0;
let filename = '';

const folder = mkdtemp(path.join(tmpdir(), 'uploads-test-'));
beforeAll(async () => {
  portal = await portalFixture();
  video = await makeVideo(await folder);
});
afterAll(async () => {
  await portal.close();
  await rm(await folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await portal.db.master.deleteMany();
  await portal.db.idempotencyKey.deleteMany();
  [admin, other] = await Promise.all([enlist(portal.deps, 'admin'), enlist(portal.deps, 'admin')]);
  serial += 1;
  filename = `p1-${serial}.mp4`;
});

const who = (user: UserContext | undefined): UserContext => user ?? caller('admin');
const input = (overrides: object = {}) =>
  createMasterSchema.parse({
    team_code: 'mtl',
    season: '2025-2026',
    game_id: '20031',
    filename,
    size_bytes: video.bytes.length,
    content_type: 'application/octet-stream',
    ...overrides,
  });
const announce = (overrides: object = {}, user = admin) => startUpload(portal.deps, who(user), input(overrides));
const start = async (overrides: object = {}, user = admin) => toBeSent(await announce(overrides, user));
const complete = (id: string, user = admin) => completeUpload(portal.deps, who(user), id).then(({ master }) => master);
/** As `complete`, but the video is really checked once: for tests of what is before and after that. */
const completeChecked = (id: string) => {
  const inspectMaster: typeof portal.deps.inspectMaster = (...asked) => {
    checked ??= portal.deps.inspectMaster(...asked);
    return checked;
  };
  return completeUpload({ ...portal.deps, inspectMaster }, who(admin), id).then(({ master }) => master);
};
const refOf = (name = filename) => ({ bucket: 'test-lake', key: `media/raw/MTL/2025-2026/20031/${name}` });
const uploaded = async (overrides: object = {}, bytes: Uint8Array = video.bytes) => {
  const { master, upload } = await start({ size_bytes: bytes.length, ...overrides });
  expect(await sendBytes(portal, upload.url, bytes)).toBe(200);
  return master;
};

describe('an Idempotency-Key', () => {
  const keyed = (path: string, body: unknown) =>
    idempotentRequest(new Request(`http://x${path}`, { method: 'POST', headers: { 'idempotency-key': 'k' } }), body);
  const startKeyed = (overrides: object = {}) =>
    startUpload(portal.deps, who(admin), input(overrides), { request: keyed('/masters', input(overrides)) });

  it('of an upload gives the same session again, refuses another file, and knows that the master is gone', async () => {
    const first = await startKeyed();
    expect(await startKeyed()).toEqual({ ...first, created: false, isReplay: true });
    expect(await faultOf(startKeyed({ size_bytes: 7 }))).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    await portal.db.master.deleteMany();
    expect(await faultOf(startKeyed())).toMatchObject({ status: 409, code: 'replay_gone' });
    expect(await portal.db.master.count()).toBe(0);
  });

  it('opens one upload for many at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 4 }, () => startKeyed()));
    const done = all.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
    expect(done.filter(({ created }) => created)).toHaveLength(1);
    for (const end of all)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'request_in_progress' });
    expect(await portal.db.master.count()).toBe(1);
  });

  it('of a completion answers the master again, and says that it does', async () => {
    const { id } = await uploaded();
    const finish = () =>
      completeUpload(portal.deps, who(admin), id, { request: keyed(`/masters/${id}/complete`, null) });
    const first = await finish();
    expect(first).toMatchObject({ isReplay: false, master: { status: 'ready' } });
    expect(await finish()).toEqual({ ...first, isReplay: true });
    expect(await complete(id)).toEqual(first.master);
  });
});

describe('starting an upload', () => {
  it('of a file that the store has no room for is the caller’s to mend, and leaves nothing', async () => {
    const full = async () => Promise.reject(new StoreError('too_large', 'no room at /secret/path'));
    const deps = { ...portal.deps, store: { ...portal.store, startUpload: full } };
    const fault = await faultOf(startUpload(deps, who(admin), input({ size_bytes: 5 * 1024 ** 4 })));
    expect(fault).toMatchObject({ status: 413, code: 'out_of_space' });
    expect(fault.message).not.toContain('secret');
    expect(await portal.db.master.count({ where: { sizeBytes: 5n * 1024n ** 4n } })).toBe(0);
  });

  it('registers the master under its key, with the type of its suffix, and opens a session', async () => {
    const { created, master, upload } = await start({ period: 2 });
    expect(created).toBe(true);
    expect(master).toMatchObject({
      status: 'uploading',
      lake_uri: `gs://test-lake/media/raw/MTL/2025-2026/20031/${filename}`,
      content_type: 'video/mp4',
      period: 2,
      created_by: admin?.name,
      signed_url: null,
    });
    expect(upload).toMatchObject({ protocol: 'gcs-resumable', chunk_multiple: 262_144 });
    expect(masterSchema.strict().safeParse(master).error).toBeUndefined();
    expect(JSON.stringify(master)).not.toContain('upload_id');
  });

  it.each([undefined, '', 'video/mp4; codecs="avc1"', 'x'])(
    'takes %j for a content type: it stores the one that the suffix stands for',
    async (content_type) => {
      expect((await start({ content_type })).master.content_type).toBe('video/mp4');
    },
  );

  it('again by the same person gives the same session, where it stands', async () => {
    const first = await start();
    const again = await start();
    expect(again).toEqual({ ...first, created: false });
    expect(await portal.db.master.count()).toBe(1);
  });

  it('again once the session has expired opens a new one for the same master', async () => {
    const first = await start();
    portal.setNow(new Date(Date.parse(first.upload.expires_at) + 1));
    const again = await start();
    portal.setNow(null);
    expect(again.master.id).toBe(first.master.id);
    expect(again.upload.url).not.toBe(first.upload.url);
  });

  it('again once the store has forgotten the session opens a new one for the same master', async () => {
    const first = await start();
    await portal.store.cancelUpload(first.upload.url);
    const again = await start();
    expect(again.master.id).toBe(first.master.id);
    expect(again.upload.url).not.toBe(first.upload.url);
    expect(await start()).toEqual(again);
    expect(await sendBytes(portal, again.upload.url, video.bytes)).toBe(200);
    expect((await completeChecked(again.master.id)).status).toBe('ready');
  });

  it('again when the portal has moved opens a session under the new address', async () => {
    const first = await start();
    const moved = first.upload.url.replace(/^http:..[^/]+/, 'https://old.example');
    await portal.db.master.update({ where: { id: first.master.id }, data: { uploadUrl: moved } });
    const again = await start();
    expect(again.master.id).toBe(first.master.id);
    expect(await sendBytes(portal, again.upload.url, video.bytes)).toBe(200);
  });

  it.each<[string, object, () => UserContext | undefined]>([
    ['by someone else', {}, () => other],
    ['with another size', { size_bytes: 7 }, () => admin],
    ['with another checksum', { crc32c: 'AAAAAA==' }, () => admin],
  ])('again %s is 409, and the first goes on', async (_what, overrides, user) => {
    const first = await start({ crc32c: video.crc32c });
    expect(await faultOf(start(overrides, user()))).toMatchObject({ status: 409, code: 'upload_in_progress' });
    expect(await sendBytes(portal, first.upload.url, video.bytes)).toBe(200);
  });

  it('by two people at the same moment is one upload, and leaves one session', async () => {
    const both = await Promise.allSettled([start({}, admin), start({}, other)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'upload_in_progress' } });
    const winner = both.find((one) => one.status === 'fulfilled');
    expect(await sendBytes(portal, winner?.value.upload.url ?? '', video.bytes)).toBe(200);
  });

  it('twice by one person at the same moment is one upload', async () => {
    const [a, b] = await Promise.all([start(), start()]);
    expect(a.upload.url).toBe(b.upload.url);
    expect([a.created, b.created].sort()).toEqual([false, true]);
  });

  it('over a master that is ready, or a file that only the lake knows, is 409 and changes nothing', async () => {
    const master = await uploaded();
    await completeChecked(master.id);
    for (const user of [admin, other])
      expect(await faultOf(start({}, user))).toMatchObject({ status: 409, code: 'master_exists' });
    await portal.store.write(refOf('old.mp4'), Buffer.from('old'), { contentType: 'video/mp4' });
    expect(await faultOf(start({ filename: 'old.mp4' }))).toMatchObject({ status: 409, code: 'object_exists' });
    expect((await portal.store.stat(refOf('old.mp4')))?.sizeBytes).toBe(3);
    expect(await portal.db.master.count()).toBe(1);
  });

  it('of what is ready, with its size and checksum, is the ready master to whoever may send it, and sends nothing', async () => {
    const { id } = await uploaded({ crc32c: video.crc32c });
    const ready = await completeChecked(id);
    for (const user of [admin, other]) {
      const again = await announce({ crc32c: video.crc32c }, user);
      expect(again).toEqual({ created: false, isReplay: false, master: ready, upload: null });
    }
    const taken = { status: 409, code: 'master_exists' };
    expect(await faultOf(announce({ crc32c: 'AAAAAA==' }))).toMatchObject(taken);
    expect(await faultOf(announce({ crc32c: video.crc32c, size_bytes: 5 }))).toMatchObject(taken);
    expect(await faultOf(announce({ crc32c: video.crc32c }, caller('coach')))).toMatchObject({ status: 403 });
    expect(await portal.db.master.count()).toBe(1);
  });

  it('whose session died after its last byte says that nothing is to be sent, and is completed', async () => {
    const first = await uploaded();
    await portal.db.master.update({ where: { id: first.id }, data: { uploadExpiresAt: new Date(0) } });
    const again = await announce();
    expect(again).toMatchObject({ created: false, master: { id: first.id, status: 'uploading' }, upload: null });
    expect((await completeChecked(first.id)).status).toBe('ready');
  });

  it('whose place holds another file than the one announced is refused until its master is deleted', async () => {
    const { master, upload } = await start({ size_bytes: 5 });
    await portal.store.cancelUpload(upload.url);
    await portal.store.write(refOf(), Buffer.from('an other file'), { contentType: 'video/mp4' });
    expect(await faultOf(announce({ size_bytes: 5 }))).toMatchObject({ status: 409, code: 'object_exists' });
    expect(await faultOf(completeChecked(master.id))).toMatchObject({ status: 422, code: 'upload_mismatch' });
    await deleteMaster(portal.deps, who(admin), master.id);
    expect((await start({ size_bytes: 5 })).created).toBe(true);
  });

  it.each(['staff', 'coach', 'analyst', 'scout', 'player'] as const)('by a %s is 403', async (role) => {
    expect(await faultOf(start({}, caller(role)))).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('for a team of others is 403', async () => {
    expect(await faultOf(start({}, caller('admin', { teamAccess: ['TOR'] })))).toMatchObject({
      status: 403,
      code: 'foreign_team',
    });
  });
});

describe('completing an upload', () => {
  it('of a real video says what it is, and makes it ready to watch', async () => {
    const { id } = await uploaded({ crc32c: video.crc32c });
    expect(await complete(id)).toMatchObject({
      status: 'ready',
      width: 160,
      height: 90,
      frame_rate: 30,
      video_codec: 'h264',
      audio_codec: 'aac',
      audio_note: null,
      cut_off_at_s: null,
      gaps: [],
      damage: [],
      crc32c: video.crc32c,
      duration_s: expect.closeTo(1, 1),
      signed_url: expect.stringContaining(`/api/objects/test-lake/media/raw/MTL/2025-2026/20031/${filename}?`),
    });
    expect(await portal.db.master.findUnique({ where: { id } })).toMatchObject({
      uploadUrl: null,
      uploadExpiresAt: null,
    });
  });

  it('before its bytes are there is 409, and it can go on', async () => {
    const { master, upload } = await start();
    expect(await faultOf(complete(master.id))).toMatchObject({ status: 409, code: 'upload_unfinished' });
    expect(await sendBytes(portal, upload.url, video.bytes)).toBe(200);
    expect((await complete(master.id)).status).toBe('ready');
  });

  it('by someone else is 403, out of reach or unknown 404', async () => {
    const { id } = await uploaded();
    expect(await faultOf(complete(id, other))).toMatchObject({ status: 403, code: 'not_your_upload' });
    expect(await faultOf(complete(id, caller('coach')))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await faultOf(complete(id, caller('admin', { teamAccess: ['TOR'] })))).toMatchObject({ status: 404 });
    expect(await faultOf(complete('0b2f9c1e-8f2d-4a6b-9a3e-2f1d3c4b5a69'))).toMatchObject({ status: 404 });
    expect((await getMaster(portal.deps, who(admin), id)).status).toBe('uploading');
  });

  it('many times at once, and again, makes it ready once, and answers the master to all', async () => {
    const { id } = await uploaded();
    const all = await Promise.all([complete(id), complete(id), complete(id), complete(id)]);
    for (const master of [...all, await complete(id)]) expect(master).toEqual({ ...all[0], status: 'ready' });
    const told = await portal.db.$queryRaw`SELECT 1 FROM media.audit_log
      WHERE action = 'master.ready' AND target_id = ${id}`;
    expect(told).toHaveLength(1);
  });

  it('many times at once of what is no video tells all of them why', async () => {
    const { id } = await uploaded({}, Buffer.from('not a video'));
    for (const fault of await Promise.all([faultOf(complete(id)), faultOf(complete(id))])) {
      expect(fault).toMatchObject({ status: 422, message: expect.stringMatching(/./) });
    }
  });

  it.each<[string, () => Promise<Uint8Array>, () => Promise<object>, string]>([
    [
      'another checksum',
      async () => video.bytes,
      async () => ({ crc32c: await crc32cOfChunks(Buffer.from('x')) }),
      'upload_mismatch',
    ],
    ['a text file', async () => Buffer.from('not a video\n'.repeat(100)), async () => ({}), 'not_a_video'],
    [
      'a playlist',
      async () => Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
      async () => ({}),
      'not_a_video',
    ],
  ])('of %s is 422 with the reason, and stays failed', async (_what, bytes, extra, code) => {
    const { id } = await uploaded(await extra(), await bytes());
    const fault = await faultOf(complete(id));
    expect(fault).toMatchObject({ status: 422, code });
    expect(await faultOf(complete(id))).toMatchObject({ status: 422, code: 'master_failed', message: fault.message });
    expect(await getMaster(portal.deps, who(admin), id)).toMatchObject({
      status: 'failed',
      error_message: fault.message,
    });
    expect(await faultOf(start({ size_bytes: (await bytes()).length }))).toMatchObject({
      status: 409,
      code: 'master_failed',
    });
  });

  it('of another size is 422', async () => {
    const { master } = await start({ size_bytes: 5 });
    await portal.store.write(refOf(), Buffer.from('four'), { contentType: 'video/mp4' });
    expect(await faultOf(complete(master.id))).toMatchObject({
      status: 422,
      code: 'upload_mismatch',
      message: expect.stringMatching(/4 bytes; 5 /),
    });
  });

  it('of another container than its name says is 422 with the right suffix, and no master', async () => {
    const { bytes } = await makeVideo(await folder, 'mkv');
    const { id } = await uploaded({}, bytes);
    const fault = await faultOf(complete(id));
    expect(fault).toMatchObject({ status: 422, code: 'wrong_suffix', message: expect.stringContaining('.mkv') });
    expect(await getMaster(portal.deps, who(admin), id)).toMatchObject({
      status: 'failed',
      error_message: fault.message,
    });
    const renamed = await uploaded({ filename: filename.replace('.mp4', '.mkv') }, bytes);
    expect((await complete(renamed.id)).status).toBe('ready');
  });

  it('while others are checked is 503 and decides nothing', async () => {
    const { id } = await uploaded();
    const inspectMaster = vi.fn().mockRejectedValue(new MediaError('checks_busy', 'x', { retryable: true }));
    const busy = await completeUpload({ ...portal.deps, inspectMaster }, who(admin), id).catch((error) => error);
    expect(busy).toMatchObject({ status: 503, code: 'checks_busy', headers: { 'Retry-After': '20' } });
    expect((await complete(id)).status).toBe('ready');
  });

  it('whose caller has gone is broken off and decides nothing', async () => {
    const { id } = await uploaded();
    const gone = new AbortController();
    const inspectMaster: typeof portal.deps.inspectMaster = (source, options) => {
      const read: typeof source.read = (...args) => {
        gone.abort();
        return source.read(...args);
      };
      return portal.deps.inspectMaster({ ...source, read }, options);
    };
    const ended = completeUpload({ ...portal.deps, inspectMaster }, who(admin), id, { signal: gone.signal });
    expect(await faultOf(ended)).toMatchObject({ status: 499, code: 'client_gone' });
    expect(await toolsOf(process.pid)).toEqual([]);
    expect((await complete(id)).status).toBe('ready');
  });

  it('while the store fails decides nothing', async () => {
    const { id } = await uploaded();
    const inspectMaster = vi.fn().mockRejectedValue(new MediaError('source_unreadable', 'x', { retryable: true }));
    const broken = completeUpload({ ...portal.deps, inspectMaster }, who(admin), id);
    expect(await faultOf(broken)).toMatchObject({ status: 503, code: 'check_broken_off' });
    expect((await complete(id)).status).toBe('ready');
  });
});

describe('deleting a master', () => {
  const remove = (id: string, user = admin) => deleteMaster(portal.deps, who(user), id);
  const purge = (id: string) => deleteMaster(portal.deps, who(admin), id, { permanent: true });
  const listed = async (deleted: 'true' | 'false') =>
    (await listMasters(portal.deps, who(admin), listMastersQuerySchema.parse({ deleted }))).masters.map(({ id }) => id);

  it('puts a recording into the trash, with its bytes and its name, and gives it back whole', async () => {
    const { id, lake_uri } = await uploaded();
    await completeChecked(id);
    const before = await getMaster(portal.deps, who(admin), id);
    await remove(id);
    expect(await portal.store.stat(refOf())).not.toBeNull();
    expect(await faultOf(getMaster(portal.deps, who(admin), id))).toMatchObject({ status: 404 });
    expect(await faultOf(remove(id))).toMatchObject({ status: 404 });
    expect([await listed('false'), await listed('true')]).toEqual([[], [id]]);
    // Nothing is cut from it, by its id or by its place; and its place is taken.
    for (const named of [{ master_id: id }, { source_gcs_uri: lake_uri }]) {
      const sources = await withinReach(portal.deps.db, who(admin), (tx) =>
        resolveCutSources(portal.deps, tx, who(admin), [named], null),
      );
      expect([...sources.values()]).toEqual([expect.objectContaining({ code: 'unknown_master' })]);
    }
    const again = [start(), start({ crc32c: before.crc32c ?? '' })];
    for (const fault of await Promise.all(again.map(faultOf))) {
      expect(fault).toMatchObject({ status: 409, code: 'master_in_trash' });
    }
    expect(await faultOf(restoreMaster(portal.deps, who(caller('coach')), id))).toMatchObject({ status: 403 });
    const elsewhere = who(caller('admin', { teamAccess: ['TOR'] }));
    expect(await faultOf(restoreMaster(portal.deps, elsewhere, id))).toMatchObject({ status: 404 });

    const { updated_at: _, signed_url: __, ...restored } = await restoreMaster(portal.deps, who(admin), id);
    expect(before).toMatchObject(restored);
    expect([await listed('false'), await listed('true')]).toEqual([[id], []]);
    expect(await faultOf(restoreMaster(portal.deps, who(admin), id))).toMatchObject({
      status: 409,
      code: 'not_deleted',
    });
    const entries = await portal.db.auditEntry.findMany({ where: { targetId: id }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action }) => action).slice(-2)).toEqual(['master.delete', 'master.restore']);
  });

  it('for good takes row and object, and the name is free again', async () => {
    const { id } = await uploaded();
    await completeChecked(id);
    await remove(id);
    await purge(id);
    expect(await portal.store.stat(refOf())).toBeNull();
    expect(await listed('true')).toEqual([]);
    expect((await start()).created).toBe(true);
  });

  it('that a clip was cut from is 409 and stays', async () => {
    const { id, lake_uri } = await uploaded();
    await completeChecked(id);
    await portal.db.clip.create({ data: clipRow({ clipId: `of-${serial}`, sourceGcsUri: lake_uri }) });
    expect(await faultOf(remove(id))).toMatchObject({ status: 409, code: 'master_in_use' });
    expect(await portal.store.stat(refOf())).not.toBeNull();
    expect((await getMaster(portal.deps, who(admin), id)).clip_count).toBe(1);
  });

  it('waits for a clip that is being made from it, and then stays', async () => {
    const { db } = portal;
    const { id, lake_uri } = await uploaded();
    await completeChecked(id);
    const [inserted, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const making = db.$transaction(async (tx) => {
      expect(await holdMasters(tx, { ids: [], lakeUris: [lake_uri] })).toMatchObject([{ id, is_deleted: false }]);
      await tx.clip.create({ data: clipRow({ clipId: `made-${serial}`, sourceGcsUri: lake_uri }) });
      inserted.resolve();
      await commit.promise;
    });
    await inserted.promise;
    const removing = faultOf(remove(id));
    const waiting = () => db.$queryRaw<unknown[]>`SELECT FROM pg_locks WHERE NOT granted`;
    await expect.poll(async () => (await waiting()).length).toBeGreaterThan(0);
    commit.resolve();
    await making;
    expect(await removing).toMatchObject({ status: 409, code: 'master_in_use' });
    expect(await portal.store.stat(refOf())).not.toBeNull();
  });

  it('leaves nothing to hold for a clip that comes too late', async () => {
    const { id, lake_uri } = await uploaded();
    await completeChecked(id);
    await remove(id);
    expect(await holdMasters(portal.db, { ids: [id], lakeUris: [lake_uri] })).toMatchObject([{ is_deleted: true }]);
  });

  it('that is being uploaded ends its session', async () => {
    const { master, upload } = await start();
    await remove(master.id, other);
    expect([404, 410]).toContain(await sendBytes(portal, upload.url, video.bytes));
    expect(await portal.store.stat(refOf())).toBeNull();
  });

  it('whose session was opened under another address of the portal works all the same', async () => {
    const { master } = await start();
    const moved = `https://old.example/api/objects/test-lake/x?upload_id=abc`;
    await portal.db.master.update({ where: { id: master.id }, data: { uploadUrl: moved } });
    await remove(master.id);
    expect(await portal.db.master.count()).toBe(0);
  });

  it('is an admin’s of that team', async () => {
    const { master } = await start();
    expect(await faultOf(remove(master.id, caller('coach')))).toMatchObject({ status: 403 });
    expect(await faultOf(remove(master.id, caller('admin', { teamAccess: ['TOR'] })))).toMatchObject({ status: 404 });
  });
});
