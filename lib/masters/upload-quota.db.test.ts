import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { deleteMaster } from './delete-master.ts';
import { createMasterSchema } from './master-schemas.ts';
import { startUpload } from './start-upload.ts';
import { toBeSent } from './uploads-fixture.ts';

let portal: PortalFixture;
let admin: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  admin = await enlist(portal.deps, 'admin');
});
afterAll(() => portal.close());
beforeEach(() => portal.db.master.deleteMany());

const QUOTA = { uploads: 3, bytes: 1000 };
const announce = async (name: string | number, size_bytes = 100, deps: Partial<PortalDeps> = {}, team_code = 'MTL') => {
  const place = { team_code, season: '2025-2026', game_id: '20031' };
  const input = createMasterSchema.parse({ ...place, filename: `${name}.mp4`, size_bytes, content_type: 'video/mp4' });
  return toBeSent(await startUpload({ ...portal.deps, uploadQuota: QUOTA, ...deps }, admin, input));
};
const OVER = { status: 409, code: 'upload_quota' };

describe('the quota of a team', () => {
  it('is so many unfinished uploads, of that team, and the same file again is none more', async () => {
    for (const n of [1, 2, 3]) expect((await announce(n)).created).toBe(true);
    const fault = await faultOf(announce(4));
    expect(fault).toMatchObject(OVER);
    expect(fault.message).toMatch(/Complete or delete/);
    expect((await announce(1)).created).toBe(false);
    expect((await announce(4, 100, {}, 'CHI')).created).toBe(true);
  });

  it('is so many bytes together', async () => {
    await announce(1, 600);
    expect(await faultOf(announce(2, 401))).toMatchObject(OVER);
    await announce(3, 400);
    const alone = await faultOf(announce(4, 1001));
    expect(alone).toMatchObject({ status: 413, code: 'upload_too_large' });
  });

  it('is kept by many who announce at once, and leaves no session of those who were refused', async () => {
    const open = new Set<string>();
    const store = {
      ...portal.deps.store,
      startUpload: async (...args: Parameters<typeof portal.store.startUpload>) => {
        const session = await portal.store.startUpload(...args);
        open.add(session.url);
        return session;
      },
      cancelUpload: async (url: string) => {
        open.delete(url);
        await portal.store.cancelUpload(url);
      },
    };
    const ends = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => announce(n, 100, { store })));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject(OVER);
    const masters = await portal.db.master.findMany();
    expect(new Set(masters.map(({ uploadUrl }) => uploadUrl))).toEqual(open);
    expect(open.size).toBe(3);
    // Who is over it asks the store for nothing.
    expect(
      await faultOf(announce(20, 100, { store: { ...store, startUpload: () => Promise.reject() } })),
    ).toMatchObject(OVER);
  });

  it('is free again when an upload ends: deleted, checked, or past its time', async () => {
    const [first, second] = [await announce(1), await announce(2), await announce(3)];
    expect(await faultOf(announce(4))).toMatchObject(OVER);
    await deleteMaster(portal.deps, admin, first.master.id);
    await announce(4);
    await portal.db.master.update({ where: { id: second.master.id }, data: { status: 'ready', uploadUrl: null } });
    await announce(5);
    expect(await faultOf(announce(6))).toMatchObject(OVER);
    portal.setNow(new Date(Date.now() + 8 * 24 * 3_600_000));
    await announce(6).finally(() => portal.setNow(null));
  });

  it('holds for an upload whose session is opened anew, too', async () => {
    const old = { status: 'uploading', sizeBytes: 100n, createdBy: admin.userId, uploadExpiresAt: new Date(0) };
    await portal.db.master.create({ data: masterRow({ filename: 'old.mp4', uploadUrl: 'x', ...old }) });
    for (const n of [1, 2, 3]) await announce(n);
    expect(await faultOf(announce('old'))).toMatchObject(OVER);
    const third = await portal.db.master.findFirstOrThrow({ where: { filename: '3.mp4' } });
    await deleteMaster(portal.deps, admin, third.id);
    const both = await Promise.all([announce('old'), announce('old')]);
    expect(new Set(both.map(({ upload }) => upload.url)).size).toBe(1);
  });

  it('does not count a session that the store has forgotten against the one that replaces it', async () => {
    const [, , third] = [await announce(1), await announce(2), await announce(3)];
    await portal.store.cancelUpload(third.upload.url);
    const again = await announce(3);
    expect(again).toMatchObject({ created: false, master: { id: third.master.id } });
    expect(again.upload.url).not.toBe(third.upload.url);
    expect(await faultOf(announce(4))).toMatchObject(OVER);
  });
});
