import { getToken } from 'next-auth/jwt';
import { z } from 'zod';

/** What this portal puts into next-auth's JWT: who, and which generation of their sessions. */
const claimsSchema = z.object({ sub: z.uuid(), sv: z.int() });

export interface SessionClaims {
  userId: string;
  sessionVersion: number;
}

/**
 * Reads next-auth's encrypted session cookie. The claims only name the account; rights are read afresh each request.
 * @param cookies name → value, as the browser sent them; a large session is split over several by next-auth.
 */
export async function readSessionCookie(
  cookies: Record<string, string>,
  options: { secret: string; secureCookie: boolean },
): Promise<SessionClaims | null> {
  const req = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]['req'];
  const token = await getToken({ req, ...options });
  const claims = claimsSchema.safeParse(token);
  return claims.success ? { userId: claims.data.sub, sessionVersion: claims.data.sv } : null;
}
