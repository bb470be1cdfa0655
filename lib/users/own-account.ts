import { recordAudit } from '#lib/audit/record-audit.ts';
import { hashPassword, verifyPassword } from '#lib/auth/password.ts';
import { authorize } from '#lib/auth/permissions.ts';
import { type SignInThrottle, whereabouts } from '#lib/auth/sign-in-throttle.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, conflict, forbidden, notFound } from '#lib/errors.ts';
import { lockUser, updateUser } from './people-repo.ts';
import { userEntry } from './user-entry.ts';
import { findUserById, replacePassword } from './user-repo.ts';

type Deps = Pick<PortalDeps, 'db'>;

/** How the portal calls one. */
export async function renameOwnAccount(deps: Deps, user: UserContext, name: string): Promise<void> {
  authorize(user, 'account.write');
  await deps.db.$transaction(async (tx) => {
    const before = await lockUser(tx, user.userId);
    if (!before) throw notFound('User');
    if (before.name === name) return;
    const after = await updateUser(tx, user.userId, { name });
    const facts = { before: { name: before.name }, after: { name } };
    await recordAudit(tx, user, userEntry('user.update', after, facts));
  });
}

/**
 * Sets one's own password and ends every session, the one at hand too: it signs in anew with the new password.
 *
 * @param throttle counts wrong passwords here as at sign-in, so that a session that was left open is no place to guess.
 * @throws AppError 403 `wrong_password`; 409 `no_password`; 429 `too_many_attempts`; 400 for a bad new password.
 */
export async function changeOwnPassword(
  deps: Deps,
  throttle: SignInThrottle,
  user: UserContext,
  { current, next }: { current: string; next: string },
): Promise<{ email: string }> {
  authorize(user, 'account.write');
  const account = await findUserById(deps.db, user.userId);
  if (!account?.passwordHash) throw conflict('no_password', 'You sign in by a provider; there is no password here.');
  const from = whereabouts();
  const wait = await throttle.attempt(account.email, from);
  if (wait !== null) {
    const detail = 'Too many attempts; wait a while.';
    throw new AppError({ status: 429, code: 'too_many_attempts', detail, headers: { 'Retry-After': String(wait) } });
  }
  if (!(await verifyPassword(account.passwordHash, current))) {
    throw forbidden('That is not your password.', 'wrong_password');
  }
  const passwordHash = await hashPassword(next);
  await throttle.succeeded(account.email, from);
  await deps.db.$transaction(async (tx) => {
    await replacePassword(tx, user.userId, passwordHash);
    await recordAudit(tx, user, userEntry('user.password', account, { after: { by: 'person' } }));
  });
  return { email: account.email };
}
