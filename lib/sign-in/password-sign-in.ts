import type { User as SessionUser } from 'next-auth';
import { verifyPassword } from '#lib/auth/password.ts';
import type { SignInThrottle, Whereabouts } from '#lib/auth/sign-in-throttle.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { userContextOf } from '#lib/users/user-context-of.ts';
import { findUserByEmail } from '#lib/users/user-repo.ts';
import { recordRefusedSignIn } from './record-sign-in.ts';
import { throttled, unavailable } from './sign-in-fault.ts';

/** What the session is made from. */
export interface SignedInUser extends SessionUser {
  sessionVersion: number;
}

type Deps = Pick<PortalDeps, 'db' | 'logger' | 'now'>;

/**
 * Whether e-mail and password are an account's. `null` for a wrong password, an unknown account and a disabled one:
 * the same answer, as fast.
 *
 * @throws Error of `sign-in-fault.ts` when there were too many attempts, or the database does not answer.
 */
export async function signInByPassword(
  deps: Deps,
  throttle: SignInThrottle,
  credentials: { email: string; password: string },
  from: Whereabouts,
): Promise<SignedInUser | null> {
  const { password } = credentials;
  const { address } = from;
  const email = credentials.email.slice(0, 254);
  const wait = email ? await told(deps, throttle.attempt(email, from)) : null;
  if (wait !== null) {
    deps.logger.warn({ address, wait_s: wait }, 'sign-in throttled');
    await told(deps, recordRefusedSignIn(deps, { email, reason: 'throttled', user: null }));
    throw throttled(wait);
  }
  const user = email ? await told(deps, findUserByEmail(deps.db, email)) : null;
  const matches = await verifyPassword(user?.passwordHash, password);
  if (!matches || !user || !userContextOf(user)) {
    deps.logger.info({ user_id: user?.id, address }, 'sign-in refused');
    await told(deps, recordRefusedSignIn(deps, { email, reason: 'credentials', user }));
    return null;
  }
  await told(deps, throttle.succeeded(email, from));
  return { id: user.id, name: user.name, sessionVersion: user.sessionVersion };
}

/** next-auth shows the message of an error to the client: a fault of the database is told to the log alone. */
const told = <T>(deps: Deps, step: Promise<T>): Promise<T> =>
  step.catch((error: unknown) => {
    deps.logger.error({ err: error }, 'sign-in failed');
    throw unavailable();
  });
