import type { RetryPolicy } from '#lib/storage/port/backoff.ts';
import { backoffMs, sleep } from '#lib/storage/port/backoff.ts';
import { GcsTimeout, isRetryable, toGcsStoreError } from './errors.ts';

/** Waits for an answer at most `timeoutMs`; `onTimeout` frees what still waits. Throws `GcsTimeout`. */
export async function withTimeout<T>(work: Promise<T>, timeoutMs: number, onTimeout = () => {}): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new GcsTimeout(timeoutMs));
      onTimeout();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for an answer until `signal` is aborted. Throws its reason. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** One call's place in its row of attempts. */
export interface Attempt {
  /** Whether an earlier attempt may have reached the store without its answer reaching us. */
  isRepeat: boolean;
}

export interface Caller {
  timeoutMs: number;
  retry: RetryPolicy;
  /**
   * Runs one call to its end: a timeout for each attempt, retries with jitter. Throws `StoreError`s, or the reason of
   * `signal` as soon as it is aborted.
   */
  call<T>(attempt: (attempt: Attempt) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Eight tries within about half a minute. */
export const GCS_RETRY: RetryPolicy = { attempts: 8, baseMs: 200, maxMs: 8000 };

/**
 * The client library ignores its own `timeout` option (node-fetch 3 knows none), and its retries toggle a switch that
 * all calls share: so both are done here, and its own retries are off.
 */
export function createCaller(timeoutMs: number, retry: RetryPolicy, random: () => number = Math.random): Caller {
  return {
    timeoutMs,
    retry,
    async call(attempt, signal = new AbortController().signal) {
      for (let failures = 0; ; ) {
        signal.throwIfAborted();
        try {
          return await untilAborted(withTimeout(attempt({ isRepeat: failures > 0 }), timeoutMs), signal);
        } catch (error) {
          signal.throwIfAborted();
          failures++;
          if (!isRetryable(error) || failures >= retry.attempts) throw toGcsStoreError(error);
          await sleep(backoffMs(retry, failures, random), signal);
        }
      }
    },
  };
}
