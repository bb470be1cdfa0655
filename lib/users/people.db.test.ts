import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashApiKey } from '#lib/auth/api-key.ts';
import { verifyPassword } from '#lib/auth/password.ts';
import { createSignInThrottle } from '#lib/auth/sign-in-throttle.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withRequestFacts } from '#lib/request-facts.ts';
import { enlist, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { addKey, listKeys, revokeKey } from './api-keys.ts';
import { addUser, changeUser } from './change-user.ts';
import { getUser, listUsers } from './list-users.ts';
import { changeOwnPassword, renameOwnAccount } from './own-account.ts';
import { listKeysQuerySchema, listUsersQuerySchema, newKeySchema, newUserSchema } from './people-schemas.ts';
import { resolveApiKey, resolveSession } from './resolve-caller.ts';
import { followUserLink, makeUserLink, readUserLink } from './user-links.ts';

let portal: PortalFixture;
let root: UserContext;
let mtl: UserContext;
let chi: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  root = await enlist(portal.deps, 'admin');
  mtl = await enlist(portal.deps, 'admin', { teamAccess: ['MTL'], name: 'Mtl admin' });
  chi = await enlist(portal.deps, 'admin', { teamAccess: ['CHI'], name: 'Chi admin' });
});
afterAll(() => portal.close());

let serial = 0;
const account = (over: Record<string, unknown> = {}) => {
  serial += 1;
  return newUserSchema.parse({
    email: `person-${serial}@example.com`,
    name: `Person ${serial}`,
    role: 'coach',
    team_access: ['MTL'],
    ...over,
  });
};
const make = (admin = root, over: Record<string, unknown> = {}) => addUser(portal.deps, admin, account(over));
const change = (admin: UserContext, id: string, patch: Parameters<typeof changeUser>[3]) =>
  changeUser(portal.deps, admin, id, patch);
const codeOf = async (call: Promise<unknown>) => (await faultOf(call)).code;
const namesSeenBy = async (admin: UserContext, query = {}) =>
  (await listUsers(portal.deps, admin, listUsersQuerySchema.parse(query))).users.map(({ name }) => name);
const lastEntry = () => portal.db.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
const throttleOf = () => createSignInThrottle(portal.deps.db);
const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

describe('an admin of one team', () => {
  it('sees who sees that team, and nobody else', async () => {
    await make(root, { name: 'Only Chi', team_access: ['CHI'] });
    await make(root, { name: 'Both', team_access: ['CHI', 'MTL'] });
    expect(await namesSeenBy(mtl)).toEqual(['A admin', 'Both', 'Mtl admin']);
    expect(await namesSeenBy(root)).toContain('Only Chi');
    const hidden = await portal.db.user.findFirstOrThrow({ where: { name: 'Only Chi' } });
    expect(await codeOf(getUser(portal.deps, mtl, hidden.id))).toBe('not_found');
    expect(await codeOf(change(mtl, hidden.id, { name: 'x' }))).toBe('not_found');
    expect(await codeOf(makeUserLink(portal.deps, mtl, hidden.id, 'invite'))).toBe('not_found');
    expect(await namesSeenBy({ ...mtl, teamAccess: [] })).toEqual([]);
  });

  it('gives no team but that one, and changes nobody who has more', async () => {
    for (const team_access of [['CHI'], ['MTL', 'CHI'], ['ALL']]) {
      expect(await codeOf(make(mtl, { team_access }))).toBe('foreign_team');
    }
    const mine = await make(mtl);
    expect(await codeOf(change(mtl, mine.id, { team_access: ['ALL'] }))).toBe('foreign_team');
    const both = await portal.db.user.findFirstOrThrow({ where: { name: 'Both' } });
    for (const id of [both.id, root.userId]) {
      expect(await codeOf(change(mtl, id, { disabled: true }))).toBe('foreign_account');
      expect(await codeOf(makeUserLink(portal.deps, mtl, id, 'reset'))).toBe('foreign_account');
      expect(await codeOf(addKey(portal.deps, mtl, newKeySchema.parse({ name: 'k', user_id: id })))).toBe(
        'foreign_account',
      );
    }
  });

  it('raises nobody’s rights by their own account, and only admins manage', async () => {
    expect(await codeOf(change(mtl, mtl.userId, { team_access: ['ALL'] }))).toBe('own_account');
    expect(await codeOf(change(root, root.userId, { disabled: true }))).toBe('own_account');
    for (const role of ['staff', 'coach', 'player'] as const) {
      const other = await enlist(portal.deps, role);
      expect(await codeOf(make(other))).toBe('forbidden');
      expect(await codeOf(listUsers(portal.deps, other, listUsersQuerySchema.parse({})))).toBe('forbidden');
    }
    expect(await codeOf(make({ ...root, keyScope: 'read' }))).toBe('read_only_key');
  });
});

describe('an account', () => {
  it('is made once for an address, found by name, role, team and status', async () => {
    const made = await make(root, { name: 'Jean Béliveau', role: 'player', player_id: '4' });
    expect(made).toMatchObject({ has_password: false, player_id: '4', can_manage: true });
    expect(await codeOf(make(root, { email: made.email }))).toBe('user_exists');
    expect(await namesSeenBy(root, { q: 'béliv' })).toEqual(['Jean Béliveau']);
    expect(await namesSeenBy(root, { q: '%' })).toEqual([]);
    expect(await namesSeenBy(root, { role: 'player', team_code: 'mtl', status: 'active', q: 'jean' })).toHaveLength(1);
    expect(await lastEntry()).toMatchObject({ action: 'user.create', targetId: made.id, teamCodes: ['MTL'] });
  });

  it('changes with before and after, and a player needs a player id', async () => {
    const { id } = await make();
    expect(await codeOf(change(mtl, id, { role: 'player' }))).toBe('invalid_request');
    expect(await codeOf(change(mtl, id, { player_id: '9' }))).toBe('invalid_request');
    expect(await change(mtl, id, { role: 'player', player_id: '9' })).toMatchObject({ role: 'player', player_id: '9' });
    expect(await lastEntry()).toMatchObject({
      action: 'user.update',
      actorUserId: mtl.userId,
      before: { role: 'coach', player_id: null },
      after: { role: 'player', player_id: '9' },
    });
    expect(await change(mtl, id, { role: 'scout' })).toMatchObject({ role: 'scout', player_id: null });
    await change(root, id, { team_access: ['CHI'] });
    expect((await lastEntry()).teamCodes.sort()).toEqual(['CHI', 'MTL']);
  });

  it('that is disabled loses its sessions and its keys at once, and gets neither back', async () => {
    const { id } = await make();
    const { key } = await addKey(portal.deps, mtl, newKeySchema.parse({ name: 'k', user_id: id, scope: 'write' }));
    const before = await portal.db.user.findUniqueOrThrow({ where: { id } });
    const session = { userId: id, sessionVersion: before.sessionVersion, sessionId: randomUUID() };
    expect(await resolveSession(portal.deps, session)).not.toBeNull();
    expect(await resolveApiKey(portal.deps, key)).toMatchObject({ keyScope: 'write' });
    await change(mtl, id, { disabled: true });
    expect(await lastEntry()).toMatchObject({ action: 'user.disable', after: { revoked_keys: 1 } });
    await change(mtl, id, { disabled: false });
    expect(await lastEntry()).toMatchObject({ action: 'user.enable' });
    expect(await resolveSession(portal.deps, session)).toBeNull();
    expect(await resolveApiKey(portal.deps, key)).toBeNull();
  });

  it('that is the last admin stays one, when two disable each other, too', async () => {
    const others = await portal.db.user.findMany({
      where: { role: 'admin', teamAccess: { has: 'ALL' }, id: { not: root.userId } },
    });
    for (const { id } of others) await change(root, id, { disabled: true });
    const second = await enlist(portal.deps, 'admin');
    const outcomes = await Promise.all([
      faultOf(change(root, second.userId, { disabled: true })).catch(() => 'done'),
      faultOf(change(second, root.userId, { role: 'scout' })).catch(() => 'done'),
    ]);
    expect(outcomes).toContain('done');
    expect(outcomes).toContainEqual(expect.objectContaining({ code: 'last_admin' }));
    const left = await portal.db.user.count({ where: { role: 'admin', disabledAt: null, teamAccess: { has: 'ALL' } } });
    expect(left).toBe(1);
    await portal.db.user.updateMany({
      where: { id: { in: [root.userId, second.userId] } },
      data: { role: 'admin', disabledAt: null },
    });
  });
});

describe('a link', () => {
  it('sets the first password once, and is kept as a hash only', async () => {
    const { id, email } = await make();
    expect(await codeOf(makeUserLink(portal.deps, mtl, id, 'reset'))).toBe('no_password');
    const replaced = await makeUserLink(portal.deps, mtl, id, 'invite');
    const { url, expires_at } = await makeUserLink(portal.deps, mtl, id, 'invite');
    expect(url).toMatch(/^http:\/\/localhost:3000\/invite\/[\w-]{43}$/);
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    const token = tokenOf(url);
    expect(await readUserLink(portal.deps, tokenOf(replaced.url))).toBeNull();
    expect(await readUserLink(portal.deps, token)).toMatchObject({ email, purpose: 'invite' });
    await expect(followUserLink(portal.deps, throttleOf(), token, 'short')).rejects.toMatchObject({ status: 400 });
    const both = await Promise.all(
      [1, 2].map((n) =>
        followUserLink(portal.deps, throttleOf(), token, `a long password ${n}`).catch((error) => error.code),
      ),
    );
    expect(both).toContainEqual({ email });
    expect(both).toContain('link_gone');
    expect(await readUserLink(portal.deps, token)).toBeNull();
    expect(await codeOf(makeUserLink(portal.deps, mtl, id, 'invite'))).toBe('has_password');
    const kept = [await portal.db.userLink.findMany(), await portal.db.auditEntry.findMany()];
    expect(JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain(
      token,
    );
  });

  it('that resets ends sessions when it is made and when it is used; old ones and made-up ones open nothing', async () => {
    const { id } = await make();
    await followUserLink(
      portal.deps,
      throttleOf(),
      tokenOf((await makeUserLink(portal.deps, mtl, id, 'invite')).url),
      'first password',
    );
    const version = async () => (await portal.db.user.findUniqueOrThrow({ where: { id } })).sessionVersion;
    const start = await version();
    const { url } = await makeUserLink(portal.deps, mtl, id, 'reset');
    expect(await version()).toBe(start + 1);
    await followUserLink(portal.deps, throttleOf(), tokenOf(url), 'second password');
    expect(await version()).toBe(start + 2);
    const late = await makeUserLink(portal.deps, mtl, id, 'reset');
    portal.setNow(new Date(Date.now() + 8 * 86_400_000));
    expect(await readUserLink(portal.deps, tokenOf(late.url))).toBeNull();
    expect(await codeOf(followUserLink(portal.deps, throttleOf(), tokenOf(late.url), 'third password'))).toBe(
      'link_gone',
    );
    portal.setNow(null);
    const open = await makeUserLink(portal.deps, mtl, id, 'reset');
    await change(mtl, id, { disabled: true });
    expect(await codeOf(followUserLink(portal.deps, throttleOf(), tokenOf(open.url), 'third password'))).toBe(
      'link_gone',
    );
    for (const token of ['', 'x', 'A'.repeat(43), '\0']) {
      expect(await codeOf(followUserLink(portal.deps, throttleOf(), token, 'third password'))).toBe('link_gone');
    }
    const user = await portal.db.user.findUniqueOrThrow({ where: { id } });
    expect(await verifyPassword(user.passwordHash, 'second password')).toBe(true);
  });
});

describe('keys', () => {
  const key = (over = {}) => newKeySchema.parse({ name: 'notebook', ...over });
  const listed = async (user: UserContext, query = {}) =>
    (await listKeys(portal.deps, user, listKeysQuerySchema.parse(query))).keys.map(({ id }) => id);

  it('are told once, read only unless asked, and seen by their person and by admins in reach', async () => {
    const scout = await enlist(portal.deps, 'scout', { teamAccess: ['MTL'] });
    const made = await addKey(portal.deps, scout, key({ expires_in_days: 2 }));
    expect(made).toMatchObject({ scope: 'read', hint: made.key.slice(0, 9), can_revoke: true });
    expect(await portal.db.apiKey.count({ where: { keyHash: hashApiKey(made.key) } })).toBe(1);
    expect(await listed(scout)).toEqual([made.id]);
    expect(await listed(mtl)).toContain(made.id);
    expect(await listed(chi)).not.toContain(made.id);
    expect(await listed(chi, { user_id: scout.userId })).toEqual([]);
    const other = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    expect(await listed(other)).toEqual([]);
    expect(await codeOf(listed(other, { user_id: scout.userId }))).toBe('forbidden');
    expect(await codeOf(addKey(portal.deps, other, key({ user_id: scout.userId })))).toBe('forbidden');
    for (const stranger of [other, chi]) {
      expect(await codeOf(revokeKey(portal.deps, stranger, made.id))).toBe('not_found');
    }
    await revokeKey(portal.deps, mtl, made.id);
    await revokeKey(portal.deps, scout, made.id);
    expect(await portal.db.auditEntry.count({ where: { action: 'key.revoke', targetId: made.id } })).toBe(1);
    expect(await resolveApiKey(portal.deps, made.key)).toBeNull();
    expect(await listed(scout, { status: 'active' })).toEqual([]);
    expect(await listed(scout, { status: 'ended' })).toEqual([made.id]);
  });

  it('of others are not counted, whichever page is asked for', async () => {
    const scout = await enlist(portal.deps, 'scout', { teamAccess: ['MTL'] });
    const both = await enlist(portal.deps, 'scout', { teamAccess: ['MTL', 'CHI'] });
    for (const owner of [scout, scout, both]) await addKey(portal.deps, owner, key());
    const total = async (user: UserContext, query: object) =>
      (await listKeys(portal.deps, user, listKeysQuerySchema.parse(query))).total;
    for (const offset of ['0', '1', '1000']) {
      expect(await total(chi, { user_id: scout.userId, offset })).toBe(0);
      expect(await total(chi, { user_id: both.userId, offset })).toBe(1);
      expect(await total(mtl, { user_id: scout.userId, offset })).toBe(2);
      expect(await total(scout, { offset })).toBe(2);
    }
  });

  it('make no key that outlives them, and a read-only one makes none', async () => {
    const coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    const short = await addKey(portal.deps, coach, key({ scope: 'write', expires_in_days: 5 }));
    const caller = (await resolveApiKey(portal.deps, short.key)) as UserContext;
    expect(await codeOf(addKey(portal.deps, caller, key()))).toBe('outlives_key');
    expect(await codeOf(addKey(portal.deps, caller, key({ expires_in_days: 6 })))).toBe('outlives_key');
    expect(await addKey(portal.deps, caller, key({ expires_in_days: 4 }))).toBeTruthy();
    const reader = await addKey(portal.deps, coach, key());
    const reading = (await resolveApiKey(portal.deps, reader.key)) as UserContext;
    expect(await codeOf(addKey(portal.deps, reading, key({ expires_in_days: 1 })))).toBe('read_only_key');
    expect(await codeOf(revokeKey(portal.deps, reading, reader.id))).toBe('read_only_key');
  });
});

describe('one’s own account', () => {
  it('changes its name, and its password with the old one only; every session ends', async () => {
    const { id } = await make(root, { role: 'admin', team_access: ['ALL'] });
    await followUserLink(
      portal.deps,
      throttleOf(),
      tokenOf((await makeUserLink(portal.deps, root, id, 'invite')).url),
      'first password',
    );
    const session = {
      userId: id,
      sessionVersion: (await portal.db.user.findUniqueOrThrow({ where: { id } })).sessionVersion,
      sessionId: randomUUID(),
    };
    const me = (await resolveSession(portal.deps, session)) as UserContext;
    await renameOwnAccount(portal.deps, me, 'New Name');
    expect(await lastEntry()).toMatchObject({ action: 'user.update', after: { name: 'New Name' } });
    let wait: number | null = null;
    const gate = { attempt: async () => wait, succeeded: async () => undefined };
    const set = (current: string, next: string) => changeOwnPassword(portal.deps, gate, me, { current, next });
    expect(await codeOf(set('wrong password', 'second password'))).toBe('wrong_password');
    await expect(set('first password', 'short')).rejects.toMatchObject({ status: 400 });
    wait = 60;
    expect(await codeOf(set('first password', 'second password'))).toBe('too_many_attempts');
    wait = null;
    await set('first password', 'second password');
    expect(await resolveSession(portal.deps, session)).toBeNull();
  });
});

describe('somebody whose account is guessed at from everywhere', () => {
  const from = (address: string) => ({ requestId: 'guesses', ip: address, device: null });

  it('signs in where they followed a reset link, at once, and is counted like anybody until then', async () => {
    const { id, email } = await make(root);
    const throttle = throttleOf();
    const invite = await makeUserLink(portal.deps, root, id, 'invite');
    await followUserLink(portal.deps, throttle, tokenOf(invite.url), 'first password');
    for (let n = 0; n < 50; n++) await throttle.attempt(email, { address: `10.77.0.${n}`, device: null });
    const there = { address: '10.78.0.1', device: null };
    expect(await throttle.attempt(email, there)).toBeGreaterThan(0);
    const reset = await makeUserLink(portal.deps, root, id, 'reset');
    await withRequestFacts(from(there.address), () =>
      followUserLink(portal.deps, throttle, tokenOf(reset.url), 'second password'),
    );
    expect(await throttle.attempt(email, there)).toBeNull();
  });

  it('finds their own form for a new password guarded by the same count', async () => {
    const { id } = await make(root);
    const invite = await makeUserLink(portal.deps, root, id, 'invite');
    await followUserLink(portal.deps, throttleOf(), tokenOf(invite.url), 'first password');
    const { sessionVersion } = await portal.db.user.findUniqueOrThrow({ where: { id } });
    const me = (await resolveSession(portal.deps, { userId: id, sessionVersion, sessionId: null })) as UserContext;
    const guess = (n: number) =>
      withRequestFacts(from('10.79.0.1'), () =>
        codeOf(changeOwnPassword(portal.deps, throttleOf(), me, { current: `wrong ${n}`, next: 'second password' })),
      );
    const codes: unknown[] = [];
    for (let n = 0; n < 11; n++) codes.push(await guess(n));
    expect(codes).toEqual([...Array(10).fill('wrong_password'), 'too_many_attempts']);
  });
});
