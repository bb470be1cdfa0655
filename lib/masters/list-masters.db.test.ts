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
const PAGE = { limit: 2, offset: 0 };
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
  expect(await namesOf({ game_id: '20031', status: 'ready', limit: 1 })).toEqual([4, ['p3.mp4']]);
  expect(await namesOf({ status: 'uploading' })).toEqual([0, []]);
});

it('shows the masters of the caller’s teams, to admins', async () => {
  expect(await namesOf({}, caller('admin', { teamAccess: ['TOR'] }))).toEqual([1, ['p3.mp4']]);
  expect(await namesOf({}, caller('admin', { teamAccess: [] }))).toEqual([0, []]);
  expect(await faultOf(listMasters(portal.deps, caller('coach'), PAGE))).toMatchObject({ status: 403 });
});

it('costs one statement', async () => {
  expect(await portal.statementsOf((deps) => listMasters(deps, ADMIN, { limit: 500, offset: 0 }))).toHaveLength(1);
});
