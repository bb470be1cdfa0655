import { isUniqueViolation } from '#lib/db/database-faults.ts';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import type { User } from './user-repo.ts';

/** Who somebody is at a provider: the issuer's URL, and the subject that it never gives to anyone else. */
export interface Identity {
  provider: string;
  subject: string;
}

export async function findUserByIdentity(db: DbOrTx, identity: Identity): Promise<User | null> {
  const found = await db.userIdentity.findUnique({ where: { provider_subject: identity }, include: { user: true } });
  return found?.user ?? null;
}

/** False when the account has another identity at this provider, or the identity another account. */
export async function linkIdentity(db: DbOrTx, userId: string, { provider, subject }: Identity): Promise<boolean> {
  try {
    await db.userIdentity.create({ data: { provider, subject, userId } });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

export async function touchIdentity(db: DbOrTx, identity: Identity, now: Date): Promise<void> {
  await db.userIdentity.updateMany({ where: identity, data: { lastSignInAt: now } });
}
