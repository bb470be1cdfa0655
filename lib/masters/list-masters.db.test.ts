import { afterAll, beforeAll, expect, it } from 'vitest';
import { caller, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { listMasters } from './list-masters.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
  const teams = ['MTL', 'MTL', 'MTL', 'TOR'];
  const createdAt = (k: number) => new Date(Date.UTC(2026, 0, 1 + k));
  const rows = teams.map((teamCode, k) => masterRow({ filename: `p${k}.mp4`, teamCode, createdAt: createdAt(k) }));
  await portal.db.master.createMany({ data: rows });
});
afterAll(() => portal.close());

const ADMIN = caller('admin');
const PAGE = { limit: 2, offset: 0, sort: '-created_at', deleted: 'false' } as const;
const namesOf = async (query: object, user = ADMIN) => {
  const { masters, total } = await listMasters(portal.deps, user, { ...PAGE, ...query });
  return [total, masters.map(({ filename }) => filename)];
};

it('pages newest first with the exact total under filters', async () => {
  expect(await namesOf({})).toEqual([4, ['p3.mp4', 'p2.mp4']]);
  expect(await namesOf({ offset: 2 })).toEqual([4, ['p1.mp4', 'p0.mp4']]);
  expect(await namesOf({ offset: 50 })).toEqual([4, []]);
  expect(await namesOf({ team_code: 'MTL', offset: 2 })).toEqual([3, ['p0.mp4']]);
  expect(await namesOf({ season: '2024-2025' })).toEqual([0, []]);
  expect(await namesOf({ game_id: '20031', status: ['ready'], limit: 1 })).toEqual([4, ['p3.mp4']]);
  expect(await namesOf({ status: ['uploading'] })).toEqual([0, []]);
});

it('keeps the masters of a game together: the newest upload’s game first, its periods in order', async () => {
  const place = { season: '2023-2024', teamCode: 'MTL' };
  const row = (gameId: string, period: number | null, day: number) =>
    masterRow({
      ...place,
      gameId,
      period,
      filename: `g${gameId}-p${period}.mp4`,
      lakeUri: `gs://x/${gameId}/${period}`,
      createdAt: new Date(Date.UTC(2026, 1, day)),
    });
  const rows = [row('1', 2, 1), row('2', 1, 2), row('1', null, 3), row('2', 3, 4), row('1', 1, 5), row('2', 2, 3)];
  await portal.db.master.createMany({ data: rows });
  const inOrder = ['g1-p1', 'g1-p2', 'g1-pnull', 'g2-p1', 'g2-p2', 'g2-p3'].map((name) => `${name}.mp4`);
  const query = { season: place.season, sort: 'game', limit: 4 };
  expect(await namesOf(query)).toEqual([6, inOrder.slice(0, 4)]);
  expect(await namesOf({ ...query, offset: 4 })).toEqual([6, inOrder.slice(4)]);
  await portal.db.master.deleteMany({ where: { season: place.season } });
});

it('shows the masters of the caller’s teams, to admins', async () => {
  expect(await namesOf({}, caller('admin', { teamAccess: ['TOR'] }))).toEqual([1, ['p3.mp4']]);
  expect(await namesOf({}, caller('admin', { teamAccess: [] }))).toEqual([0, []]);
  expect(await faultOf(listMasters(portal.deps, caller('coach'), PAGE))).toMatchObject({ status: 403 });
});

it('costs one statement', async () => {
  expect(await portal.statementsOf((deps) => listMasters(deps, ADMIN, { ...PAGE, limit: 500 }))).toHaveLength(1);
});
