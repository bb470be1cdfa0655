import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withinReach } from '#lib/auth/within-reach.ts';
import { caller } from '#lib/runtime/portal-fixture.ts';
import { isConnectionFault } from './database-faults.ts';
import { type Line, openLine } from './line-fixture.ts';
import { listen } from './listen.ts';
import { type Database, openDatabase, WEB_ROLE } from './prisma-client.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** What the web promises. */
const PROMISED_MS = 5000;
/** Heard by nobody else: other tests change things meanwhile. */
const CHANNEL = 'dead_line';

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

/** Each test has a line and a pool of its own: those that wait for a dead line wait side by side. */
async function onLine(use: (line: Line, web: Database) => Promise<void>): Promise<void> {
  const line = await openLine(database.url);
  const web = openDatabase(line.url, { name: 'victim', maxConnections: 3, role: WEB_ROLE });
  try {
    await Promise.all([1, 2, 3].map(() => web.$queryRaw`SELECT pg_sleep(0.05)::text`));
    await use(line, web);
  } finally {
    await line.mend();
    await web.$disconnect();
    await line.close();
  }
}

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
  it('is told at once that connections are refused', () =>
    onLine(async (line, web) => {
      await line.refuse();
      await expectPassingFault(ask(web), 1500);
      await line.mend();
      await ask(web);
    }));

  it('whose backend is killed meanwhile passes, and the next one finds another', () =>
    onLine(async (_line, web) => {
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
    }));
});

const slowly = (web: Database, seconds: number) =>
  withinReach(web, user, (tx) => tx.$queryRaw`SELECT pg_sleep(${seconds}::float8)::text`, { timeout: 30_000 });

function hearing(line: Line) {
  const told = { news: 0, faults: 0 };
  const listener = listen({
    databaseUrl: line.url,
    channel: CHANNEL,
    onNews: () => {
      told.news++;
    },
    onFault: () => {
      told.faults++;
    },
  });
  return { told, listener };
}

describe.concurrent('on a line that is dead without a word', () => {
  it.for(Object.entries(ASKING))('%s fails in time, and goes on as soon as the line is mended', ([, ask]) =>
    onLine(async (line, web) => {
      line.freeze();
      await Promise.all([1, 2, 3, 4, 5, 6].map(() => expectPassingFault(ask(web))));
      // The pool is empty by now: new connections are frozen, too.
      await expectPassingFault(ask(web));
      await line.mend();
      await ask(web);
    }),
  );

  it('who comes later waits no longer for it than who came first', () =>
    onLine(async (line, web) => {
      line.freeze();
      // As those who were let in when others had been waited for: into a full pool, and when it is empty.
      const came = async (afterMs: number, withinMs: number) => {
        await setTimeout(afterMs);
        await expectPassingFault(web.user.findMany(), withinMs);
      };
      const first = [1, 2, 3, 4].map(() => came(0, PROMISED_MS));
      await Promise.all([...first, came(1000, 3900), came(2000, 2900), came(3000, 2000), came(3900, 2000)]);
      await line.mend();
      await web.user.findMany();
    }));

  it('since a transaction began, that is cut, and its connection is in no pool any more', ({ expect: expecting }) =>
    onLine(async (line, web) => {
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
      await expecting.poll(answered).toBe(true);
    }));

  it('work that may take long is cut soon after', () =>
    onLine(async (line, web) => {
      const work = expectPassingFault(slowly(web, 20), 9000);
      await setTimeout(500);
      line.freeze();
      await work;
    }));

  it('work that may take long is not, while the server is at it', () =>
    onLine((_line, web) => slowly(web, 9).then(() => undefined)));

  it('who listens notices within 10 s, and hears again', ({ expect: expecting }) =>
    onLine(async (line) => {
      const { told, listener } = hearing(line);
      await expecting.poll(() => told.news).toBe(1);
      line.freeze();
      const frozenMs = performance.now();
      await expecting.poll(() => told.faults).toBe(1);
      expecting(performance.now() - frozenMs).toBeLessThan(10_000);
      await line.mend();
      await expecting.poll(() => told.news).toBe(2);
      await owner.query(`NOTIFY ${CHANNEL}`);
      await expecting.poll(() => told.news).toBe(3);
      await listener.close();
    }));

  it('who listens is ended in time', ({ expect: expecting }) =>
    onLine(async (line) => {
      const { told, listener } = hearing(line);
      await expecting.poll(() => told.news).toBe(1);
      line.freeze();
      const closingMs = performance.now();
      await listener.close();
      expecting(performance.now() - closingMs).toBeLessThan(3000);
    }));
});
