import type { DbOrTx } from '#lib/db/prisma-client.ts';
import type { SessionClaims } from './session-claims.ts';
import type { User } from './user-repo.ts';

/** The account of a session that nobody has ended. */
export const findSessionUser = (
  db: DbOrTx,
  { userId, sessionVersion, sessionId }: SessionClaims,
): Promise<User | null> =>
  db.user.findFirst({
    where: { id: userId, sessionVersion, ...(sessionId ? { endedSessions: { none: { sessionId } } } : {}) },
  });

/** Ends one session; true if it had not ended. @param expiresAt when the last cookie of it dies by itself. */
export async function insertEndedSession(
  tx: DbOrTx,
  session: { sessionId: string; userId: string; expiresAt: Date },
): Promise<boolean> {
  return (await tx.endedSession.createMany({ data: [session], skipDuplicates: true })).count > 0;
}

/** Forgets ended sessions of which no cookie lives; how many. For the worker: the web may not. */
export const deleteOutlivedSessions = (db: DbOrTx): Promise<number> =>
  db.$executeRaw`DELETE FROM media.ended_sessions s WHERE s.expires_at < now()`;
