import type { ApiKey, User } from '#generated/prisma/client.ts';
import type { DbOrTx } from '#lib/db/prisma-client.ts';

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

export async function touchApiKey(db: DbOrTx, key: ApiKey, now: Date): Promise<void> {
  if (key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < LAST_USED_RESOLUTION_MS) return;
  await db.apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: now } });
}

export const insertUser = (
  db: DbOrTx,
  user: Pick<User, 'id' | 'email' | 'name' | 'passwordHash' | 'role' | 'teamAccess' | 'playerId'>,
): Promise<User> => db.user.create({ data: user });

export const insertApiKey = (
  db: DbOrTx,
  key: Pick<ApiKey, 'id' | 'userId' | 'name' | 'keyHash' | 'keyHint' | 'expiresAt'>,
): Promise<ApiKey> => db.apiKey.create({ data: key });
