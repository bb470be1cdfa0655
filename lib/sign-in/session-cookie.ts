import type { CookiesOptions } from 'next-auth';
import { getToken } from 'next-auth/jwt';
import { type SessionClaims, sessionClaimsOf } from '#lib/users/session-claims.ts';

/** How long somebody may stay at an identity provider. */
const CHECK_SECONDS = 15 * 60;

/**
 * next-auth's cookies. With https each has the prefix `__Host-`: browsers then take it from this host alone, only by
 * https and for every path (RFC 6265bis §4.1.3.2). On plain http the prefix would keep it from being set at all.
 */
export function authCookies(secure: boolean) {
  const cookie = (name: string, maxAge?: number) => ({
    name: `${secure ? '__Host-' : ''}next-auth.${name}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, ...(maxAge === undefined ? {} : { maxAge }) },
  });
  return {
    sessionToken: cookie('session-token'),
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: cookie('pkce.code_verifier', CHECK_SECONDS),
    state: cookie('state', CHECK_SECONDS),
    nonce: cookie('nonce', CHECK_SECONDS),
  } satisfies CookiesOptions;
}

/**
 * Reads next-auth's encrypted session cookie. The claims only name the account; rights are read afresh each request.
 * @param cookies name → value, as the browser sent them; a large session is split over several by next-auth.
 */
export async function readSessionCookie(
  cookies: Record<string, string>,
  options: { secret: string; secureCookie: boolean },
): Promise<SessionClaims | null> {
  const cookieName = authCookies(options.secureCookie).sessionToken.name;
  const req = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]['req'];
  return sessionClaimsOf(await getToken({ req, ...options, cookieName }));
}
