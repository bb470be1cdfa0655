import { hashApiKey } from '#lib/auth/api-key.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import {
  type CallerKey,
  selectCaller,
  selectCallerKey,
  selectCallerKeyById,
  selectCallerOfSession,
} from './caller-repo.ts';
import type { SessionClaims } from './session-claims.ts';
import { userContextOf } from './user-context-of.ts';
import { touchApiKey } from './user-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'now'>;

/** The caller that a key makes at a moment; `null` for one that is revoked, has expired, or whose user is disabled. */
export const callerOfKey = (key: CallerKey | null, now: Date): UserContext | null =>
  !key || key.revokedAt || (key.expiresAt && key.expiresAt <= now) ? null : userContextOf(key.user, key);

/** The caller behind an API key, read afresh: a revoked key, or a disabled user's, is nobody. */
export async function resolveApiKey(deps: Deps, key: string): Promise<UserContext | null> {
  const found = await selectCallerKey(deps.db, hashApiKey(key));
  const user = callerOfKey(found, deps.now());
  if (user && found) await touchApiKey(deps.db, found, deps.now());
  return user;
}

/**
 * The caller behind a session: read afresh, so that a new role, a disabled account, a log-out or a raised session
 * version counts from the next request on.
 */
export async function resolveSession(deps: Pick<Deps, 'db'>, session: SessionClaims): Promise<UserContext | null> {
  const user = await selectCallerOfSession(deps.db, session);
  return user && userContextOf(user);
}

/** The caller whom a playlist token names, if they still are somebody. */
export async function resolveTokenCaller(
  deps: Deps,
  caller: { userId: string; apiKeyId?: string | undefined },
): Promise<UserContext | null> {
  if (caller.apiKeyId) return callerOfKey(await selectCallerKeyById(deps.db, caller.apiKeyId), deps.now());
  const user = await selectCaller(deps.db, caller.userId);
  return user ? userContextOf(user) : null;
}
