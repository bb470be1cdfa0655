import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idempotentRequest } from '#lib/http/idempotency-key.ts';
import { caller, clipRow, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { bulkClips } from './bulk-clips.ts';
import { type BulkClipsBody, bulkClipsSchema } from './bulk-schemas.ts';
import { selectClipsById } from './clip-repo.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
  await portal.db.clip.createMany({
    data: [
      clipRow({ clipId: 'a', period: 1 }),
      clipRow({ clipId: 'b', period: 2, processingStatus: 'pending' }),
      clipRow({ clipId: 'c', period: 2, processingStatus: 'processing' }),
      clipRow({ clipId: 'tor', teamCode: 'TOR', period: 2 }),
    ],
  });
  await tag('a', 'old');
  await tag('b', 'old', 'new');
  await tag('tor', 'old');
});

const tag = async (clipId: string, ...tags: string[]) => {
  const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId } });
  await portal.db.clipTag.createMany({ data: tags.map((one) => ({ clipId: id, tag: one, tagType: 'manual' })) });
};
const tagsNow = async () => {
  const clips = await portal.db.clip.findMany({
    include: { tags: { orderBy: { tag: 'asc' } } },
    orderBy: { clipId: 'asc' },
  });
  return Object.fromEntries(clips.map((clip) => [clip.clipId, clip.tags.map((one) => one.tag).join()]));
};
const deleted = async () =>
  (await portal.db.clip.findMany({ where: { deletedAt: { not: null } }, orderBy: { clipId: 'asc' } })).map(
    ({ clipId }) => clipId,
  );

const COACH = caller('coach', { teamAccess: ['MTL'] });
const ADMIN = caller('admin', { teamAccess: ['MTL'] });
const ALL = ['a', 'b', 'c', 'tor', 'none'];
const run = async (body: BulkClipsBody, user = ADMIN) =>
  (await bulkClips(portal.deps, user, bulkClipsSchema.parse(body))).result;
const UNTOUCHED = { a: 'old', b: 'new,old', c: '', tor: 'old' };

describe('a bulk change', () => {
  it.each<[BulkClipsBody, number, Record<string, string>]>([
    [{ action: 'add_tags', tags: ['old', 'new', 'old'], clip_ids: ALL }, 2, { a: 'new,old', c: 'new,old' }],
    [{ action: 'remove_tags', tags: ['old', 'x'], clip_ids: ALL }, 2, { a: '', b: 'new' }],
    [{ action: 'replace_tag', tag: 'old', with: 'new', clip_ids: ALL }, 2, { a: 'new', b: 'new' }],
    [{ action: 'replace_tag', tag: 'old', with: 'old', clip_ids: ALL }, 0, {}],
    [{ action: 'add_tags', tags: ['old'], filter: { period: [2, 3], team_code: ['mtl'] } }, 1, { c: 'old' }],
    [{ action: 'remove_tags', tags: ['old'], filter: { tag: ['new'] } }, 1, { b: 'new' }],
  ])('%j changes these, and its dry run counted them and changed nothing', async (body, changed, after) => {
    const counted = await run({ ...body, dry_run: true }, COACH);
    expect(await tagsNow()).toEqual(UNTOUCHED);
    const done = await run(body, COACH);
    expect(done).toEqual({ ...counted, dry_run: false });
    expect(done.changed).toBe(changed);
    expect(await tagsNow()).toEqual({ ...UNTOUCHED, ...after });
    expect(await portal.db.$queryRaw`SELECT media.wrong_search_texts() AS wrong`).toEqual([{ wrong: 0n }]);
    expect(await portal.db.$queryRaw`SELECT media.wrong_clip_counts() AS wrong`).toEqual([{ wrong: 0n }]);
    expect((await run(body, COACH)).changed).toBe(0);
  });

  it('of tags writes no new version of a clip, is an edit of it, and tells of tags alone', async () => {
    const versions = () => portal.db.$queryRaw<{ id: number }[]>`
      SELECT id, ctid::text, updated_at::text FROM media.clips ORDER BY id`;
    const edits = async () => (await selectClipsById(portal.db, COACH, ['a', 'b', 'c'])).map((clip) => clip.updated_at);
    await portal.db.$executeRaw`DELETE FROM media.events`;
    const before = await versions();
    const edited = await edits();
    expect((await run({ action: 'add_tags', tags: ['Échappée-belle'], clip_ids: ALL })).changed).toBe(3);
    expect(await versions()).toEqual(before);
    expect((await edits()).every((at, n) => at > (edited[n] ?? ''))).toBe(true);
    expect(await portal.db.$queryRaw`SELECT media.wrong_search_texts() AS wrong`).toEqual([{ wrong: 0n }]);
    const told = await portal.db.$queryRaw`SELECT clip_id, type FROM media.events ORDER BY clip_id`;
    expect(told).toEqual(['a', 'b', 'c'].map((clip_id) => ({ clip_id, type: 'clip.tags' })));
    const tagged = await edits();
    expect((await run({ action: 'remove_tags', tags: ['Échappée-belle'], clip_ids: ALL })).changed).toBe(3);
    expect((await edits()).every((at, n) => at > (tagged[n] ?? ''))).toBe(true);
    await portal.db.clip.deleteMany();
    expect(await portal.db.clipTagging.count()).toBe(0);
  });

  it('matches what is in reach, and tells nothing apart that is not', async () => {
    const matched = async (clip_ids: string[]) =>
      (await run({ action: 'add_tags', tags: ['t'], clip_ids, dry_run: true })).matched;
    expect([await matched(ALL), await matched(['tor']), await matched(['none'])]).toEqual([3, 0, 0]);
    expect((await run({ action: 'add_tags', tags: ['t'], filter: {} })).matched).toBe(3);
    expect((await tagsNow()).tor).toBe('old');
  });

  it('deletes and restores; what was not cut is put in line again', async () => {
    const named = { clip_ids: ALL };
    await portal.deps.queue.enqueueCuts(portal.db, 'many', ['b', 'c']);
    expect(await run({ action: 'delete', ...named, dry_run: true })).toMatchObject({ matched: 3, changed: 3 });
    expect(await deleted()).toEqual([]);
    expect(await run({ action: 'delete', ...named })).toMatchObject({ matched: 3, changed: 3 });
    expect(await deleted()).toEqual(['a', 'b', 'c']);
    expect(await portal.jobs('encode')).toEqual([]);
    expect(await run({ action: 'delete', ...named })).toMatchObject({ matched: 0, changed: 0 });
    expect(await run({ action: 'add_tags', tags: ['t'], ...named })).toMatchObject({ matched: 0 });
    expect(await run({ action: 'restore', filter: { period: 2 }, dry_run: true })).toMatchObject({ matched: 2 });
    expect(await run({ action: 'restore', ...named })).toMatchObject({ matched: 3, changed: 3 });
    expect(await deleted()).toEqual([]);
    const jobs = await portal.jobs('encode');
    expect(jobs.map(({ data }) => (data as { clipId: string }).clipId).sort()).toEqual(['b', 'c']);
  });

  it('takes one deletion back, whole and nothing else, by the moment that its answer named', async () => {
    expect((await run({ action: 'add_tags', tags: ['t'], clip_ids: ALL })).deleted_at).toBeNull();
    const first = await run({ action: 'delete', clip_ids: ['a'] });
    const second = await run({ action: 'delete', filter: {} });
    expect([first.changed, second.changed]).toEqual([1, 2]);
    const deleted_at = String(second.deleted_at);
    expect(deleted_at).not.toBe(first.deleted_at);
    expect(await run({ action: 'delete', filter: {} })).toMatchObject({ changed: 0, deleted_at: null });

    const another = caller('admin');
    for (const user of [another, caller('admin', { ...ADMIN, teamAccess: ['TOR'] })]) {
      expect(await run({ action: 'restore', deleted_at }, user)).toMatchObject({ matched: 0, changed: 0 });
    }
    expect(await faultOf(run({ action: 'restore', deleted_at }, COACH))).toMatchObject({ status: 403 });
    const dry = await run({ action: 'restore', deleted_at, dry_run: true });
    expect(dry).toMatchObject({ matched: 2, changed: 2, deleted_at: null });
    expect(await run({ action: 'restore', deleted_at })).toMatchObject({ matched: 2, changed: 2 });
    expect(await deleted()).toEqual(['a']);
    expect(await run({ action: 'restore', deleted_at })).toMatchObject({ matched: 0, changed: 0 });
  });

  it('needs the right to it, a dry run too', async () => {
    const body = { clip_ids: ['a'], dry_run: true };
    for (const action of ['delete', 'restore'] as const) {
      expect(await faultOf(run({ action, ...body }, COACH))).toMatchObject({ status: 403 });
    }
    for (const role of ['scout', 'player'] as const) {
      expect(await faultOf(run({ action: 'add_tags', tags: ['t'], ...body }, caller(role)))).toMatchObject({
        status: 403,
      });
    }
  });

  it.each([
    { action: 'add_tags', tags: ['t'] },
    { action: 'add_tags', tags: ['t'], clip_ids: ['a'], filter: {} },
    { action: 'add_tags', tags: [], clip_ids: ['a'] },
    { action: 'add_tags', clip_ids: ['a'] },
    { action: 'delete', clip_ids: [] },
    { action: 'delete', clip_ids: Array.from({ length: 1001 }, (_, k) => `c${k}`) },
    { action: 'delete', filter: { colour: 'red' } },
    { action: 'delete', filter: { period: '2' } },
    { action: 'drop', clip_ids: ['a'] },
    { action: 'restore', deleted_at: '2025-10-12T02:30:00.123456Z', clip_ids: ['a'] },
    { action: 'restore', deleted_at: '2025-10-12T02:30:00.123Z' },
    { action: 'restore', deleted_at: '0000-10-12T02:30:00.123456Z' },
    { action: 'delete', deleted_at: '2025-10-12T02:30:00.123456Z' },
  ])('is refused when it is no sound one: %#', (body) => {
    expect(bulkClipsSchema.safeParse(body).success).toBe(false);
  });

  it('with a key is done once: a delete that is repeated after a restore deletes nothing', async () => {
    const bulk = bulkClipsSchema.parse({ action: 'delete', clip_ids: ['a', 'b'] });
    const headers = { 'idempotency-key': 'k' };
    const request = idempotentRequest(new Request('http://x/bulk', { method: 'POST', headers }), bulk);
    const first = await bulkClips(portal.deps, ADMIN, bulk, request);
    await run({ action: 'restore', clip_ids: ['a', 'b'] });
    expect(await bulkClips(portal.deps, ADMIN, bulk, request)).toEqual({ ...first, isReplay: true });
    expect(await deleted()).toEqual([]);
  });

  it('takes no more statements for many clips than for one, and two at once end in one order', async () => {
    await portal.db.clip.createMany({ data: Array.from({ length: 500 }, (_, k) => clipRow({ clipId: `n${k}` })) });
    const countOf = (clip_ids: string[]) =>
      portal
        .statementsOf((deps) =>
          bulkClips(deps, ADMIN, bulkClipsSchema.parse({ action: 'add_tags', tags: ['t'], clip_ids })),
        )
        .then((all) => all.length);
    const ids = Array.from({ length: 500 }, (_, k) => `n${k}`);
    expect(await countOf(ids)).toBe(await countOf(['n1']));
    const changes = [ids, ids.toReversed()].map((clip_ids, k) =>
      run({ action: 'add_tags', tags: ['u', `${k}`], clip_ids }),
    );
    expect((await Promise.all(changes)).map(({ changed }) => changed)).toEqual([500, 500]);
  });
});
