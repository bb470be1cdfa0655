import { createUser } from '#lib/users/create-user.ts';
import type { BenchPortal } from './bench-portal.ts';
import type { Pair } from './reach.ts';

/** An account stands fifty failures an hour from places that it does not know (`sign-in-throttle.ts`). */
const ATTEMPTS_OF_ACCOUNT = 40;
const ACCOUNTS = 3;

/** Signs in as a form does; the password is always wrong. */
async function signInOf({ portal }: BenchPortal, signal: AbortSignal) {
  const csrf = await fetch(`${portal.url}/api/auth/csrf`, { signal });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookie = csrf.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  let place = 0;
  return async (email: string) => {
    place += 1;
    const response = await fetch(`${portal.url}/api/auth/callback/credentials`, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: { cookie, 'x-forwarded-for': `198.51.${Math.floor(place / 250)}.${place % 250}` },
      body: new URLSearchParams({ csrfToken, email, password: 'not-the-password', json: 'true' }),
    });
    const text = await response.text();
    if (response.status !== 401) throw new Error(`A sign-in answered ${response.status}: ${text}`);
  };
}

/** A wrong password for an account that is there, and one for an account that is not: as often, from as many places. */
export async function signInPairs(bench: BenchPortal, signal: AbortSignal): Promise<Pair[]> {
  const signIn = await signInOf(bench, signal);
  const known = Array.from({ length: ACCOUNTS }, (_, n) => `known-${n}@bench.local`);
  for (const email of known) {
    const account = {
      email,
      name: 'Known',
      role: 'coach' as const,
      team_access: ['CHI'],
      password: crypto.randomUUID(),
    };
    await createUser({ db: bench.db }, account);
  }
  const turn = (emails: readonly string[]) => {
    let n = 0;
    return () => signIn(emails[n++ % emails.length] ?? '');
  };
  const unknown = known.map((email) => email.replace('known', 'nobody').slice(-email.length));
  return [{ what: 'sign in', foreign: turn(known), missing: turn(unknown), rounds: ACCOUNTS * ATTEMPTS_OF_ACCOUNT }];
}
