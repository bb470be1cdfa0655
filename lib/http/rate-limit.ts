import { LRUCache } from 'lru-cache';
import { AppError } from '#lib/errors.ts';
import type { Logger } from '#lib/logger.ts';

const WINDOW_S = 60;
/** What this process has counted is told to the others at the latest so long after, by the next request … */
const SYNC_MS = 1000;
/** … or when so much of the limit has gathered. */
const SYNC_SHARE = 20;
/** Callers that are remembered at a time; who is forgotten starts with what the others know of them. */
const MAX_CALLERS = 50_000;

/** Where processes add up what each of them counted. */
export interface SharedCounter {
  /** Adds points to a key. All points of its window, and how long the window goes on, in ms, by the counter's clock. */
  add(key: string, points: number): Promise<{ total: number; msLeft: number }>;
}

/** What is left of a caller's minute. */
export interface Budget {
  limit: number;
  remaining: number;
  /** Until the next minute begins, in whole seconds. */
  resetS: number;
}

export interface RateLimit {
  /**
   * Counts one request. Answers at once: what other processes counted arrives behind it.
   * @param credential what the request showed of itself, so that its next one can be refused without a look-up.
   * @throws AppError 429 `rate_limited`
   */
  take(key: string, credential?: string | null): Budget;
  /** Whether whoever shows this has used up their minute. @throws AppError 429 `rate_limited` */
  refuseSpent(credential: string): void;
}

interface Count {
  /** Points that the shared counter knows of, of all processes. */
  shared: number;
  /** Points that it was not told of yet. */
  pending: number;
  resetAtMs: number;
  syncedAtMs: number;
  isSyncing: boolean;
}

/** Fields of draft-ietf-httpapi-ratelimit-headers-10. */
export const rateHeaders = ({ limit, remaining, resetS }: Budget): Record<string, string> => ({
  'RateLimit-Policy': `"default";q=${limit};w=${WINDOW_S}`,
  RateLimit: `"default";r=${remaining};t=${resetS}`,
});

const rateLimited = (budget: Budget) =>
  new AppError({
    status: 429,
    code: 'rate_limited',
    detail: `More than ${budget.limit} requests in a minute; go on in ${budget.resetS} s.`,
    headers: { ...rateHeaders(budget), 'Retry-After': String(budget.resetS) },
  });

interface RateLimitOptions {
  /** Requests of one caller in a minute, over all processes. */
  limit: number;
  counter: SharedCounter;
  logger: Logger;
  /** A clock that measures how long something takes; what time it shows does not matter. */
  nowMs?: () => number;
}

/**
 * Limits requests by caller. Each process counts in memory and settles with the others every second or twentieth of the
 * limit: a request waits for no database, a caller who is over the limit costs none, and the limit may be passed by a
 * twentieth for each further process (docs/adr/0023). When a minute ends is the shared counter's to say: the clocks of
 * processes may be minutes apart, and each one's is only asked how much of it has passed.
 */
export function createRateLimit({
  limit,
  counter,
  logger,
  nowMs = () => performance.now(),
}: RateLimitOptions): RateLimit {
  const counts = new LRUCache<string, Count>({ max: MAX_CALLERS });
  const spent = new LRUCache<string, number>({ max: MAX_CALLERS });

  const countOf = (key: string): Count => {
    const known = counts.get(key);
    if (known && known.resetAtMs > nowMs()) return known;
    const fresh = { shared: 0, pending: 0, resetAtMs: nowMs() + WINDOW_S * 1000, syncedAtMs: 0, isSyncing: false };
    counts.set(key, fresh);
    return fresh;
  };

  const budgetOf = (resetAtMs: number, used: number): Budget => ({
    limit,
    remaining: Math.max(0, limit - used),
    resetS: Math.max(1, Math.ceil((resetAtMs - nowMs()) / 1000)),
  });

  const settle = async (key: string, count: Count): Promise<void> => {
    const points = count.pending;
    count.isSyncing = true;
    count.syncedAtMs = nowMs();
    try {
      const { total, msLeft } = await counter.add(key, points);
      count.shared = total;
      count.pending -= points;
      count.resetAtMs = nowMs() + msLeft;
    } catch (err) {
      // Without the others' counts this process goes on with its own.
      logger.warn({ err }, 'request counts could not be shared');
    } finally {
      count.isSyncing = false;
    }
  };

  return {
    take(key, credential = null) {
      const count = countOf(key);
      const used = count.shared + count.pending;
      if (used >= limit) {
        if (credential !== null) spent.set(credential, count.resetAtMs);
        throw rateLimited(budgetOf(count.resetAtMs, used));
      }
      count.pending += 1;
      const isDue = nowMs() - count.syncedAtMs >= SYNC_MS || count.pending >= limit / SYNC_SHARE;
      if (isDue && !count.isSyncing) void settle(key, count);
      return budgetOf(count.resetAtMs, used + 1);
    },
    refuseSpent(credential) {
      const resetAtMs = spent.get(credential);
      if (resetAtMs === undefined) return;
      if (resetAtMs > nowMs()) throw rateLimited(budgetOf(resetAtMs, limit));
      spent.delete(credential);
    },
  };
}
