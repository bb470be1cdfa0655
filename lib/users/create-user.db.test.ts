import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashApiKey } from '#lib/auth/api-key.ts';
import { verifyPassword } from '#lib/auth/password.ts';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { createApiKey } from './create-api-key.ts';
import { createUser } from './create-user.ts';
import { findActingUser } from './find-acting-user.ts';
import { resolveApiKey } from './resolve-caller.ts';
import { createUserSchema } from './user-schemas.ts';

let database: TestDatabase;
const now = () => new Date('2026-01-10T12:00:00Z');
const deps = () => ({ db: database.db, now });

const account = (over: Record<string, unknown> = {}) =>
  createUserSchema.parse({
    email: ' Rink@Example.org ',
    name: 'Rink Side',
    role: 'coach',
    team_access: ['mtl', 'CHI', 'MTL'],
    password: 'behind the net 99',
    ...over,
  });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe('an account made from the shell', () => {
  it('is there once, with a hashed password and its teams in order', async () => {
    const user = await createUser(deps(), account());
    expect(user).toMatchObject({
      email: 'rink@example.org',
      role: 'coach',
      teamAccess: ['CHI', 'MTL'],
      playerId: null,
    });
    expect(await verifyPassword(user.passwordHash, 'behind the net 99')).toBe(true);
    await expect(createUser(deps(), account())).rejects.toMatchObject({ status: 409, code: 'user_exists' });
    expect(await database.db.user.count()).toBe(1);
  });

  it('gets keys that act as the account until they expire', async () => {
    const { key, expiresAt } = await createApiKey(deps(), {
      email: 'rink@example.org',
      name: 'bench',
      expires_in_days: 2,
    });
    expect(expiresAt).toEqual(new Date('2026-01-12T12:00:00Z'));
    expect(await database.db.apiKey.count({ where: { keyHash: hashApiKey(key) } })).toBe(1);
    expect(await resolveApiKey(deps(), key)).toMatchObject({ role: 'coach', teamAccess: ['CHI', 'MTL'] });
    expect(await resolveApiKey({ ...deps(), now: () => new Date('2026-01-12T12:00:00Z') }, key)).toBeNull();
  });

  it('gives no key to an unknown or disabled account', async () => {
    await expect(createApiKey(deps(), { email: 'no@example.org', name: 'x' })).rejects.toMatchObject({ status: 404 });
    await createUser(deps(), account({ email: 'gone@example.org' }));
    await database.db.user.update({ where: { email: 'gone@example.org' }, data: { disabledAt: now() } });
    await expect(createApiKey(deps(), { email: 'gone@example.org', name: 'x' })).rejects.toMatchObject({ status: 409 });
    await expect(findActingUser(deps(), 'gone@example.org')).rejects.toThrow(/disabled/);
  });

  it('acts for commands: the one that is named, or the oldest admin that is not disabled', async () => {
    await expect(findActingUser(deps())).rejects.toThrow(/users:create/);
    await expect(findActingUser(deps(), 'no@example.org')).rejects.toThrow(/no@example.org/);
    await createUser(deps(), account({ email: 'first@example.org', role: 'admin', name: 'First' }));
    await createUser(deps(), account({ email: 'second@example.org', role: 'admin', name: 'Second' }));
    expect(await findActingUser(deps())).toMatchObject({ name: 'First', role: 'admin' });
    await database.db.user.update({ where: { email: 'first@example.org' }, data: { disabledAt: now() } });
    expect(await findActingUser(deps())).toMatchObject({ name: 'Second' });
    expect(await findActingUser(deps(), 'RINK@example.org')).toMatchObject({ role: 'coach' });
  });
});
