import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import { caller } from '#lib/runtime/portal-fixture.ts';
import { boundedClient } from './bounded-client.ts';
import { type Database, openDatabase, Prisma, readsOf, WEB_ROLE } from './prisma-client.ts';
import { PLANNED_EACH_TIME } from './statement-names.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let web: Database;
const ADMIN = caller('admin');

beforeAll(async () => {
  database = await createTestDatabase();
  // One connection, so that every statement meets what the one before left on it.
  web = openDatabase(database.url, { role: WEB_ROLE, maxConnections: 1 });
  await database.db.$executeRaw`CREATE TABLE media.probe (value varchar(10) NOT NULL)`;
  await database.db.$executeRaw`INSERT INTO media.probe VALUES ('here')`;
});
afterAll(async () => {
  await web.$disconnect();
  await database.drop();
});

/** What the web's connection holds prepared. */
const prepared = async (): Promise<string[]> => {
  const rows = await web.$queryRaw<{ statement: string }[]>`
    ${PLANNED_EACH_TIME} SELECT statement FROM pg_prepared_statements ORDER BY 1`;
  return rows.map(({ statement }) => statement);
};

const PROBE = Prisma.sql`SELECT value FROM media.probe WHERE value <> ${''}`;
type Probe = { value: string }[];

/** Each way that a statement of the web goes. */
const WAYS: [string, () => Promise<Probe>][] = [
  ['alone', () => readsOf(web).$queryRaw<Probe>(PROBE)],
  ['in a reading transaction', () => readWithinReach(web, ADMIN, (reads) => reads.$queryRaw<Probe>(PROBE))],
  [
    'in the middle of a reading transaction',
    () =>
      readWithinReach(web, ADMIN, async (reads) => {
        await reads.$queryRaw`SELECT 1`;
        const [, rows] = await Promise.all([reads.$queryRaw`SELECT 2`, reads.$queryRaw<Probe>(PROBE)]);
        return rows;
      }),
  ],
  ['by Prisma', () => web.$queryRaw<Probe>(PROBE)],
  ['in a transaction that writes', () => withinReach(web, ADMIN, (tx) => tx.$queryRaw<Probe>(PROBE))],
  ['in a transaction of no reach', () => web.$transaction((tx) => tx.$queryRaw<Probe>(PROBE))],
];

describe.each(WAYS)('a statement %s', (_, read) => {
  beforeEach(async () => {
    await web.$executeRaw`DEALLOCATE ALL`.catch(() => {});
    expect(await read()).toEqual([{ value: 'here' }]);
    expect(await read()).toEqual([{ value: 'here' }]);
  });

  it('does not see that a migration has changed what it yields', async () => {
    const { db } = database;
    await db.$executeRaw`ALTER TABLE media.probe ALTER value TYPE text`;
    expect(await read()).toEqual([{ value: 'here' }]);
    await db.$executeRaw`ALTER TABLE media.probe ALTER value TYPE varchar(20)`;
    expect(await Promise.all([read(), read(), read()])).toEqual(Array(3).fill([{ value: 'here' }]));
  });

  it('does not see that its connection was given to somebody else meanwhile', async () => {
    await web.$executeRaw`DEALLOCATE ALL`;
    expect(await read()).toEqual([{ value: 'here' }]);
    expect(await read()).toEqual([{ value: 'here' }]);
  });

  it('that is wrong for another reason is told, once', async () => {
    await database.db.$executeRaw`ALTER TABLE media.probe RENAME value TO worth`;
    await expect(read()).rejects.toThrow(/column "?value"? does not exist/);
    await database.db.$executeRaw`ALTER TABLE media.probe RENAME worth TO value`;
    expect(await read()).toEqual([{ value: 'here' }]);
  });
});

describe('what stays prepared', () => {
  it('is prepared once, by whichever way it goes, but not where it could not be done again', async () => {
    await web.$executeRaw`DEALLOCATE ALL`;
    for (const [, read] of WAYS.slice(0, -1)) await read();
    expect((await prepared()).filter((text) => text === PROBE.text)).toHaveLength(1);
    await web.$executeRaw`DEALLOCATE ALL`;
    await WAYS.at(-1)?.[1]();
    expect(await prepared()).not.toContain(PROBE.text);
  });

  it('is bounded, and what fell out is prepared again', async () => {
    const nth = (n: number) => readsOf(web).$queryRaw<{ n: number }[]>(Prisma.raw(`SELECT ${n} AS n`));
    for (let n = 0; n < 150; n++) expect(await nth(n)).toEqual([{ n }]);
    const all = await prepared();
    expect(all.length).toBeGreaterThan(50);
    expect(all.length).toBeLessThanOrEqual(100);
    expect(all).not.toContain('SELECT 0 AS n');
    expect(await nth(0)).toEqual([{ n: 0 }]);
    expect(await nth(149)).toEqual([{ n: 149 }]);
    expect(await prepared()).toContain('SELECT 0 AS n');
  });

  it('is nothing whose plan depends on what is asked for', async () => {
    const filtered = () => readsOf(web).$queryRaw<Probe>`${PLANNED_EACH_TIME} ${PROBE}`;
    await filtered();
    await filtered();
    expect((await prepared()).filter((text) => text.includes('planned each time'))).toEqual([]);
  });
});

describe('a route, which Next loads as a bundle of its own,', () => {
  it('reads by the process’ one pool, and does not see what went stale there', async () => {
    vi.resetModules();
    const bundle = await import('#lib/auth/within-reach.ts');
    const ways = [
      () => bundle.readWithinReach(web, ADMIN, (reads) => reads.$queryRaw<Probe>(PROBE)),
      () => bundle.withinReach(web, ADMIN, (tx) => tx.$queryRaw<Probe>(PROBE)),
    ];
    for (const read of ways) {
      await web.$executeRaw`DEALLOCATE ALL`;
      await database.db.$executeRaw`ALTER TABLE media.probe ALTER value TYPE text`;
      expect(await read()).toEqual([{ value: 'here' }]);
      await database.db.$executeRaw`ALTER TABLE media.probe ALTER value TYPE varchar(10)`;
      expect(await read()).toEqual([{ value: 'here' }]);
      await read();
      expect((await prepared()).filter((text) => text === PROBE.text)).toHaveLength(1);
    }
  });

  it('has its patience known to the connection', async () => {
    const HastyClient = boundedClient(200);
    const client = new HastyClient({ connectionString: database.url });
    client.on('error', () => {});
    await client.connect();
    vi.resetModules();
    const bundle = await import('./bounded-client.ts');
    const slow = () => client.query('SELECT pg_sleep(0.5)');
    expect((await bundle.withPatience(5000, slow)).rowCount).toBe(1);
    await expect(slow()).rejects.toThrow('did not answer');
    await client.end();
  });
});

it('what a pool asks as soon as it is connected is bounded, too', async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 1, Client: boundedClient(200) });
  pool.on('error', () => {});
  await expect(pool.query('SELECT pg_sleep(1)')).rejects.toThrow('did not answer');
  await pool.end();
});

it('a process that was held up has not waited meanwhile', async () => {
  const HastyClient = boundedClient(200);
  const client = new HastyClient({ connectionString: database.url });
  await client.connect();
  const asked = client.query('SELECT pg_sleep(0.1)');
  const busyUntilMs = performance.now() + 600;
  while (performance.now() < busyUntilMs);
  expect((await asked).rowCount).toBe(1);
  await client.end();
});

it('reads what Prisma reads, whatever the type', async () => {
  const every = Prisma.sql`SELECT 9007199254740993::int8 AS big, 7::int4 AS int, 1.5::float8 AS float, 12.30::numeric AS exact,
    true AS yes, 'é'::text AS text, 'x'::varchar(3) AS short, 'a b'::char(5) AS padded, NULL::text AS nothing,
    date '2025-10-11' AS day, timestamp '2025-10-11 12:30:00.123456' AS stamp, timestamp '2025-10-11' AS midnight,
    timestamptz '2025-10-11 12:30:00+02' AS zoned, '{"a":[1,null]}'::jsonb AS json, 'null'::jsonb AS json_null,
    ARRAY['a,b','"']::text[] AS texts, ARRAY[1,2] AS ints, '{}'::varchar[] AS none,
    '6f2b1c1e-0000-4000-8000-000000000001'::uuid AS id, ${new Date('2025-10-11T10:00:00.5Z')}::timestamptz AS sent,
    ${9007199254740993n}::int8 AS sent_big, ${['a', 'b']}::text[] AS sent_texts, ${null}::text AS sent_nothing`;
  expect(await readsOf(web).$queryRaw(every)).toEqual(await web.$queryRaw(every));
});
