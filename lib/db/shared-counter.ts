import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Database } from './prisma-client.ts';
import { rateLimitStore } from './rate-limit-store.ts';

const WINDOW_S = 60;

/** Points by key in `media.api_rate_limits`; a key starts anew a minute after its first point. */
export function createSharedCounter(db: Database) {
  const limiter = new RateLimiterPostgres({
    storeClient: rateLimitStore(db),
    storeType: 'pool',
    schemaName: 'media',
    tableName: 'api_rate_limits',
    tableCreated: true,
    keyPrefix: '',
    points: Number.MAX_SAFE_INTEGER,
    duration: WINDOW_S,
  });
  return {
    async add(key: string, points: number): Promise<{ total: number; msLeft: number }> {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points);
      return { total: consumedPoints, msLeft: msBeforeNext };
    },
  };
}
