import { type Database, Prisma, readsOf } from '#lib/db/prisma-client.ts';
import type { SessionClaims } from './session-claims.ts';
import type { ApiKey, User } from './user-repo.ts';

/** What makes a caller of an account. */
export type CallerUser = Pick<User, 'id' | 'role' | 'name' | 'teamAccess' | 'playerId' | 'preferences' | 'disabledAt'>;
/** What makes a caller of a key, with its account. */
export type CallerKey = Pick<ApiKey, 'id' | 'scope' | 'expiresAt' | 'revokedAt'> & { user: CallerUser };

interface KeyRow extends CallerUser, Pick<ApiKey, 'scope' | 'expiresAt' | 'revokedAt' | 'lastUsedAt'> {
  keyId: string;
}

const USER = Prisma.sql`u.id, u.role, u.name, u.team_access AS "teamAccess", u.player_id AS "playerId", u.preferences,
  u.disabled_at AS "disabledAt"`;

/** The key that a condition names with its account, whether or not it still holds: one statement, with every request. */
async function selectKey(
  db: Database,
  condition: Prisma.Sql,
): Promise<(CallerKey & Pick<ApiKey, 'lastUsedAt'>) | null> {
  const [row] = await readsOf(db).$queryRaw<KeyRow[]>`
    SELECT k.id AS "keyId", k.scope, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt",
      k.last_used_at AS "lastUsedAt", ${USER}
    FROM media.api_keys k JOIN media.users u ON u.id = k.user_id WHERE ${condition}`;
  if (!row) return null;
  const { keyId, scope, expiresAt, revokedAt, lastUsedAt, ...user } = row;
  return { id: keyId, scope, expiresAt, revokedAt, lastUsedAt, user };
}

export const selectCallerKey = (db: Database, keyHash: string) => selectKey(db, Prisma.sql`k.key_hash = ${keyHash}`);

export const selectCallerKeyById = (db: Database, id: string) => selectKey(db, Prisma.sql`k.id = ${id}::uuid`);

export async function selectCaller(db: Database, userId: string): Promise<CallerUser | null> {
  const rows = await readsOf(db).$queryRaw<
    CallerUser[]
  >`SELECT ${USER} FROM media.users u WHERE u.id = ${userId}::uuid`;
  return rows[0] ?? null;
}

/** The account of a session that nobody has ended. */
export async function selectCallerOfSession(
  db: Database,
  { userId, sessionVersion, sessionId }: SessionClaims,
): Promise<CallerUser | null> {
  const rows = await readsOf(db).$queryRaw<CallerUser[]>`
    SELECT ${USER} FROM media.users u WHERE u.id = ${userId}::uuid AND u.session_version = ${sessionVersion}::int
      AND NOT EXISTS (SELECT FROM media.ended_sessions e WHERE e.user_id = u.id AND e.session_id = ${sessionId ?? null}::uuid)`;
  return rows[0] ?? null;
}
