import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

const argon2 = vi.hoisted(() => ({ verified: [] as string[] }));
vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof import('@node-rs/argon2')>();
  return {
    ...real,
    verify: (hashed: string, password: string) => {
      argon2.verified.push(hashed);
      return real.verify(hashed, password);
    },
  };
});

const GOOD = 'correct horse battery';

describe('passwords', () => {
  beforeEach(() => {
    argon2.verified.length = 0;
  });
  afterEach(() => vi.restoreAllMocks());

  it('are hashed with argon2id at the floor of OWASP, each with a salt of its own', async () => {
    const [first, second] = await Promise.all([hashPassword(GOOD), hashPassword(GOOD)]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(second).not.toBe(first);
  });

  it('verify against their own hash only', async () => {
    const hashed = await hashPassword(GOOD);
    expect(await verifyPassword(hashed, GOOD)).toBe(true);
    for (const wrong of ['', 'correct horse batterY', `${GOOD} `])
      expect(await verifyPassword(hashed, wrong)).toBe(false);
  });

  it('are the same in every spelling of Unicode', async () => {
    expect(await verifyPassword(await hashPassword('caf\u00e9 au lait 12'), 'cafe\u0301 au lait 12')).toBe(true);
  });

  it.each([undefined, null])(
    'of an account with the hash %s cost a whole verification, and are wrong',
    async (none) => {
      expect(await verifyPassword(none, GOOD)).toBe(false);
      expect(await verifyPassword(none, 'nobody has this password')).toBe(false);
      expect(argon2.verified).toHaveLength(2);
      expect(argon2.verified[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    },
  );

  it('are wrong, not an error, where the stored hash is damaged', async () => {
    expect(await verifyPassword('$argon2id$broken', GOOD)).toBe(false);
  });

  it.each(['', 'eleven char', 'x'.repeat(257)])('are refused at %j', async (password) => {
    await expect(hashPassword(password)).rejects.toMatchObject({ status: 400, errors: [{ path: 'password' }] });
  });
});
