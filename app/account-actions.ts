'use server';

import { z } from 'zod';
import { inPageRequest } from '#app/_session/page-request.ts';
import { findPageUser } from '#app/_session/page-user.ts';
import { isAppError } from '#lib/errors.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { changeOwnPassword, renameOwnAccount } from '#lib/users/own-account.ts';
import { followUserLink } from '#lib/users/user-links.ts';
import { accountShape, passwordSchema } from '#lib/users/user-schemas.ts';

/** What became of a form: the fault's code in `people.fault`, or the address that can sign in now. */
export type AccountOutcome = { fault: string } | { email: string };

const passwordsSchema = z.object({ current: z.string().max(1000), next: passwordSchema });

const told = async (work: () => Promise<AccountOutcome>): Promise<AccountOutcome> => {
  try {
    return await inPageRequest(work);
  } catch (error) {
    if (isAppError(error)) return { fault: error.code };
    const { deps } = await getWebRuntime();
    deps.logger.error({ err: error }, 'account form failed');
    return { fault: 'other' };
  }
};

/** Renames the reader. */
export async function saveOwnName(name: string): Promise<AccountOutcome> {
  const [user, { deps }] = await Promise.all([findPageUser(), getWebRuntime()]);
  const parsed = accountShape.name.safeParse(name);
  if (!user) return { fault: 'other' };
  if (!parsed.success) return { fault: 'name' };
  return told(async () => {
    await renameOwnAccount(deps, user, parsed.data);
    return { email: '' };
  });
}

/** Sets the reader's password; the browser signs in anew with it. */
export async function saveOwnPassword(passwords: { current: string; next: string }): Promise<AccountOutcome> {
  const [user, { deps, auth }] = await Promise.all([findPageUser(), getWebRuntime()]);
  const parsed = passwordsSchema.safeParse(passwords);
  if (!user) return { fault: 'other' };
  if (!parsed.success) return { fault: 'password' };
  return told(() => changeOwnPassword(deps, auth.throttle, user, parsed.data));
}

/** Sets the password of an invitation's, or a reset link's, person. */
export async function acceptUserLink(link: { token: string; password: string }): Promise<AccountOutcome> {
  const { deps, auth } = await getWebRuntime();
  const parsed = z.object({ token: z.string().max(100), password: passwordSchema }).safeParse(link);
  if (!parsed.success) return { fault: 'password' };
  return told(() => followUserLink(deps, auth.throttle, parsed.data.token, parsed.data.password));
}
