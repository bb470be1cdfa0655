import { z } from 'zod';

/** What this portal puts into next-auth's JWT: who, which generation of their sessions, and which of these. */
const claimsSchema = z.object({ sub: z.uuid(), sv: z.int(), sid: z.uuid().optional() });

/** How long a cookie lives. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

export interface SessionClaims {
  userId: string;
  sessionVersion: number;
  /** One browser's; `null` for a cookie of a version that did not tell them apart. */
  sessionId: string | null;
}

/** The claims of a decrypted JWT; `null` for one that is not a session of this portal. */
export function sessionClaimsOf(token: unknown): SessionClaims | null {
  const { success, data } = claimsSchema.safeParse(token);
  return success ? { userId: data.sub, sessionVersion: data.sv, sessionId: data.sid ?? null } : null;
}
