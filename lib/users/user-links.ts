import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { authorize } from '#lib/auth/permissions.ts';
import { type SignInThrottle, whereabouts } from '#lib/auth/sign-in-throttle.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, conflict } from '#lib/errors.ts';
import { holdManaged } from './change-user.ts';
import { findLink, replaceLink, takeLink } from './people-repo.ts';
import type { UserLinkJson } from './people-schemas.ts';
import { userEntry } from './user-entry.ts';
import { raiseSessionVersion, replacePassword, type User } from './user-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'now' | 'baseUrl'>;

const LINK_MS = 7 * 24 * 3_600_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const gone = () =>
  new AppError({
    status: 410,
    code: 'link_gone',
    detail: 'This link was used, replaced, or is too old. Ask for a new one.',
  });

/** @throws AppError 409 `user_disabled`, `has_password`, `no_password`. */
function requirePurpose(user: User, purpose: UserLinkJson['purpose']): void {
  if (user.disabledAt) throw conflict('user_disabled', 'This account is disabled; enable it first.');
  if (purpose === 'invite' && user.passwordHash) {
    throw conflict('has_password', 'This person has a password already; make a reset link.');
  }
  if (purpose === 'reset' && !user.passwordHash) {
    throw conflict('no_password', 'This person has no password yet; invite them.');
  }
}

/**
 * A link by which the person of an account sets a password: good once, for 7 days, and only until the next one is made.
 * The portal sends no mail: the admin hands it over. A reset ends the person's sessions at once.
 *
 * @throws AppError 403, 404, 409 `user_disabled`, `has_password`, `no_password`.
 */
export async function makeUserLink(
  deps: Deps,
  admin: UserContext,
  id: string,
  purpose: UserLinkJson['purpose'],
): Promise<UserLinkJson> {
  authorize(admin, 'people.manage');
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(deps.now().getTime() + LINK_MS);
  await deps.db.$transaction(async (tx) => {
    const user = await holdManaged(tx, admin, id);
    requirePurpose(user, purpose);
    await replaceLink(tx, { tokenHash: hashOf(token), userId: id, purpose, createdBy: admin.userId, expiresAt });
    if (purpose === 'reset') await raiseSessionVersion(tx, id);
    await recordAudit(tx, admin, userEntry(`user.${purpose}`, user, { after: { expires_at: expiresAt } }));
  });
  return { url: `${deps.baseUrl}/invite/${token}`, purpose, expires_at: expiresAt.toISOString() };
}

/** Whom a link is for; `null` for one that opens nothing (any more). Looking at it does not use it up. */
export async function readUserLink(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  token: string,
): Promise<{ name: string; email: string; purpose: string } | null> {
  const link = TOKEN.test(token) ? await findLink(deps.db, hashOf(token)) : null;
  if (!link || link.usedAt || link.expiresAt <= deps.now() || link.user.disabledAt) return null;
  return { name: link.user.name, email: link.user.email, purpose: link.purpose };
}

/**
 * Sets the password of a link's account, uses the link up, and ends every session that the account had. The account
 * knows place and device from now on: whom guesses from everywhere have shut out signs in again, at once.
 * @throws AppError 410 `link_gone`; 400 for a password that is too short or too long.
 */
export async function followUserLink(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  throttle: SignInThrottle,
  token: string,
  password: string,
): Promise<{ email: string }> {
  const link = TOKEN.test(token) ? await findLink(deps.db, hashOf(token)) : null;
  if (!link || link.user.disabledAt) throw gone();
  const passwordHash = await hashPassword(password);
  await deps.db.$transaction(async (tx) => {
    if (!(await takeLink(tx, link.tokenHash, deps.now()))) throw gone();
    await replacePassword(tx, link.userId, passwordHash);
    const person = { userId: link.userId, name: link.user.name };
    await recordAudit(tx, person, userEntry('user.password', link.user, { after: { by: link.purpose } }));
  });
  await throttle.succeeded(link.user.email, whereabouts());
  return { email: link.user.email };
}
