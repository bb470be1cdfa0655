import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { userDeed } from './user-deed.ts';
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
    await recordAudit(tx, user, userDeed('session.end_all', ended));
  });
  deps.logger.info({ user_id: userId, by: user.userId }, 'sessions ended');
}
