import { createHash } from 'node:crypto';
import { placeOf } from '#lib/auth/client-address.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { unauthenticated } from '#lib/errors.ts';
import { addressIn } from '#lib/request-facts.ts';
import type { Budget, RateLimit } from './rate-limit.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A digest of what a request shows of its caller; `null` when nothing. */
export function credentialOf({ headers }: Request): string | null {
  const shown = headers.get('authorization') ?? headers.get('cookie');
  return shown && digest(shown);
}

/** What a payer is counted under; neither addresses nor cookies lie in the table. */
export const payerKey = (kind: 'place' | 'session' | 'device', who: string): string => `${kind}:${digest(who)}`;

const placeKey = (address: string): string => payerKey('place', placeOf(address));

/** All keys of a person are one caller: making more of them gives nobody more. Their pages do not pay for programs. */
const callerKey = ({ apiKeyId, userId }: UserContext): string => `${apiKeyId ? 'keys' : 'user'}:${userId}`;

/**
 * Counts a request for whom it comes from: a person's keys, a person, or, without either, a place. Whoever has used up their
 * minute is refused before anything is looked up.
 *
 * @param told gets what is left of the minute.
 * @throws AppError 401, 429.
 */
export async function admit(
  request: Request,
  limit: RateLimit,
  authenticate: (request: Request) => Promise<UserContext | null>,
  told: (budget: Budget) => void,
): Promise<UserContext> {
  const credential = credentialOf(request);
  if (credential) limit.refuseSpent(credential);
  const user = await authenticate(request);
  told(limit.take(user ? callerKey(user) : placeKey(addressIn(request.headers) ?? ''), user && credential));
  if (!user) throw unauthenticated();
  return user;
}

/**
 * Counts a request of a public route for the place that it comes from.
 * @param payer who pays in the place's stead (`RouteSpec.payer`): what a whole place has used up is not theirs.
 * @throws AppError 429.
 */
export const admitAnybody = (request: Request, limit: RateLimit, payer: string | null = null): Budget =>
  limit.take(payer ?? placeKey(addressIn(request.headers) ?? ''));

/**
 * Counts a request of whoever it is before its body comes in.
 * @param payer who pays in the place's stead, as for `admitAnybody`.
 * @throws AppError 429.
 */
export const admitUnread = (address: string, limit: RateLimit, payer: string | null): Budget =>
  limit.take(payer ?? placeKey(address));
