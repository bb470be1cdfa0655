import { createGathering, perDatabase } from '#lib/db/gathering.ts';
import { type Database, Prisma, readsOf } from '#lib/db/prisma-client.ts';
import { unavailable } from '#lib/errors.ts';
import type { SessionClaims } from './session-claims.ts';
import type { ApiKey, User } from './user-repo.ts';

/** What makes a caller of an account. */
export type CallerUser = Pick<User, 'id' | 'role' | 'name' | 'teamAccess' | 'playerId' | 'preferences' | 'disabledAt'>;
/** What makes a caller of a key, with its account. */
export type CallerKey = Pick<ApiKey, 'id' | 'scope' | 'expiresAt' | 'revokedAt'> & { user: CallerUser };
type UsedKey = CallerKey & Pick<ApiKey, 'lastUsedAt'>;

interface KeyRow extends CallerUser, Pick<ApiKey, 'scope' | 'expiresAt' | 'revokedAt' | 'lastUsedAt'> {
  n: number;
  keyId: string;
}

const USER = Prisma.sql`u.id, u.role, u.name, u.team_access AS "teamAccess", u.player_id AS "playerId", u.preferences,
  u.disabled_at AS "disabledAt"`;

/** Who asks is looked up with every request: those that come while one look is under way share the next. */
const TERMS = { most: 100, room: 10_000, onFull: () => unavailable() };

/** Each row in the place of the question that it answers, numbered from 1. */
function inOrder<R extends { n: number }, T>(count: number, rows: readonly R[], read: (row: R) => T): (T | null)[] {
  const answers: (T | null)[] = Array.from({ length: count }, () => null);
  for (const row of rows) answers[row.n - 1] = read(row);
  return answers;
}

function toKey({ n: _place, keyId, scope, expiresAt, revokedAt, lastUsedAt, ...user }: KeyRow): UsedKey {
  return { id: keyId, scope, expiresAt, revokedAt, lastUsedAt, user };
}

/** The keys with these hashes, with their accounts, whether or not they still hold. */
async function selectKeys(db: Database, hashes: readonly string[]): Promise<(UsedKey | null)[]> {
  const rows = await readsOf(db).$queryRaw<KeyRow[]>`
    SELECT asked.n::int AS n, k.id AS "keyId", k.scope, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt",
      k.last_used_at AS "lastUsedAt", ${USER}
    FROM unnest(${hashes}::text[]) WITH ORDINALITY AS asked(key_hash, n)
    JOIN media.api_keys k ON k.key_hash = asked.key_hash JOIN media.users u ON u.id = k.user_id`;
  return inOrder(hashes.length, rows, toKey);
}

const keysOf = perDatabase((db: Database) =>
  createGathering({ ...TERMS, work: (hashes: string[]) => selectKeys(db, hashes) }),
);

/** The key with this hash, with its account, whether or not it still holds, as it is now. */
export async function selectCallerKey(db: Database, keyHash: string): Promise<UsedKey | null> {
  const [key = null] = await keysOf(db).add([keyHash]);
  return key;
}

export async function selectCallerKeyById(db: Database, id: string): Promise<UsedKey | null> {
  const [row] = await readsOf(db).$queryRaw<KeyRow[]>`
    SELECT 1 AS n, k.id AS "keyId", k.scope, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt",
      k.last_used_at AS "lastUsedAt", ${USER}
    FROM media.api_keys k JOIN media.users u ON u.id = k.user_id WHERE k.id = ${id}::uuid`;
  return row ? toKey(row) : null;
}

export async function selectCaller(db: Database, userId: string): Promise<CallerUser | null> {
  const rows = await readsOf(db).$queryRaw<
    CallerUser[]
  >`SELECT ${USER} FROM media.users u WHERE u.id = ${userId}::uuid`;
  return rows[0] ?? null;
}

/** The accounts of those sessions that nobody has ended. */
async function selectSessions(db: Database, claims: readonly SessionClaims[]): Promise<(CallerUser | null)[]> {
  const users = claims.map(({ userId }) => userId);
  const versions = claims.map(({ sessionVersion }) => sessionVersion);
  const sessions = claims.map(({ sessionId }) => sessionId);
  const rows = await readsOf(db).$queryRaw<(CallerUser & { n: number })[]>`
    SELECT asked.n::int AS n, ${USER}
    FROM unnest(${users}::uuid[], ${versions}::int[], ${sessions}::uuid[]) WITH ORDINALITY
      AS asked(user_id, session_version, session_id, n)
    JOIN media.users u ON u.id = asked.user_id AND u.session_version = asked.session_version
    WHERE NOT EXISTS (
      SELECT FROM media.ended_sessions e WHERE e.user_id = u.id AND e.session_id = asked.session_id)`;
  return inOrder(claims.length, rows, ({ n: _place, ...user }) => user);
}

const sessionsOf = perDatabase((db: Database) =>
  createGathering({ ...TERMS, work: (claims: SessionClaims[]) => selectSessions(db, claims) }),
);

/** The account of a session that nobody has ended, as it is now. */
export async function selectCallerOfSession(db: Database, claims: SessionClaims): Promise<CallerUser | null> {
  const [user = null] = await sessionsOf(db).add([claims]);
  return user;
}
