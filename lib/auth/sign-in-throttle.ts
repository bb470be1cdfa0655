import { createHash } from 'node:crypto';
import type { Database } from '#lib/db/prisma-client.ts';
import { createWindowCounter } from '#lib/db/window-counter.ts';
import { requestFacts } from '#lib/request-facts.ts';
import { placeOf } from './client-address.ts';

/** How long an account knows a device, or a place, after the last sign-in from there. */
export const KNOWN_S = 90 * 24 * 3600;

interface Limit {
  /** Attempts that may fail within the window. */
  points: number;
  windowS: number;
}

export interface ThrottleLimits {
  /** One account from one place, or from one device that it knows. */
  pair: Limit;
  /** One place: accounts that it is a stranger to, and accounts that know it, each by themselves. */
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

/** Where an attempt comes from. */
export interface Whereabouts {
  /** The client's address, as the server before Next found it. */
  address: string;
  /** The id that its device cookie carries; `null` where there is none. */
  device: string | null;
}

/** Where the request at hand comes from. */
export const whereabouts = (): Whereabouts => {
  const facts = requestFacts();
  return { address: facts?.ip ?? '', device: facts?.device ?? null };
};

export interface SignInThrottle {
  /** Counts an attempt before its password is looked at. The seconds to wait, or `null` when it may go on. */
  attempt(email: string, from: Whereabouts): Promise<number | null>;
  /** The attempt was right: what it counted is forgiven, and the account knows place and device from now on. */
  succeeded(email: string, from: Whereabouts): Promise<void>;
}

interface Counter extends Limit {
  key: string;
}

/** What one attempt is counted by: what it has for itself, and what it shares with others'. */
interface Counters {
  shared: readonly Counter[];
  pair: Counter;
}

/** Neither addresses nor e-mail addresses lie in the table, nor can a key be longer than its column. */
export const hashOf = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('base64url');

/** The keys of an attempt: what it may be known by, and what it is counted by in each case. */
function keysOf(limits: ThrottleLimits, email: string, { address, device }: Whereabouts) {
  const who = email.trim().toLowerCase();
  const where = placeOf(address);
  const atPlace = hashOf(who, where);
  const onDevice = device === null ? null : hashOf(who, 'device', device);
  const pair: Counter = { key: `pair:${atPlace}`, ...limits.pair };
  return {
    place: `known:${atPlace}`,
    device: onDevice && `known:${onDevice}`,
    ofDevice: { shared: [], pair: { key: `pair:${onDevice}`, ...limits.pair } },
    ofKnownPlace: { shared: [{ key: `place:${hashOf(where, 'known')}`, ...limits.place }], pair },
    ofStranger: {
      shared: [
        { key: `place:${hashOf(where)}`, ...limits.place },
        { key: `account:${hashOf(who)}`, ...limits.account },
      ],
      pair,
    },
  };
}

/**
 * Counts failed sign-ins in the database. A device, or a place, from which somebody has signed in to an account before
 * is counted by itself, so that nobody is shut out of there by what is tried elsewhere; strangers are counted by place
 * and by account, too. Attempts are counted first and forgiven when they were right, so that a hundred at once count as
 * a hundred (docs/adr/0029; after OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
export function createSignInThrottle(db: Database, limits: ThrottleLimits = SIGN_IN_LIMITS): SignInThrottle {
  const counters = createWindowCounter(db, 'sign_in_attempts');

  const countersOf = async (keys: ReturnType<typeof keysOf>): Promise<Counters> => {
    const known = await counters.running([keys.place, ...(keys.device ? [keys.device] : [])]);
    if (keys.device && known.has(keys.device)) return keys.ofDevice;
    return known.has(keys.place) ? keys.ofKnownPlace : keys.ofStranger;
  };

  /** Takes a point of each, one after the other: what one of them refuses fills no other. */
  const take = async ({ shared, pair }: Counters): Promise<number | null> => {
    const all = [...shared, pair];
    for (const [index, { key, points: limit, windowS }] of all.entries()) {
      const { points, msLeft } = await counters.add(key, 1, windowS * 1000);
      if (points <= limit) continue;
      for (const taken of all.slice(0, index)) await counters.giveBack(taken.key);
      return Math.max(1, Math.ceil(msLeft / 1000));
    }
    return null;
  };

  return {
    attempt: async (email, from) => take(await countersOf(keysOf(limits, email, from))),
    async succeeded(email, from) {
      const keys = keysOf(limits, email, from);
      const { shared, pair } = await countersOf(keys);
      await counters.forget(pair.key);
      for (const { key } of shared) await counters.giveBack(key);
      for (const key of [keys.place, keys.device]) if (key) await counters.start(key, KNOWN_S * 1000);
    },
  };
}
