import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateApiKey, hashApiKey, hintOf } from '#lib/auth/api-key.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { createSignInThrottle } from '#lib/auth/sign-in-throttle.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { withRequestFacts } from '#lib/request-facts.ts';
import { enlist, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { endSession, endSessions } from '#lib/users/end-sessions.ts';
import { resolveApiKey, resolveSession, resolveTokenCaller } from '#lib/users/resolve-caller.ts';
import { deleteOutlivedSessions } from '#lib/users/session-repo.ts';
import { insertApiKey, replacePassword } from '#lib/users/user-repo.ts';
import { nextAuthOptions } from './next-auth-options.ts';
import { signInByPassword } from './password-sign-in.ts';
import { recordRefusedSignIn, recordSessionStart } from './record-sign-in.ts';
import { readSessionCookie } from './session-cookie.ts';

const SECRET = 'the secret of next-auth';
const COOKIE = 'next-auth.session-token';
const SETTINGS = { secret: SECRET, secureCookie: false };

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

describe('the session cookie', () => {
  const claims = { sub: randomUUID(), sv: 3, sid: randomUUID() };

  it('names the account and the generation of its sessions', async () => {
    const token = await encode({ token: claims, secret: SECRET });
    expect(await readSessionCookie({ [COOKIE]: token }, SETTINGS)).toEqual({
      userId: claims.sub,
      sessionVersion: 3,
      sessionId: claims.sid,
    });
  });

  it('of the version before names no session of its own', async () => {
    const token = await encode({ token: { sub: claims.sub, sv: 3 }, secret: SECRET });
    expect(await readSessionCookie({ [COOKIE]: token }, SETTINGS)).toMatchObject({ sessionId: null });
  });

  it('is read under its __Host- name where the portal is on https, and only there', async () => {
    const token = await encode({ token: claims, secret: SECRET });
    const secure = { ...SETTINGS, secureCookie: true };
    expect(await readSessionCookie({ [`__Host-${COOKIE}`]: token }, secure)).toMatchObject({ userId: claims.sub });
    for (const name of [COOKIE, `__Secure-${COOKIE}`])
      expect(await readSessionCookie({ [name]: token }, secure)).toBeNull();
  });

  it.each([
    ['of another secret', () => encode({ token: claims, secret: 'another secret of next-auth' })],
    ['that has expired', () => encode({ token: claims, secret: SECRET, maxAge: -120 })],
    ['without a session version', () => encode({ token: { sub: claims.sub }, secret: SECRET })],
    ['of something that is no account', () => encode({ token: { sub: 'admin', sv: 1 }, secret: SECRET })],
    ['of plain text', async () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'],
    ['of nothing', async () => ''],
  ])('%s is nobody', async (_what, make) => {
    expect(await readSessionCookie({ [COOKIE]: await make() }, SETTINGS)).toBeNull();
  });
});

describe('a session', () => {
  const change = (id: string, data: object) => portal.db.user.update({ where: { id }, data });
  const signedInAs = async (role: 'coach' | 'player') => {
    const user = await enlist(portal.deps, role, { teamAccess: ['MTL'] });
    return { user, session: { userId: user.userId, sessionVersion: 1, sessionId: randomUUID() } };
  };

  it('is the account as it is now', async () => {
    const { user, session } = await signedInAs('player');
    expect(await resolveSession(portal.deps, session)).toEqual(user);
  });

  it('has a changed role, team and player from the next request on', async () => {
    const { user, session } = await signedInAs('player');
    await change(user.userId, {
      role: 'coach',
      teamAccess: ['TOR'],
      playerId: null,
      preferences: { locale: 'fr', x: 1 },
    });
    expect(await resolveSession(portal.deps, session)).toEqual({
      userId: user.userId,
      role: 'coach',
      name: user.name,
      teamAccess: ['TOR'],
      preferences: { locale: 'fr' },
    });
  });

  it('ends with its version, for every session of the account at once', async () => {
    const { user, session } = await signedInAs('coach');
    await change(user.userId, { sessionVersion: 2 });
    expect(await resolveSession(portal.deps, session)).toBeNull();
    expect(await resolveSession(portal.deps, { ...session, sessionVersion: 2 })).not.toBeNull();
  });

  it('ends for its owner everywhere, or by those who manage people, and by nobody else', async () => {
    const [{ user, session }, other] = await Promise.all([signedInAs('coach'), signedInAs('player')]);
    await expect(endSessions(portal.deps, other.user, user.userId)).rejects.toMatchObject({ status: 403 });
    expect(await resolveSession(portal.deps, session)).not.toBeNull();
    await endSessions(portal.deps, user);
    expect(await resolveSession(portal.deps, session)).toBeNull();
    expect(await resolveSession(portal.deps, other.session)).not.toBeNull();
    const admin = await enlist(portal.deps, 'admin');
    await endSessions(portal.deps, admin, other.user.userId);
    expect(await resolveSession(portal.deps, other.session)).toBeNull();
    await expect(endSessions(portal.deps, admin, randomUUID())).rejects.toMatchObject({ status: 404 });
  });

  it('ends alone when its person logs out: every copy of its cookie is nobody, and other browsers stay', async () => {
    const { user, session } = await signedInAs('coach');
    const elsewhere = { ...session, sessionId: randomUUID() };
    const endings = async () => {
      const rows = await portal.db.auditEntry.findMany({ where: { targetId: user.userId, action: 'session.end' } });
      return rows.map(({ actorUserId }) => actorUserId);
    };
    // Two tabs at once, and once more: neither a fault nor a second line of the audit log.
    await Promise.all([endSession(portal.deps, session), endSession(portal.deps, session)]);
    await endSession(portal.deps, session);
    expect(await resolveSession(portal.deps, session)).toBeNull();
    expect(await resolveSession(portal.deps, elsewhere)).toEqual(user);
    expect(await endings()).toEqual([user.userId]);
    await endSessions(portal.deps, user);
    expect(await resolveSession(portal.deps, elsewhere)).toBeNull();
  });

  it('whose cookie does not tell which it is ends with all of its account', async () => {
    const { session } = await signedInAs('coach');
    const old = { ...session, sessionId: null };
    expect(await resolveSession(portal.deps, old)).not.toBeNull();
    await endSession(portal.deps, old);
    for (const each of [old, session]) expect(await resolveSession(portal.deps, each)).toBeNull();
  });

  it('is looked up by one query', async () => {
    const { session } = await signedInAs('coach');
    const statements = await portal.statementsOf(async (deps) => {
      await resolveSession(deps, session);
    });
    expect(statements).toHaveLength(1);
  });

  it('stays ended: the web cannot take that back, and the worker forgets it when no cookie lives', async () => {
    const { session } = await signedInAs('coach');
    await endSession(portal.deps, session);
    const { db } = portal.deps;
    await expect(db.$executeRaw`DELETE FROM media.ended_sessions`).rejects.toThrow(/permission denied/);
    await expect(db.$executeRaw`UPDATE media.ended_sessions SET expires_at = now()`).rejects.toThrow(
      /permission denied/,
    );
    await deleteOutlivedSessions(portal.db);
    expect(await resolveSession(portal.deps, session)).toBeNull();
    const where = { sessionId: session.sessionId };
    await portal.db.endedSession.update({ where, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await deleteOutlivedSessions(portal.db)).toBe(1);
  });

  it('that has ended is not made anew by next-auth', async () => {
    const { session } = await signedInAs('coach');
    const token = { sub: session.userId, sv: 1, sid: session.sessionId };
    const { callbacks } = nextAuthOptions(portal.deps, {
      ...SETTINGS,
      throttle: createSignInThrottle(portal.deps.db),
      providers: [],
      policy: { allowedDomains: [], roleClaim: 'roles', rules: [] },
    });
    const renewed = () => callbacks?.jwt?.({ token } as unknown as Parameters<NonNullable<typeof callbacks.jwt>>[0]);
    expect(await renewed()).toEqual(token);
    await endSession(portal.deps, session);
    expect(await renewed()).toEqual({});
  });

  it('ends with a new password', async () => {
    const { user, session } = await signedInAs('coach');
    await replacePassword(portal.deps.db, user.userId, await hashPassword('another long password'));
    expect(await resolveSession(portal.deps, session)).toBeNull();
  });

  it('ends when the account is disabled or gone', async () => {
    const { user, session } = await signedInAs('coach');
    await change(user.userId, { disabledAt: new Date() });
    expect(await resolveSession(portal.deps, session)).toBeNull();
    await portal.db.user.delete({ where: { id: user.userId } });
    expect(await resolveSession(portal.deps, session)).toBeNull();
  });

  it('of a role that this version does not know is nobody', async () => {
    const { user, session } = await signedInAs('coach');
    await portal.db.$executeRaw`ALTER TABLE media.users DROP CONSTRAINT ck_user_role`;
    await change(user.userId, { role: 'owner' });
    expect(await resolveSession(portal.deps, session)).toBeNull();
  });
});

describe('the audit log', () => {
  it('tells of sessions that began, ended and were refused, with address and account, never with a password', async () => {
    const user = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    const email = `${user.userId}@example.com`;
    await withRequestFacts({ requestId: 'sign-in-1', ip: '192.0.2.9' }, async () => {
      await recordSessionStart(portal.deps, user.userId, 'credentials');
      await endSession(portal.deps, { userId: user.userId, sessionVersion: 1, sessionId: randomUUID() });
      const account = await portal.db.user.findUniqueOrThrow({ where: { id: user.userId } });
      await recordRefusedSignIn(portal.deps, { email, reason: 'credentials', user: account });
      for (let time = 0; time < 3; time++) {
        await recordRefusedSignIn(portal.deps, { email: 'no@example.com', reason: 'throttled', user: null });
      }
      await recordRefusedSignIn(portal.deps, { email: 'my password!', reason: 'credentials', user: null });
    });
    const where = { requestId: 'sign-in-1' };
    const rows = await portal.db.auditEntry.findMany({ where, orderBy: { id: 'asc' } });
    expect(rows.map(({ action, targetId, teamCodes, ip }) => [action, targetId, teamCodes.join(), ip])).toEqual([
      ['session.start', user.userId, 'MTL', '192.0.2.9'],
      ['session.end', user.userId, 'MTL', '192.0.2.9'],
      ['session.refuse', user.userId, 'MTL', '192.0.2.9'],
      ['session.refuse', 'no@example.com', '', '192.0.2.9'],
      ['session.refuse', '-', '', '192.0.2.9'],
    ]);
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain(
      'my pass',
    );
  });
});

describe('an API key', () => {
  const keyOf = async (userId: string, expiresAt: Date | null = null) => {
    const key = generateApiKey();
    const id = randomUUID();
    await insertApiKey(portal.db, {
      id,
      userId,
      name: 'k',
      keyHash: hashApiKey(key),
      keyHint: hintOf(key),
      expiresAt,
    });
    return { key, id };
  };

  it('acts as its user, is kept as a hash only, and remembers its use', async () => {
    const user = await enlist(portal.deps, 'scout', { teamAccess: ['MTL'] });
    const { key, id } = await keyOf(user.userId);
    expect(await resolveApiKey(portal.deps, key)).toEqual({ ...user, apiKeyId: id, keyScope: 'write' });
    const row = await portal.db.apiKey.findUniqueOrThrow({ where: { id } });
    expect(row.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(row)).not.toContain(key);
  });

  it('is nobody when unknown, revoked, expired to the millisecond, or its user disabled', async () => {
    const user = await enlist(portal.deps, 'admin');
    const end = new Date('2026-01-01T00:00:00Z');
    const [known, expiring] = await Promise.all([keyOf(user.userId), keyOf(user.userId, end)]);
    expect(await resolveApiKey(portal.deps, generateApiKey())).toBeNull();
    portal.setNow(new Date(end.getTime() - 1));
    expect(await resolveApiKey(portal.deps, expiring.key)).not.toBeNull();
    portal.setNow(end);
    expect(await resolveApiKey(portal.deps, expiring.key)).toBeNull();
    expect(await resolveTokenCaller(portal.deps, { userId: user.userId, apiKeyId: expiring.id })).toBeNull();
    portal.setNow(null);
    await portal.db.apiKey.update({ where: { id: expiring.id }, data: { expiresAt: null, revokedAt: end } });
    expect(await resolveApiKey(portal.deps, expiring.key)).toBeNull();
    expect(await resolveApiKey(portal.deps, known.key)).not.toBeNull();
    await portal.db.user.update({ where: { id: user.userId }, data: { disabledAt: new Date() } });
    expect(await resolveApiKey(portal.deps, known.key)).toBeNull();
  });
});

describe('signing in', () => {
  const options = () =>
    nextAuthOptions(portal.deps, {
      ...SETTINGS,
      throttle: createSignInThrottle(portal.deps.db),
      providers: [],
      policy: { allowedDomains: [], roleClaim: 'roles', rules: [] },
    });
  type Authorize = (
    credentials: Record<string, string> | undefined,
    request: { headers: Record<string, string> },
  ) => Promise<{ id: string } | null>;
  const signIn = (credentials: Record<string, string> | undefined, address = '192.0.2.1') => {
    const provider = options().providers[0] as unknown as { options: { authorize: Authorize } };
    return provider.options.authorize(credentials, { headers: { 'x-forwarded-for': address } });
  };

  it('needs the right password of an account that is not disabled', async () => {
    const user = await enlist(portal.deps, 'coach');
    const email = `${user.userId}@example.com`;
    const password = 'correct horse battery';
    await portal.db.user.update({
      where: { id: user.userId },
      data: { passwordHash: await hashPassword(password) },
    });
    expect(await signIn({ email: ` ${email.toUpperCase()} `, password })).toMatchObject({
      id: user.userId,
      sessionVersion: 1,
    });
    expect(await signIn({ email, password: `${password}!` })).toBeNull();
    expect(await signIn({ email: 'nobody@example.com', password })).toBeNull();
    expect(await signIn(undefined)).toBeNull();
    await portal.db.user.update({ where: { id: user.userId }, data: { disabledAt: new Date() } });
    expect(await signIn({ email, password })).toBeNull();
  });

  it('of an account without a password is refused', async () => {
    const user = await enlist(portal.deps, 'coach');
    expect(await signIn({ email: `${user.userId}@example.com`, password: '' })).toBeNull();
    expect(await signIn({ email: `${user.userId}@example.com`, password: 'nobody has this password' })).toBeNull();
  });

  it('is refused with the time to wait after ten wrong passwords, for an account as for none', async () => {
    const user = await enlist(portal.deps, 'coach');
    for (const email of [`${user.userId}@example.com`, 'nobody.at.all@example.com']) {
      for (let time = 0; time < 10; time++) expect(await signIn({ email, password: 'wrong' }, '192.0.2.7')).toBeNull();
      await expect(signIn({ email, password: 'wrong' }, '192.0.2.7')).rejects.toThrow(/^TooManyAttempts\.\d{3}$/);
      expect(await signIn({ email, password: 'wrong' }, '192.0.2.8')).toBeNull();
    }
  });

  it('without a database says that it cannot, and nothing of why', async () => {
    const broken = { ...portal.deps, db: openDatabase('postgresql://nobody:hunter2@127.0.0.1:1/none') };
    const throttle = createSignInThrottle(broken.db);
    const from = { address: '192.0.2.1', device: null };
    await expect(signInByPassword(broken, throttle, { email: 'a@example.com', password: 'p' }, from)).rejects.toThrow(
      /^Unavailable$/,
    );
  });

  it.each([
    ['/clips?team_code=MTL', 'http://localhost:3000/clips?team_code=MTL'],
    ['http://localhost:3000/stats', 'http://localhost:3000/stats'],
    ['https://evil.example', 'http://localhost:3000'],
    ['//evil.example/x', 'http://localhost:3000'],
    ['/\\evil.example', 'http://localhost:3000'],
    ['http://localhost:3000@evil.example', 'http://localhost:3000'],
    ['javascript:alert(1)', 'http://localhost:3000'],
    ['https://localhost:3000/', 'http://localhost:3000'],
  ])('goes on from %j to %j', async (url, target) => {
    expect(await options().callbacks?.redirect?.({ url, baseUrl: 'http://localhost:3000' })).toBe(target);
  });
});
