import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import { enlist, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { type CreateCodeWindow, createCodeWindowSchema, patchCodeWindowSchema } from './code-window-schemas.ts';
import {
  createCodeWindow,
  deleteCodeWindow,
  getCodeWindow,
  listCodeWindows,
  patchCodeWindow,
} from './manage-code-windows.ts';

let portal: PortalFixture;
let coach: UserContext;
let staff: UserContext;
let rival: UserContext;
let admin: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'], name: 'Carla' });
  staff = await enlist(portal.deps, 'staff', { teamAccess: ['MTL'], name: 'Steve' });
  rival = await enlist(portal.deps, 'coach', { teamAccess: ['CHI'] });
  admin = await enlist(portal.deps, 'admin', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.codeWindow.deleteMany();
});

const SHOT = { label: 'Shot', key: 'h', event_type: 'shot', lead_s: 3, lag_s: 5 };
const input = (change: Partial<CreateCodeWindow> = {}) =>
  createCodeWindowSchema.parse({ team_code: 'MTL', name: 'Mine', buttons: [SHOT], ...change });
const make = async (user: UserContext, change: Partial<CreateCodeWindow> = {}) =>
  (await createCodeWindow(portal.deps, user, input(change))).window;
const namesOf = async (user: UserContext, query: { team_code?: string } = {}) =>
  (await listCodeWindows(portal.deps, user, query)).map(({ name }) => name);
const patch = (user: UserContext, id: string, change: object, ifMatch: string[] | null = null) =>
  patchCodeWindow(portal.deps, user, { id, ifMatch }, patchCodeWindowSchema.parse(change));
const log = async (targetId: string) =>
  (await portal.db.auditEntry.findMany({ where: { targetId }, orderBy: { id: 'asc' } })).map(
    ({ action, targetType, teamCodes }) => [action, targetType, ...teamCodes].join(' '),
  );

describe('a code window', () => {
  it('is kept as it was made, changed, and deleted, and the log says so', async () => {
    const made = await make(coach);
    expect(made).toMatchObject({
      ...{ team_code: 'MTL', name: 'Mine', is_shared: false, is_own: true, owner_name: 'Carla', version: '1' },
      buttons: [{ ...SHOT, color: 'grey', tags: [] }],
    });
    const buttons = [{ ...SHOT, label: 'Goal', key: 'Shift+g', tags: ['a', 'b'], player_id: '8480018', zone: 'oz' }];
    const changed = await patch(coach, made.id, { name: 'Ours', buttons });
    expect(changed).toMatchObject({ name: 'Ours', version: '2', buttons });
    expect(await getCodeWindow(portal.deps, coach, made.id)).toEqual(changed);
    // What changes nothing is no change.
    expect((await patch(coach, made.id, { name: 'Ours' })).version).toBe('2');
    await deleteCodeWindow(portal.deps, coach, { id: made.id, ifMatch: ['2'] });
    expect(await faultOf(getCodeWindow(portal.deps, coach, made.id))).toMatchObject({ status: 404 });
    expect(await log(made.id)).toEqual(['create', 'update', 'delete'].map((what) => `window.${what} code_window MTL`));
  });

  it('is one’s own until it is shared, with the team alone', async () => {
    const { id } = await make(coach);
    expect(await Promise.all([coach, staff, admin, rival].map((user) => namesOf(user)))).toEqual([
      ['Mine'],
      [],
      [],
      [],
    ]);
    for (const user of [staff, admin, rival]) {
      expect(await faultOf(getCodeWindow(portal.deps, user, id))).toMatchObject({ status: 404 });
      expect(await faultOf(patch(user, id, { name: 'x' }))).toMatchObject({ status: 404 });
      expect(await faultOf(deleteCodeWindow(portal.deps, user, { id, ifMatch: null }))).toMatchObject({ status: 404 });
    }
    await patch(coach, id, { is_shared: true });
    await make(staff, { name: 'Zone' });
    expect(await Promise.all([coach, staff, admin, rival].map((user) => namesOf(user)))).toEqual([
      ...[['Mine'], ['Zone', 'Mine'], ['Mine'], []],
    ]);
    expect(await getCodeWindow(portal.deps, staff, id)).toMatchObject({ is_own: false, owner_name: 'Carla' });
  });

  it('that is shared is changed by its owner and by admins, and taken back by its owner alone', async () => {
    const { id } = await make(coach, { is_shared: true });
    expect(await faultOf(patch(staff, id, { name: 'x' }))).toMatchObject({ status: 403, code: 'not_own' });
    expect(await faultOf(deleteCodeWindow(portal.deps, staff, { id, ifMatch: null }))).toMatchObject({
      ...{ status: 403, code: 'not_own' },
    });
    expect((await patch(admin, id, { name: 'Club' })).name).toBe('Club');
    expect(await faultOf(patch(admin, id, { is_shared: false }))).toMatchObject({ status: 403, code: 'not_own' });
    expect((await patch(coach, id, { is_shared: false })).is_shared).toBe(false);
  });

  it('loses nothing when two change it', async () => {
    const { id } = await make(coach, { is_shared: true });
    const both = await Promise.allSettled([
      patch(coach, id, { name: 'First' }, ['1']),
      patch(admin, id, { name: 'Second' }, ['1']),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((each) => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({ status: 412, code: 'stale_edit' });
    expect((await getCodeWindow(portal.deps, coach, id)).version).toBe('2');
    expect(await faultOf(deleteCodeWindow(portal.deps, coach, { id, ifMatch: ['1'] }))).toMatchObject({ status: 412 });
  });

  it('is made once for a key', async () => {
    const request = { key: 'k', method: 'POST', path: '/api/v2/code-windows', hash: 'a'.repeat(64) };
    const first = await createCodeWindow(portal.deps, coach, input(), request);
    const again = await createCodeWindow(portal.deps, coach, input(), request);
    expect([first.isReplay, again.isReplay, again.window.id]).toEqual([false, true, first.window.id]);
    expect(await namesOf(coach)).toEqual(['Mine']);
  });

  it('is made for one’s own teams, so many at most', async () => {
    expect(await faultOf(make(coach, { team_code: 'CHI' }))).toMatchObject({ status: 403, code: 'foreign_team' });
    const row = { ownerId: coach.userId, teamCode: 'MTL', name: 'x', buttons: [SHOT] };
    await portal.db.codeWindow.createMany({ data: Array.from({ length: 100 }, () => ({ ...row, id: randomUUID() })) });
    expect(await faultOf(make(coach))).toMatchObject({ status: 409, code: 'too_many_code_windows' });
  });

  it('of one team is listed by it', async () => {
    const everywhere = await enlist(portal.deps, 'analyst', { teamAccess: ['ALL'] });
    await make(everywhere, { team_code: 'CHI', name: 'Chicago' });
    await make(everywhere);
    expect(await namesOf(everywhere, { team_code: 'CHI' })).toEqual(['Chicago']);
    expect(await namesOf(everywhere)).toEqual(['Chicago', 'Mine']);
  });

  it.each(['scout', 'player'] as const)('is nothing for a %s', async (role) => {
    const { id } = await make(coach, { is_shared: true });
    const user = await enlist(portal.deps, role, { teamAccess: ['MTL'] });
    const asked = [
      listCodeWindows(portal.deps, user, {}),
      getCodeWindow(portal.deps, user, id),
      make(user),
      patch(user, id, { name: 'x' }),
      deleteCodeWindow(portal.deps, user, { id, ifMatch: null }),
    ];
    for (const each of asked) expect(await faultOf(each)).toMatchObject({ status: 403 });
  });

  it('is read, and no more, by a key that may only read', async () => {
    const { id } = await make(coach);
    const key: UserContext = { ...coach, apiKeyId: randomUUID(), keyScope: 'read' };
    expect(await namesOf(key)).toEqual(['Mine']);
    expect(await faultOf(patch(key, id, { name: 'x' }))).toMatchObject({ status: 403, code: 'read_only_key' });
  });
});

describe('a query that forgot its scope', () => {
  const everything = async (tx: DbOrTx) =>
    (await tx.codeWindow.findMany({ orderBy: { name: 'asc' } })).map((w) => w.name);
  const seenBy = (user: UserContext) => withinReach(portal.deps.db, user, everything);

  it('finds one’s own and the shared ones of one’s teams, and nothing of a player’s', async () => {
    await make(coach, { name: 'own' });
    await make(coach, { name: 'shared', is_shared: true });
    await make(rival, { team_code: 'CHI', name: 'theirs', is_shared: true });
    expect(await everything(portal.deps.db)).toEqual([]);
    expect(await seenBy(coach)).toEqual(['own', 'shared']);
    expect(await seenBy(admin)).toEqual(['shared']);
    expect(await seenBy({ ...rival, teamAccess: ['ALL'] })).toEqual(['shared', 'theirs']);
    expect(await seenBy({ ...coach, role: 'player', playerId: '8' })).toEqual([]);
    // Who has left the team does not see what they made for it.
    expect(await seenBy({ ...coach, teamAccess: ['CHI'] })).toEqual(['theirs']);
  });

  it('puts nothing where the caller could not see it', async () => {
    const data = { id: randomUUID(), ownerId: coach.userId, teamCode: 'CHI', name: 'x', buttons: [] };
    const write = (tx: DbOrTx) => tx.codeWindow.createMany({ data });
    await expect(withinReach(portal.deps.db, coach, write)).rejects.toThrow(/row-level security/);
  });
});

it('goes with its owner’s account unless it is shared: that stays the team’s, and admins’ to look after', async () => {
  const leaver = await enlist(portal.deps, 'analyst', { teamAccess: ['MTL'] });
  await make(leaver, { name: 'own' });
  const { id } = await make(leaver, { name: 'shared', is_shared: true });
  await portal.db.user.delete({ where: { id: leaver.userId } });
  expect((await portal.db.codeWindow.findMany()).map(({ name }) => name)).toEqual(['shared']);
  expect(await getCodeWindow(portal.deps, coach, id)).toMatchObject({ owner_name: null, is_own: false });
  expect((await patch(admin, id, { name: 'Club' })).version).toBe('2');
  await deleteCodeWindow(portal.deps, admin, { id, ifMatch: null });
  expect(await namesOf(coach)).toEqual([]);
});
