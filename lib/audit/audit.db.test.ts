import { randomUUID } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { bulkClips } from '#lib/clips/bulk-clips.ts';
import { bulkClipsSchema } from '#lib/clips/bulk-schemas.ts';
import { addTag, deleteClip, patchClip, removeTag } from '#lib/clips/change-clip.ts';
import { getClipText } from '#lib/clips/clip-playlists.ts';
import { createClip } from '#lib/clips/create-clip.ts';
import { getPlaylists } from '#lib/clips/get-clip.ts';
import { tellPlay } from '#lib/clips/record-play.ts';
import { withRequestFacts } from '#lib/request-facts.ts';
import { caller, clipRow, enlist, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import type { AuditEntry } from './audit-entry.ts';
import { forgetOldAudit } from './audit-repo.ts';
import { exportAudit } from './export-audit.ts';
import { listAudit } from './list-audit.ts';
import { recordAudit } from './record-audit.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

const wipe = () =>
  portal.db.$transaction([
    portal.db.$executeRaw`ALTER TABLE media.audit_log DISABLE TRIGGER audit_log_is_append_only`,
    portal.db.$executeRaw`DELETE FROM media.audit_log`,
    portal.db.$executeRaw`ALTER TABLE media.audit_log ENABLE TRIGGER audit_log_is_append_only`,
  ]);
afterEach(wipe);

const root = caller('admin');
const mtl = caller('admin', { teamAccess: ['MTL'] });
const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  action: 'clip.retry',
  target: { type: 'clip', id: 'c' },
  teams: ['MTL'],
  ...over,
});
const rows = () => portal.db.auditEntry.findMany({ orderBy: { id: 'asc' } });
const list = (user: UserContext, query = {}) => listAudit(portal.deps, user, { limit: 100, ...query });
const idsOf = async (user: UserContext, query = {}) =>
  (await list(user, query)).entries.map(({ target_id }) => target_id);

describe('the table', () => {
  it('takes rows of the web, and lets nobody change one', async () => {
    await recordAudit(portal.deps.db, root, entry());
    for (const db of [portal.deps.db, portal.db]) {
      await expect(db.$executeRaw`UPDATE media.audit_log SET action = 'x'`).rejects.toThrow(/denied|append-only/);
      await expect(db.$executeRaw`DELETE FROM media.audit_log`).rejects.toThrow(/denied|append-only/);
      await expect(db.$executeRaw`TRUNCATE media.audit_log`).rejects.toThrow(/denied|append-only|owner/);
    }
    // The switch of the retention job is the owner's alone.
    await expect(
      portal.deps.db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('heartbeat.audit_retention', 'on', true)`;
        await tx.$executeRaw`DELETE FROM media.audit_log`;
      }),
    ).rejects.toThrow(/denied/);
    await expect(forgetOldAudit(portal.deps.db, 365)).rejects.toThrow(/denied/);
    expect(await rows()).toHaveLength(1);
  });

  it('forgets what is old by the owner’s job, and nothing younger', async () => {
    await recordAudit(portal.deps.db, root, entry());
    await portal.db
      .$executeRaw`INSERT INTO media.audit_log (at, action, target_type, target_id) VALUES (now() - interval '400 days', 'clip.retry', 'clip', 'old')`;
    await expect(forgetOldAudit(portal.db, 30)).rejects.toThrow(/90 days/);
    expect(await forgetOldAudit(portal.db, 365)).toBe(1);
    expect((await rows()).map(({ targetId }) => targetId)).toEqual(['c']);
    await expect(portal.db.$executeRaw`DELETE FROM media.audit_log`).rejects.toThrow(/append-only/);
  });

  it('shows admins their teams, those with ALL everything, and others nothing', async () => {
    await recordAudit(
      portal.deps.db,
      root,
      entry({ target: { type: 'clip', id: 'mtl' } }),
      entry({ target: { type: 'clip', id: 'chi' }, teams: ['CHI'] }),
      entry({ target: { type: 'user', id: 'both' }, teams: ['CHI', 'MTL'] }),
      entry({ target: { type: 'user', id: 'nobody' }, teams: [] }),
    );
    expect((await idsOf(mtl)).sort()).toEqual(['both', 'mtl']);
    expect((await idsOf(root)).sort()).toEqual(['both', 'chi', 'mtl', 'nobody']);
    expect(await idsOf(caller('admin', { teamAccess: [] }))).toEqual([]);
    for (const user of [caller('staff'), caller('player')]) {
      await expect(list(user)).rejects.toMatchObject({ status: 403 });
      // A query that forgot the right: the policy answers.
      expect(await withinReach(portal.deps.db, user, (tx) => tx.auditEntry.count())).toBe(0);
    }
    expect(await portal.deps.db.auditEntry.count()).toBe(0);
    expect(await idsOf(caller('admin', { teamAccess: ['MTL'], keyScope: 'read' }))).toHaveLength(2);
  });
});

describe('an entry', () => {
  it('knows who, from where, and by which request', async () => {
    const apiKeyId = randomUUID();
    await withRequestFacts({ requestId: 'request-1', ip: '192.0.2.7' }, () =>
      recordAudit(portal.deps.db, { ...root, apiKeyId }, entry({ after: { name: 'x', token: 'secret' } })),
    );
    expect((await list(root)).entries).toMatchObject([
      {
        actor_user_id: root.userId,
        actor_name: root.name,
        api_key_id: apiKeyId,
        ip: '192.0.2.7',
        request_id: 'request-1',
        before: null,
        after: { name: 'x' },
      },
    ]);
  });

  it('is not there when the change is rolled back, and is there once for a key', async () => {
    const failing = portal.deps.db.$transaction(async (tx) => {
      await recordAudit(tx, root, entry());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await rows()).toHaveLength(0);
    for (let time = 0; time < 3; time++) await recordAudit(portal.deps.db, root, entry({ once: 'k' }), entry());
    expect(await rows()).toHaveLength(4);
  });

  it('is found by each filter, and page by page', async () => {
    const other = caller('coach', { name: 'Toe Blake' });
    await recordAudit(portal.deps.db, root, entry({ target: { type: 'clip', id: '1' } }));
    await recordAudit(portal.deps.db, other, entry({ target: { type: 'clip', id: '2' }, action: 'clip.play' }));
    await recordAudit(portal.deps.db, other, entry({ target: { type: 'user', id: '3' }, teams: ['CHI'] }));
    expect(await idsOf(root, { actor: 'blake' })).toEqual(['3', '2']);
    expect(await idsOf(root, { actor: '%' })).toEqual([]);
    expect(await idsOf(root, { actor: root.userId })).toEqual(['1']);
    expect(await idsOf(root, { action: ['clip.play'] })).toEqual(['2']);
    expect(await idsOf(root, { target_type: 'user' })).toEqual(['3']);
    expect(await idsOf(root, { target: '2' })).toEqual(['2']);
    expect(await idsOf(root, { team_code: 'CHI' })).toEqual(['3']);
    const today = new Date().toISOString().slice(0, 10);
    expect(await idsOf(root, { date_from: today, date_to: today })).toHaveLength(3);
    expect(await idsOf(root, { date_to: '2020-01-01' })).toEqual([]);
    const first = await list(root, { limit: 2 });
    expect(first.entries.map(({ target_id }) => target_id)).toEqual(['3', '2']);
    const rest = await list(root, { limit: 2, cursor: first.next_cursor });
    expect(rest.entries.map(({ target_id }) => target_id)).toEqual(['1']);
    expect(rest.next_cursor).toBeNull();
    await expect(list(root, { cursor: 'made.up' })).rejects.toMatchObject({ status: 400 });
  });
});

describe('the export', () => {
  const csv = async (user: UserContext, filter = {}) => text(await exportAudit(portal.deps, user, filter));

  it('is RFC 4180, safe from formulas, and written down itself', async () => {
    for (const name of ['=1+1', '+1', '-1', '@x', '\tx', '\rx', 'plain, "quoted"']) {
      await recordAudit(portal.deps.db, { ...root, name }, entry());
    }
    const lines = (await csv(root)).split('\r\n');
    expect(lines[0]).toMatch(/^id,at,actor_user_id,actor_name,/);
    const names = lines.slice(1).map((line) => line.split(`${root.userId},`)[1]?.split(',,clip.retry')[0]);
    expect(names.filter(Boolean)).toEqual(['"plain, ""quoted"""', '"\'\rx"', "'\tx", "'@x", "'-1", "'+1", "'=1+1"]);
    expect((await rows()).at(-1)).toMatchObject({ action: 'audit.export', actorUserId: root.userId });
    expect(await csv(mtl, { action: ['clip.play'] })).toMatch(/^id,[^\r\n]+\r\n$/);
    await expect(csv(caller('coach'))).rejects.toMatchObject({ status: 403 });
  });

  it('begins with one byte order mark, which tells a spreadsheet that it is UTF-8', async () => {
    const mark = Buffer.from('\uFEFF');
    await portal.db
      .$executeRaw`INSERT INTO media.audit_log (action, target_type, target_id) SELECT 'clip.retry', 'clip', g::text FROM generate_series(1, 1500) g`;
    const bytes = await buffer(await exportAudit(portal.deps, root, {}));
    expect(bytes.subarray(0, 5)).toEqual(Buffer.from('\uFEFFid'));
    expect(bytes.lastIndexOf(mark)).toBe(0);
  });

  it('goes beyond one page, without a gap or a repeat', async () => {
    await portal.db
      .$executeRaw`INSERT INTO media.audit_log (action, target_type, target_id) SELECT 'clip.retry', 'clip', g::text FROM generate_series(1, 2500) g`;
    const targets = (await csv(root)).trim().split('\r\n').slice(1);
    expect(targets).toHaveLength(2500);
    expect(new Set(targets).size).toBe(2500);
  });
});

describe('what use-cases write down', () => {
  const actions = async () => (await rows()).map(({ action, before, after }) => ({ action, before, after }));

  it('is each change of a clip and its tags, and nothing that changed nothing', async () => {
    const coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    const admin = caller('admin', { teamAccess: ['MTL'] });
    await portal.db.master.create({ data: masterRow() });
    const { clip } = await createClip(portal.deps, coach, {
      source_gcs_uri: masterRow().lakeUri,
      cut: 'now',
      start_timecode_s: 1,
      end_timecode_s: 2,
      player_id: '8',
      team_code: 'MTL',
      season: '2025-2026',
      game_id: '20031',
      event_type: 'shot',
      tags: [],
    });
    const target = { clipId: clip.clip_id };
    await patchClip(portal.deps, coach, target, { zone: 'oz', event_type: 'shot' });
    await patchClip(portal.deps, coach, target, { zone: 'oz' });
    await addTag(portal.deps, coach, target, 'a');
    await addTag(portal.deps, coach, target, 'a');
    await removeTag(portal.deps, coach, target, 'a');
    await expect(patchClip(portal.deps, caller('scout'), target, { zone: 'nz' })).rejects.toThrow();
    await deleteClip(portal.deps, admin, target);
    expect(await actions()).toEqual([
      { action: 'clip.create', before: null, after: expect.objectContaining({ player_id: '8', event_type: 'shot' }) },
      { action: 'clip.update', before: { zone: null }, after: { zone: 'oz' } },
      { action: 'tag.add', before: null, after: { tag: 'a' } },
      { action: 'tag.remove', before: { tag: 'a' }, after: null },
      { action: 'clip.delete', before: null, after: null },
    ]);
    expect((await rows()).every(({ teamCodes }) => teamCodes.join() === 'MTL')).toBe(true);
  });

  it('is a bulk change clip by clip, those that it changes only', async () => {
    const admin = caller('admin', { teamAccess: ['MTL'] });
    await portal.db.clip.createMany({ data: ['x', 'y'].map((clipId) => clipRow({ clipId })) });
    const bulk = (body: object) =>
      bulkClips(portal.deps, admin, bulkClipsSchema.parse({ clip_ids: ['x', 'y'], ...body }));
    await addTag(portal.deps, admin, { clipId: 'x' }, 'a');
    await bulk({ action: 'add_tags', tags: ['a', 'b'], dry_run: true });
    await bulk({ action: 'add_tags', tags: ['a'] });
    await bulk({ action: 'replace_tag', tag: 'a', with: 'c', clip_ids: ['y'] });
    await bulk({ action: 'remove_tags', tags: ['a', 'z'] });
    await bulk({ action: 'delete', clip_ids: ['x'] });
    await bulk({ action: 'restore' });
    expect((await rows()).map(({ action, targetId, before, after }) => [action, targetId, before, after])).toEqual([
      ['tag.add', 'x', null, { tag: 'a' }],
      ['tag.add', 'y', null, { tags: ['a'] }],
      ['tag.replace', 'y', { tag: 'a' }, { tag: 'c' }],
      ['tag.remove', 'x', { tags: ['a'] }, null],
      ['clip.delete', 'x', null, null],
      ['clip.restore', 'x', null, null],
    ]);
  });

  it('is a play, once for clip, person and hour; a playlist fetched ahead is none', async () => {
    const coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    const index = { kind: 'rendition', codecs: 'avc1.64001f', bandwidthBps: 1, averageBandwidthBps: 1, width: 16 };
    const assets = {
      create: {
        assetType: 'hls_segment',
        gcsUri: 'gs://test-media/p/720.m4s',
        deliveryIndex: { ...index, height: 9, frameRate: 30, init: { offset: 0, length: 1 }, segments: [] },
      },
    };
    await portal.db.clip.create({ data: { ...clipRow({ clipId: 'played' }), assets } });
    portal.setNow(new Date('2026-01-10T12:10:00Z'));
    const play = (file: string) => getClipText(portal.deps, coach, 'played', file);
    await play('playlist.m3u8');
    expect(Object.keys((await getPlaylists(portal.deps, coach, 'played')).playlists)).toHaveLength(2);
    expect(await rows()).toEqual([]);
    // A player from outside asks for a rendition's playlist; the portal's own tells that it plays.
    const tell = () => tellPlay(portal.deps, coach, 'played');
    await Promise.all([play('720.m3u8'), tell(), play('720.m3u8'), tell()]);
    expect(await rows()).toMatchObject([{ action: 'clip.play', targetId: 'played', actorUserId: coach.userId }]);
    portal.setNow(new Date('2026-01-10T13:00:00Z'));
    await tell();
    expect(await rows()).toHaveLength(2);
    portal.setNow(null);
    const elsewhere = await enlist(portal.deps, 'coach', { teamAccess: ['CHI'] });
    await expect(tellPlay(portal.deps, elsewhere, 'played')).rejects.toMatchObject({ status: 404 });
    expect(await rows()).toHaveLength(2);
  });
});
