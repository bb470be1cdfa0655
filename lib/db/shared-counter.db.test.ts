import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRateLimit } from '#lib/http/rate-limit.ts';
import { createLogger } from '#lib/logger.ts';
import { openDatabase, WEB_ROLE } from './prisma-client.ts';
import { createSharedCounter } from './shared-counter.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

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

it('lets two processes share one limit', async () => {
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
  const [one, two] = [1, 2].map(() => createRateLimit({ limit: 40, counter: watched, logger }));
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
