import type { DbOrTx, Prisma } from '#lib/db/prisma-client.ts';

export type User = Prisma.UserGetPayload<object>;
export type ApiKey = Prisma.ApiKeyGetPayload<object>;

/** How stale `last_used_at` may be: a busy key costs one write a minute, not one a request. */
const LAST_USED_RESOLUTION_MS = 60_000;

export const findUserByEmail = (db: DbOrTx, email: string): Promise<User | null> =>
  db.user.findUnique({ where: { email: email.trim().toLowerCase() } });

export const findUserById = (db: DbOrTx, id: string): Promise<User | null> => db.user.findUnique({ where: { id } });

/** The key of this hash with its user, whether or not it still holds. */
export const findApiKey = (db: DbOrTx, keyHash: string): Promise<(ApiKey & { user: User }) | null> =>
  db.apiKey.findUnique({ where: { keyHash }, include: { user: true } });

export const findApiKeyById = (db: DbOrTx, id: string): Promise<(ApiKey & { user: User }) | null> =>
  db.apiKey.findUnique({ where: { id }, include: { user: true } });

export async function touchApiKey(db: DbOrTx, key: Pick<ApiKey, 'id' | 'lastUsedAt'>, now: Date): Promise<void> {
  if (key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < LAST_USED_RESOLUTION_MS) return;
  await db.apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: now } });
}

type NewUser = Pick<User, 'id' | 'email' | 'name' | 'passwordHash' | 'role' | 'teamAccess' | 'playerId'>;

export const insertUser = (db: DbOrTx, user: NewUser): Promise<User> => db.user.create({ data: user });

/** The new account, or `null` when its e-mail address is taken. */
export async function insertUserUnlessTaken(db: DbOrTx, data: NewUser): Promise<User | null> {
  const [user] = await db.user.createManyAndReturn({ data: [data], skipDuplicates: true });
  return user ?? null;
}

export const insertApiKey = (
  db: DbOrTx,
  key: Pick<ApiKey, 'id' | 'userId' | 'name' | 'keyHash' | 'keyHint' | 'expiresAt'> & Partial<Pick<ApiKey, 'scope'>>,
): Promise<ApiKey> => db.apiKey.create({ data: key });

/** The account that has been an admin for longest, for commands that act without being told as whom. */
export const findFirstAdmin = (db: DbOrTx): Promise<User | null> =>
  db.user.findFirst({ where: { role: 'admin', disabledAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });

/** Sets a new password and ends every session of the account. */
export async function replacePassword(db: DbOrTx, id: string, passwordHash: string): Promise<void> {
  await db.user.update({ where: { id }, data: { passwordHash, sessionVersion: { increment: 1 } } });
}

/** Ends every session of the account; `null` when there is no such account. */
export async function raiseSessionVersion(db: DbOrTx, id: string): Promise<User | null> {
  const data = { sessionVersion: { increment: 1 } };
  const [user] = await db.user.updateManyAndReturn({ where: { id }, data });
  return user ?? null;
}

/** Revokes a user's keys of one name; the number of keys that held until then. */
export async function revokeApiKeysNamed(db: DbOrTx, userId: string, name: string, now: Date): Promise<number> {
  const where = { userId, name, revokedAt: null };
  return (await db.apiKey.updateMany({ where, data: { revokedAt: now } })).count;
}
