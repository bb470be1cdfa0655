import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoleRule } from '#lib/auth/role-rules.ts';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { createLogger } from '#lib/logger.ts';
import { createUser } from '#lib/users/create-user.ts';
import { createUserSchema } from '#lib/users/user-schemas.ts';
import { type ProviderPolicy, signInByProvider } from './sign-in-by-provider.ts';

const RULES: RoleRule[] = [
  { match: { claim: 'video-admins' }, role: 'admin', teams: ['ALL'] },
  { match: { claim: 'scouts' }, role: 'scout', teams: ['MTL', 'CHI'] },
  { match: { domain: 'club.example' }, role: 'coach', teams: ['MTL'] },
];
const POLICY: ProviderPolicy = {
  allowedDomains: ['club.example', 'league.example'],
  roleClaim: 'groups',
  rules: RULES,
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const deps = () => ({ db: database.db, now: () => new Date(), logger: createLogger('silent', 'test') });
let serial = 0;
/** Claims of somebody new. */
const claims = (over: Record<string, unknown> = {}) => {
  serial += 1;
  const email = `p${serial}@club.example`;
  return { iss: 'https://id.example', sub: `s${serial}`, email, email_verified: true, name: `P ${serial}`, ...over };
};
const signIn = (raw: unknown, policy = POLICY) => signInByProvider(deps(), policy, raw);
const account = async (email: string, role = 'staff') =>
  createUser(
    deps(),
    createUserSchema.parse({ email, name: 'Had One', role, team_access: ['TOR'], password: 'twelve chars' }),
  );

describe('who has no account', () => {
  it('gets one by the first rule that fits: a value of the claim, or the domain', async () => {
    const role = async (over: Record<string, unknown>) => {
      const outcome = await signIn(claims(over));
      return 'user' in outcome ? [outcome.user.role, outcome.user.teamAccess] : outcome.refusal;
    };
    expect(await role({})).toEqual(['coach', ['MTL']]);
    expect(await role({ groups: 'scouts' })).toEqual(['scout', ['CHI', 'MTL']]);
    expect(await role({ groups: ['x', 'scouts', 'video-admins'] })).toEqual(['admin', ['ALL']]);
    expect(await role({ roles: ['video-admins'], email: 'other-claim@league.example' })).toBe('NoAccount');
    expect(await role({ groups: { 'video-admins': true }, email: 'object@league.example' })).toBe('NoAccount');
  });

  it('gets none without a rule, whatever the domain', async () => {
    const count = () => database.db.user.count();
    const before = await count();
    expect(await signIn(claims({ email: 'new@league.example' }))).toEqual({ refusal: 'NoAccount' });
    expect(await signIn(claims(), { ...POLICY, allowedDomains: [], rules: [] })).toEqual({ refusal: 'NoAccount' });
    expect(await count()).toBe(before);
  });

  it('gets one without a password, and with a name that is plain', async () => {
    const outcome = await signIn(claims({ name: ' A\u202eB\n ' }));
    expect(outcome).toMatchObject({ user: { passwordHash: null, name: 'AB' } });
  });

  it('gets one account, however often it comes at once', async () => {
    const once = claims();
    const outcomes = await Promise.all([signIn(once), signIn(once), signIn(once)]);
    const ids = outcomes.map((outcome) => ('user' in outcome ? outcome.user.id : outcome.refusal));
    expect(new Set(ids).size).toBe(1);
    expect(await database.db.user.count({ where: { email: once.email } })).toBe(1);
  });
});

describe('an address', () => {
  it.each([[false], ['false'], [undefined], [null], [1]])('with email_verified %j is nobody', async (verified) => {
    const raw = claims({ email_verified: verified });
    await account(raw.email);
    expect(await signIn(raw)).toEqual({ refusal: 'EmailNotVerified' });
  });

  it.each(['x@other.example', 'x@sub.club.example', 'x@club.example.evil.example', 'x@evil-club.example'])(
    '%s is of no allowed domain, with an account too',
    async (email) => {
      await account(email);
      expect(await signIn(claims({ email, groups: ['video-admins'] }))).toEqual({ refusal: 'DomainNotAllowed' });
    },
  );

  it.each([undefined, 'no address', 'a@club.example, b@evil.example', ['a@club.example']])(
    '%j is none',
    async (email) => {
      expect(await signIn(claims({ email }))).toEqual({ refusal: 'EmailNotVerified' });
    },
  );
});

describe('an account', () => {
  it('is found by its verified address once, and by the subject from then on', async () => {
    const first = claims({ groups: ['video-admins'] });
    const user = await account(first.email);
    // Rules make accounts; they do not change them.
    expect(await signIn(first)).toMatchObject({ user: { id: user.id, role: 'staff' } });
    expect(await signIn({ ...first, email: 'married@club.example' })).toMatchObject({ user: { id: user.id } });
  });

  it('is not opened by a subject that has got its address later, nor by that subject of another issuer', async () => {
    const first = claims();
    const user = await account(first.email);
    await signIn(first);
    expect(await signIn({ ...first, sub: 'a successor' })).toEqual({ refusal: 'OtherIdentity' });
    const elsewhere = await signIn(claims({ sub: first.sub, iss: 'https://other.example' }));
    expect('user' in elsewhere && elsewhere.user.id).not.toBe(user.id);
  });

  it('that is disabled stays shut, before and after it was linked', async () => {
    const raw = claims();
    const { id } = await account(raw.email);
    const disable = (disabledAt: Date | null) => database.db.user.update({ where: { id }, data: { disabledAt } });
    await disable(new Date());
    expect(await signIn(raw)).toEqual({ refusal: 'AccountDisabled' });
    expect(await database.db.userIdentity.count({ where: { userId: id } })).toBe(0);
    await disable(null);
    expect(await signIn(raw)).toMatchObject({ user: { id } });
    await disable(new Date());
    expect(await signIn(raw)).toEqual({ refusal: 'AccountDisabled' });
  });
});
