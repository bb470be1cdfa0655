import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withinReach } from '#lib/auth/within-reach.ts';
import { caller } from '#lib/runtime/portal-fixture.ts';
import { isConnectionFault } from './database-faults.ts';
import { type Line, openLine } from './line-fixture.ts';
import { listen } from './listen.ts';
import { type Database, openDatabase, WEB_ROLE } from './prisma-client.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** What the web promises. */
const PROMISED_MS = 5000;

let database: TestDatabase;
let line: Line;
let web: Database;
let owner: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  line = await openLine(database.url);
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
beforeEach(async () => {
  web = openDatabase(line.url, { name: 'victim', maxConnections: 3, role: WEB_ROLE });
  await Promise.all([1, 2, 3].map(() => web.$queryRaw`SELECT pg_sleep(0.05)::text`));
  return async () => {
    await line.mend();
    await web.$disconnect();
  };
});
afterAll(async () => {
  await owner.end();
  await line.close();
  await database.drop();
});

const killBackends = (): Promise<unknown> =>
  owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'victim' AND datname = current_database()`);

/** Fails with what passes, in the time that was promised. */
async function expectPassingFault(work: Promise<unknown>, withinMs = PROMISED_MS): Promise<void> {
  const startedMs = performance.now();
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect([error, isConnectionFault(error)]).toEqual([expect.any(Error), true]);
  expect(performance.now() - startedMs).toBeLessThan(withinMs);
}

const user = caller('admin');
const ASKING: Record<string, (db: Database) => Promise<unknown>> = {
  'a raw query': (db) => db.$queryRaw`SELECT count(*)::int FROM media.users`,
  'a statement': (db) => db.$executeRaw`UPDATE media.users SET name = name`,
  'a model query': (db) => db.user.findMany(),
  'a transaction': (db) => withinReach(db, user, (tx) => tx.clip.count()),
};

describe.each(Object.entries(ASKING))('%s', (_name, ask) => {
  it('on a frozen line fails in time, and goes on as soon as the line is mended', async () => {
    line.freeze();
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => expectPassingFault(ask(web))));
    // The pool is empty by now: new connections are frozen, too.
    await expectPassingFault(ask(web));
    await line.mend();
    await ask(web);
  });

  it('is told at once that connections are refused', async () => {
    await line.refuse();
    await expectPassingFault(ask(web), 1500);
    await line.mend();
    await ask(web);
  });

  it('whose backend is killed meanwhile passes, and the next one finds another', async () => {
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE media.users, media.clips IN ACCESS EXCLUSIVE MODE');
    try {
      // They wait for the lock.
      const work = [1, 2, 3].map(() => expectPassingFault(ask(web)));
      await setTimeout(300);
      await Promise.all([...work, killBackends()]);
    } finally {
      await owner.query('ROLLBACK');
    }
    await expect.poll(() => ask(web).then(() => true)).toBe(true);
  });
});

it('a line that freezes within a transaction is cut, and its connection is in no pool any more', async () => {
  const frozen = withinReach(web, user, async (tx) => {
    line.freeze();
    await tx.clip.count();
  });
  await expectPassingFault(frozen);
  await line.mend();
  // The other two of the pool are dead, too, and nobody told them: each is found out by one question, or by its idling.
  const answered = () =>
    Promise.all([1, 2, 3].map(() => web.clip.count())).then(
      () => true,
      () => false,
    );
  await expect.poll(answered).toBe(true);
});

describe('work that may take long', () => {
  const slowly = (seconds: number) =>
    withinReach(web, user, (tx) => tx.$queryRaw`SELECT pg_sleep(${seconds}::float8)::text`, { timeout: 30_000 });

  it('is not cut while the server is at it', async () => {
    await slowly(9);
  });

  it('is cut soon after the line is dead', async () => {
    const work = expectPassingFault(slowly(20), 9000);
    await setTimeout(500);
    line.freeze();
    await work;
  });
});

describe('listening', () => {
  const heard = () => {
    const told = { news: 0, faults: 0 };
    const listener = listen({
      databaseUrl: line.url,
      channel: 'heartbeat_events',
      onNews: () => {
        told.news++;
      },
      onFault: () => {
        told.faults++;
      },
    });
    return { told, listener };
  };

  it('on a line that is dead without a word notices within 10 s, and hears again', async () => {
    const { told, listener } = heard();
    await expect.poll(() => told.news).toBe(1);
    line.freeze();
    const frozenMs = performance.now();
    await expect.poll(() => told.faults).toBe(1);
    expect(performance.now() - frozenMs).toBeLessThan(10_000);
    await line.mend();
    await expect.poll(() => told.news).toBe(2);
    await owner.query('NOTIFY heartbeat_events');
    await expect.poll(() => told.news).toBe(3);
    await listener.close();
  });

  it('is ended in time when nobody answers any more', async () => {
    const { told, listener } = heard();
    await expect.poll(() => told.news).toBe(1);
    line.freeze();
    const closingMs = performance.now();
    await listener.close();
    expect(performance.now() - closingMs).toBeLessThan(3000);
  });
});
