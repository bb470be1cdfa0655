import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { SESSION_SECONDS, type SessionClaims } from './session-claims.ts';
import { findSessionUser, insertEndedSession } from './session-repo.ts';
import { userEntry } from './user-entry.ts';
import { raiseSessionVersion } from './user-repo.ts';

/**
 * Signs an account out everywhere: every session that it has ends with its next request. One's own, or, for those who
 * manage people, anybody's. API keys stay.
 *
 * @throws AppError 403 for somebody else's without the right; 404 when there is no such account.
 */
export async function endSessions(
  deps: Pick<PortalDeps, 'db' | 'logger'>,
  user: UserContext,
  userId: string = user.userId,
): Promise<void> {
  if (userId !== user.userId) authorize(user, 'people.manage');
  await deps.db.$transaction(async (tx) => {
    const ended = await raiseSessionVersion(tx, userId);
    if (!ended) throw notFound('User');
    await recordAudit(tx, user, userEntry('session.end_all', ended));
  });
  deps.logger.info({ user_id: userId, by: user.userId }, 'sessions ended');
}

/**
 * Ends one session: the cookie that the browser has, and every copy of it, is nobody from the next request on. Other
 * browsers of the account stay signed in; but a cookie that does not tell which session it is ends them all.
 * One that has ended already is left as it is.
 */
export async function endSession(deps: Pick<PortalDeps, 'db' | 'now'>, session: SessionClaims): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const account = await findSessionUser(tx, session);
    if (!account) return;
    const { userId, sessionId } = session;
    // A cookie lives no longer than this from now, whenever it was made.
    const expiresAt = new Date(deps.now().getTime() + SESSION_SECONDS * 1000);
    const hasEnded = sessionId
      ? await insertEndedSession(tx, { sessionId, userId, expiresAt })
      : await raiseSessionVersion(tx, userId);
    if (hasEnded) await recordAudit(tx, { userId, name: account.name }, userEntry('session.end', account));
  });
}
