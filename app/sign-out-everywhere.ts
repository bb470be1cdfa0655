'use server';

import { inPageRequest } from '#app/_session/page-request.ts';
import { findPageUser } from '#app/_session/page-user.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { endSessions } from '#lib/users/end-sessions.ts';

/** Ends every session of the reader, this one too. Nothing to do for somebody who is signed out already. */
export async function signOutEverywhere(): Promise<void> {
  const [user, { deps }] = await Promise.all([findPageUser(), getWebRuntime()]);
  if (user) await inPageRequest(() => endSessions(deps, user));
}
