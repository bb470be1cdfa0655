import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '#lib/db/prisma-client.ts';
import { rateLimitStore } from '#lib/db/rate-limit-store.ts';
import { placeOf } from '#lib/http/client-address.ts';

interface Limit {
  /** Attempts that may fail within the window. */
  points: number;
  windowS: number;
}

export interface ThrottleLimits {
  /** One account from one place. */
  pair: Limit;
  /** One place, whatever accounts it tries: a club's whole office may share an address. */
  place: Limit;
  /** One account, from all places where nobody has signed in to it yet. */
  account: Limit;
}

const MINUTE_S = 60;
export const SIGN_IN_LIMITS: ThrottleLimits = {
  pair: { points: 10, windowS: 15 * MINUTE_S },
  place: { points: 100, windowS: 60 * MINUTE_S },
  account: { points: 50, windowS: 60 * MINUTE_S },
};

/** How long a place stays known to an account. */
const KNOWN_S = 90 * 24 * 60 * MINUTE_S;

export interface SignInThrottle {
  /** Counts an attempt before its password is looked at. The seconds to wait, or `null` when it may go on. */
  attempt(email: string, address: string): Promise<number | null>;
  /** The attempt was right: the account starts anew, and the place is known to it. */
  succeeded(email: string, address: string): Promise<void>;
}

/** Neither addresses nor e-mail addresses lie in the table, nor can a key be longer than its column. */
const keyOf = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('base64url');

/** A counter that is full throws what it says in place of an error. */
const isRefusal = (thrown: unknown): thrown is RateLimiterRes =>
  typeof thrown === 'object' && thrown !== null && 'msBeforeNext' in thrown;

async function take(limiter: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refusal) {
    if (isRefusal(refusal)) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}

/**
 * Counts failed sign-ins in the database, after the pattern of rate-limiter-flexible's manual ("Login endpoint
 * protection"): by account and place, by place, and by account where the place is a stranger. Who has signed in from a
 * place before is not shut out there by what others try elsewhere. Attempts are counted first and forgiven when they
 * were right, so that a hundred at once count as a hundred (docs/adr/0021).
 */
export function createSignInThrottle(db: Database, limits: ThrottleLimits = SIGN_IN_LIMITS): SignInThrottle {
  const limiterOf = (keyPrefix: string, { points, windowS }: Limit) =>
    new RateLimiterPostgres({
      storeClient: rateLimitStore(db),
      storeType: 'pool',
      schemaName: 'media',
      tableName: 'sign_in_attempts',
      tableCreated: true,
      // One of them clears the table of what has expired, for all.
      clearExpiredByTimeout: keyPrefix === 'pair',
      keyPrefix,
      points,
      duration: windowS,
    });
  const pair = limiterOf('pair', limits.pair);
  const place = limiterOf('place', limits.place);
  const account = limiterOf('account', limits.account);
  const known = limiterOf('known', { points: 1, windowS: KNOWN_S });
  const keysOf = (email: string, address: string) => {
    const who = email.trim().toLowerCase();
    const where = placeOf(address);
    return { who: keyOf(who), where: keyOf(where), both: keyOf(who, where) };
  };

  return {
    async attempt(email, address) {
      const { who, where, both } = keysOf(email, address);
      // One after the other: an attempt that is refused by one counter does not fill the next one.
      const wait = (await take(place, where)) ?? (await take(pair, both));
      if (wait !== null || (await known.get(both))) return wait;
      return take(account, who);
    },
    async succeeded(email, address) {
      const { who, where, both } = keysOf(email, address);
      await Promise.all([pair.delete(both), account.delete(who), place.reward(where), known.set(both, 1, KNOWN_S)]);
    },
  };
}
