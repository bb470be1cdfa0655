import type { Database } from './prisma-client.ts';
import { createWindowCounter } from './window-counter.ts';

const WINDOW_MS = 60_000;

/** Requests by caller in `media.api_rate_limits`; a caller starts anew a minute after their first request. */
export function createSharedCounter(db: Database) {
  const counter = createWindowCounter(db, 'api_rate_limits');
  return {
    async add(key: string, requests: number): Promise<{ total: number; msLeft: number }> {
      const { points, msLeft } = await counter.add(key, requests, WINDOW_MS);
      return { total: points, msLeft };
    },
  };
}
