export interface RetryPolicy {
  /** How often in a row nothing may go through before the upload gives up. */
  attempts: number;
  baseMs: number;
  maxMs: number;
}

/** With full jitter these add up to three minutes or less without a byte stored. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 8, baseMs: 500, maxMs: 32_000 };

/** Full jitter: anything between nothing and the exponential bound, so that many clients do not return as one. */
export const backoffMs = (policy: RetryPolicy, failures: number, random: () => number): number =>
  random() * Math.min(policy.maxMs, policy.baseMs * 2 ** (failures - 1));

/** Seconds of a `Retry-After` header in milliseconds, a minute at most; 0 without one. */
export const retryAfterMs = (header: string | null): number =>
  header !== null && /^\d{1,4}$/.test(header) ? Math.min(Number(header), 60) * 1000 : 0;

/** Waits, or rejects with the signal's reason. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** In a browser that knows it is offline: waits until it is not. Elsewhere, and online, returns at once. */
export function waitUntilOnline(signal: AbortSignal): Promise<void> {
  const { navigator } = globalThis;
  if (typeof navigator === 'undefined' || navigator.onLine !== false) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const settle = (how: () => void) => () => {
      done.abort();
      how();
    };
    globalThis.addEventListener('online', settle(resolve), { signal: done.signal });
    signal.addEventListener(
      'abort',
      settle(() => reject(signal.reason)),
      { signal: done.signal },
    );
  });
}
