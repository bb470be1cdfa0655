'use server';

import { inPageRequest } from '#lib/auth/page-request.ts';
import { findPageUser } from '#lib/auth/page-user.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { endSessions } from '#lib/users/end-sessions.ts';

/** Ends every session of the reader, this one too. Nothing to do for somebody who is signed out already. */
export async function signOutEverywhere(): Promise<void> {
  const [user, { deps }] = await Promise.all([findPageUser(), getWebRuntime()]);
  if (user) await inPageRequest(() => endSessions(deps, user));
}
