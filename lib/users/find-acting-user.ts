import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError } from '#lib/errors.ts';
import { userContextOf } from './user-context-of.ts';
import { findFirstAdmin, findUserByEmail } from './user-repo.ts';

const nobody = (detail: string) => new AppError({ status: 404, code: 'not_found', detail });

/**
 * As whom a command of the shell acts: the account of this address, or the oldest admin. The use-cases then judge that
 * account's rights as they judge anybody's.
 *
 * @throws AppError 404 with what to do.
 */
export async function findActingUser(deps: Pick<PortalDeps, 'db'>, email?: string): Promise<UserContext> {
  const account = email === undefined ? await findFirstAdmin(deps.db) : await findUserByEmail(deps.db, email);
  const user = account && userContextOf(account);
  if (user) return user;
  if (account) throw nobody(`The account of ${account.email} is disabled; name another one with --as EMAIL.`);
  if (email !== undefined) throw nobody(`There is no account of ${email}; npm run users:create makes one.`);
  throw nobody(
    'There is no admin yet: make one with npm run users:create -- --role admin, or name an account with --as EMAIL.',
  );
}
