import type { Database } from '#lib/db/prisma-client.ts';
import { createWindowCounter } from '#lib/db/window-counter.ts';
import { AppError } from '#lib/errors.ts';
import { placeOf } from './client-address.ts';
import { createSignInThrottle, hashOf, type ThrottleLimits, whereabouts } from './sign-in-throttle.ts';

const HOUR_MS = 3_600_000;
/** Addresses that open nothing, from one place in an hour. */
export const WRONG_LINKS = 100;
/** Of one link's password: from one place, at all links from one place, and from everywhere. */
const PASSWORD_LIMITS: ThrottleLimits = {
  pair: { points: 10, windowS: 15 * 60 },
  place: { points: 100, windowS: 3600 },
  account: { points: 50, windowS: 3600 },
};

const tooMany = (waitS: number) =>
  new AppError({
    status: 429,
    code: 'too_many_tries',
    detail: `Too many tries that were wrong; go on in ${waitS} s.`,
    headers: { 'Retry-After': String(waitS) },
  });

/**
 * Runs a look-up by a secret, counted for where it comes from unless it finds something.
 * @throws AppError 429 `too_many_tries`.
 */
export async function counted<T>(db: Database, find: () => Promise<T | null>): Promise<T | null> {
  const counters = createWindowCounter(db, 'sign_in_attempts');
  const key = `link:${hashOf(placeOf(whereabouts().address))}`;
  const { points, msLeft } = await counters.add(key, 1, HOUR_MS);
  if (points > WRONG_LINKS) {
    await counters.giveBack(key);
    throw tooMany(Math.max(1, Math.ceil(msLeft / 1000)));
  }
  const found = await find();
  if (found) await counters.giveBack(key);
  return found;
}

/** Tries a link's password, as sign-in tries an account's. @throws AppError 429 `too_many_tries`. */
export async function tryPassword(db: Database, linkId: string, check: () => Promise<boolean>): Promise<boolean> {
  const throttle = createSignInThrottle(db, PASSWORD_LIMITS);
  const who = `link ${linkId}`;
  const waitS = await throttle.attempt(who, whereabouts());
  if (waitS !== null) throw tooMany(waitS);
  const isRight = await check();
  if (isRight) await throttle.succeeded(who, whereabouts());
  return isRight;
}
