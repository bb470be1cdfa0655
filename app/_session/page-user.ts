import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { UserContext } from '#lib/auth/user-context.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

/** The caller of the page being rendered, asked once a request; `null` when nobody is signed in. */
export const findPageUser = cache(async (): Promise<UserContext | null> => {
  const jar = await cookies();
  const runtime = await getWebRuntime();
  return runtime.callerOfCookies(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])));
});

/**
 * The caller, or a redirect to sign-in that comes back afterwards.
 * @param path where to come back to; a page gives its own path and query.
 */
export async function requirePageUser(path: string): Promise<UserContext> {
  const user = await findPageUser();
  if (user) return user;
  redirect(`/signin?callbackUrl=${encodeURIComponent(path)}`);
}
