import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isConnectionFault } from './database-faults.ts';
import { type LocalPostgres, removeLocalPostgres, startLocalPostgres } from './local-postgres.ts';
import { type Database, openDatabase } from './prisma-client.ts';

/** What the web promises. */
const PROMISED_MS = 5000;

let folder: string;
let server: LocalPostgres;
let postmaster: number;
let db: Database;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'frozen-server-'));
  server = await startLocalPostgres({ dataDir: path.join(folder, 'postgres'), durable: false });
  postmaster = Number.parseInt(await readFile(path.join(server.dataDir, 'postmaster.pid'), 'utf8'), 10);
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  await owner.query('CREATE ROLE heartbeat_web; CREATE SCHEMA media');
  await owner.end();
});
beforeEach(() => {
  db = openDatabase(server.url, { maxConnections: 3, role: 'heartbeat_web' });
  return () => db.$disconnect();
});
afterAll(async () => {
  await removeLocalPostgres(path.join(folder, 'postgres'));
  await rm(folder, { recursive: true, force: true });
});

const ask = () => db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid, pg_sleep(0.05)::text`;
const pidsOf = async (): Promise<number[]> =>
  (await Promise.all([ask(), ask(), ask()])).flatMap((rows) => rows.map(({ pid }) => pid));

/** What became of a question: `null` for an answer, else whether its fault passes, and whether it came in time. */
async function outcome(): Promise<{ passes: boolean; inTime: boolean; error: unknown } | null> {
  const startedMs = performance.now();
  try {
    await ask();
    return null;
  } catch (error) {
    return { passes: isConnectionFault(error), inTime: performance.now() - startedMs < PROMISED_MS, error };
  }
}
const PASSING = { passes: true, inTime: true };

it('a frozen backend is left in time, and nobody else notices', async () => {
  const [pid = 0] = await pidsOf();
  process.kill(pid, 'SIGSTOP');
  try {
    const seen = await Promise.all([outcome(), outcome(), outcome()]);
    expect(seen.filter((found) => found !== null)).toEqual([expect.objectContaining(PASSING)]);
    expect(await outcome()).toBeNull();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

it('a frozen server keeps nobody waiting, and is used again as soon as it goes on', async () => {
  const pids = [postmaster, ...(await pidsOf())];
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    for (const found of await Promise.all([outcome(), outcome(), outcome(), outcome(), outcome()])) {
      expect(found).toMatchObject(PASSING);
    }
    expect(await outcome()).toMatchObject(PASSING);
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
  expect(await outcome()).toBeNull();
});

it('a server that recovers from a crash passes, and recovers for us, too', async () => {
  const [pid = 0] = await pidsOf();
  const asked = [1, 2, 3].map(outcome);
  // Postgres ends every session when one is killed, and takes no new ones until it is consistent (57P02, 57P03).
  process.kill(pid, 'SIGKILL');
  const seen = await Promise.all(asked);
  for (let last: Awaited<ReturnType<typeof outcome>> = null; ; ) {
    last = await outcome();
    seen.push(last);
    if (last === null) break;
  }
  const faults = seen.filter((found) => found !== null);
  expect(faults.length).toBeGreaterThan(0);
  for (const found of faults) expect(found).toMatchObject(PASSING);
});
