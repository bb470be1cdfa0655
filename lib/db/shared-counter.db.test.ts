import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createRateLimit } from '#lib/http/rate-limit.ts';
import { createLogger } from '#lib/logger.ts';
import { openDatabase, WEB_ROLE } from './prisma-client.ts';
import { createSharedCounter } from './shared-counter.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { sweepCounters } from './window-counter.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('adds up what processes count, each with connections of its own, and starts anew after the window', async () => {
  const webs = [1, 2].map(() => openDatabase(database.url, { maxConnections: 2, role: WEB_ROLE }));
  const [one, two] = webs.map((db) => createSharedCounter(db));
  if (!one || !two) throw new Error('no counters');
  await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? one : two).add('k', 3)));
  const { total, msLeft } = await one.add('k', 1);
  expect(total).toBe(61);
  expect(msLeft).toBeGreaterThan(0);
  expect(msLeft).toBeLessThanOrEqual(60_000);
  await database.db.$executeRaw`UPDATE media.api_rate_limits SET expire = 1`;
  expect((await two.add('k', 2)).total).toBe(2);
  await Promise.all(webs.map((db) => db.$disconnect()));
});

it('goes by the database’s clock: a process that is ten minutes off counts in the same minute as the others', async () => {
  const db = openDatabase(database.url, { maxConnections: 2, role: WEB_ROLE });
  const counter = createSharedCounter(db);
  await counter.add('clock', 5);
  for (const aheadMs of [600_000, -600_000]) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + aheadMs });
    const { total, msLeft } = await counter.add('clock', 1).finally(() => vi.useRealTimers());
    expect(total).toBe(aheadMs > 0 ? 6 : 7);
    expect(msLeft).toBeGreaterThan(0);
    expect(msLeft).toBeLessThanOrEqual(60_000);
  }
  await db.$disconnect();
});

it('is emptied of what has ended, and of nothing else', async () => {
  const counter = createSharedCounter(database.db);
  await Promise.all(['ended', 'goes on'].map((key) => counter.add(key, 1)));
  await database.db.$executeRaw`UPDATE media.api_rate_limits SET expire = 1 WHERE key = 'ended'`;
  await sweepCounters(database.db);
  const keys = (await database.db.apiRateLimit.findMany()).map(({ key }) => key);
  expect(keys).toContain('goes on');
  expect(keys).not.toContain('ended');
});

it('lets two processes share one limit, and what time they take it to be does not matter', async () => {
  const db = openDatabase(database.url, { maxConnections: 2, role: WEB_ROLE });
  const logger = createLogger('silent', 'test');
  const counter = createSharedCounter(db);
  const settled: Promise<unknown>[] = [];
  const watched: typeof counter = {
    add: (key, points) => {
      const answer = counter.add(key, points);
      settled.push(answer);
      return answer;
    },
  };
  // The second one's clock is ten minutes ahead: what counts is the database's.
  const [one, two] = [0, 600_000].map((aheadMs) =>
    createRateLimit({ limit: 40, counter: watched, logger, nowMs: () => Date.now() + aheadMs }),
  );
  if (!one || !two) throw new Error('no limits');
  let through = 0;
  for (let n = 0; n < 100; n++) {
    try {
      (n % 2 ? one : two).take('shared');
      through += 1;
    } catch {
      // Refused; only the number counts.
    }
    await Promise.all(settled);
  }
  // At most a twentieth over, for the second process.
  expect(through).toBeGreaterThanOrEqual(40);
  expect(through).toBeLessThanOrEqual(42);
  await db.$disconnect();
});
