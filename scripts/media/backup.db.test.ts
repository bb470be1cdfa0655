import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPostgres, removeLocalPostgres, startLocalPostgres } from '#lib/db/local-postgres.ts';
import { type Database, openDatabase } from '#lib/db/prisma-client.ts';
import { createJobQueue, startBoss } from '#lib/jobs/job-queue.ts';
import { makeLibrary, mediaRef } from '#lib/library-audit/library-fixture.ts';
import { createLogger } from '#lib/logger.ts';
import { migrateDatabase } from '#lib/runtime/migrate-database.ts';
import { BUCKETS } from '#lib/runtime/portal-fixture.ts';
import { createDiskStore } from '#lib/storage/disk/store.ts';
import { objectOfUri } from '#lib/storage/port/object-keys.ts';
import { ROOT } from '#scripts/portal/build-web.ts';
import { ensureTools } from '#scripts/portal/ensure-tools.ts';

const PAGE = readFileSync(path.join(ROOT, 'docs/backup.md'), 'utf8');
const PATIENCE_MS = 600_000;

/** A block of commands of docs/backup.md, by the name in its first line. */
const commandsOf = (name: string): string => {
  const block = PAGE.split('```sh\n').find((text) => text.startsWith(`# ${name}.sh`));
  if (!block) throw new Error(`docs/backup.md has no ${name}.sh`);
  return block.slice(0, block.indexOf('```'));
};

let folder: string;
let server: LocalPostgres;
let db: Database;
const at = (name: string) => path.join(folder, name);
const diskStore = (root: string) =>
  createDiskStore({
    ...{ root, buckets: [BUCKETS.lake, BUCKETS.media] },
    ...{ publicBaseUrl: 'http://localhost:3000', secret: 'a secret of the tests' },
  });

/** Runs commands of the page as a person would, in a shell. */
async function shell(name: string, variables: Record<string, string>) {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const env = {
    ...{ PATH, HOME, NODE_COMPILE_CACHE, NEXTAUTH_SECRET: 'a secret of the tests', MEDIA_STORE: 'disk' },
    ...{ MEDIA_LAKE_BUCKET: BUCKETS.lake, MEDIA_GCS_BUCKET: BUCKETS.media },
    ...variables,
  };
  return execa('sh', ['-c', commandsOf(name)], { env, extendEnv: false, cwd: ROOT, reject: false, stdin: 'ignore' });
}
async function run(name: string, variables: Record<string, string>): Promise<string> {
  const { exitCode, stdout, stderr } = await shell(name, variables);
  expect(exitCode, `${name}.sh\n${stdout}\n${stderr}`).toBe(0);
  return stderr;
}
const ask = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query(statement).finally(() => client.end());
};

beforeAll(async () => {
  await ensureTools(['psql'], () => undefined);
  folder = await mkdtemp(path.join(tmpdir(), 'backup-'));
  // The server's user has to walk to its data.
  await chmod(folder, 0o755);
  server = await startLocalPostgres({ dataDir: at('postgres') });
  await migrateDatabase(server.url);
  db = openDatabase(server.url, { maxConnections: 4 });
  const library = makeLibrary(db, diskStore(at('objects')));
  for (let game = 1; game <= 3; game++) await library.addMaster(`p${game}.mp4`);
  for (let clip = 1; clip <= 12; clip++) await library.addClip(`clip-${clip}`);
}, PATIENCE_MS);
afterAll(async () => {
  await db.$disconnect();
  await removeLocalPostgres(at('postgres'));
  await rm(folder, { recursive: true, force: true });
});

/** People go on while the backup runs: clips are asked for and masters come in; no worker cuts. */
async function whilePeopleWork<T>(work: () => Promise<T>): Promise<T> {
  const library = makeLibrary(db, diskStore(at('objects')));
  const boss = await startBoss({
    ...{ databaseUrl: server.url, logger: createLogger('silent', 'test'), supervise: false },
  });
  const queue = createJobQueue(async () => boss);
  let isOver = false;
  const people = (async () => {
    for (let turn = 0; !isOver || turn < 3; turn++) {
      await db.$transaction(async (tx) => {
        await library.addUncut(`asked-${turn}`, 'pending', tx);
        await queue.enqueueCuts(tx, 'marked', [`asked-${turn}`]);
      });
      await library.addMaster(`meanwhile-${turn}.mp4`);
    }
  })();
  try {
    return await work();
  } finally {
    isOver = true;
    await people;
    await boss.stop({ graceful: false });
  }
}

describe('docs/backup.md', { timeout: PATIENCE_MS }, () => {
  const backup = () => ({ BACKUP: at('kept'), PGDATA: server.dataDir, DATABASE_URL: server.url });

  it('backs up a running portal', async () => {
    await whilePeopleWork(() => run('backup', { ...backup(), MEDIA_DISK_ROOT: at('objects') }));
  });

  it('restores it elsewhere, whole and readable', async () => {
    const elsewhere = { BACKUP: at('kept'), TARGET: at('elsewhere') };
    await run('restore', elsewhere);
    const restored = await startLocalPostgres({ dataDir: at('elsewhere/postgres') });
    const there = openDatabase(restored.url, { maxConnections: 1 });
    try {
      const told = await run('audit', { ...elsewhere, DATABASE_URL: restored.url });
      expect(told).toContain('with 36 assets');
      const assets = await there.clipAsset.findMany();
      expect(assets).toHaveLength(36);
      const store = diskStore(at('elsewhere/objects'));
      for (const { gcsUri, generation } of assets) {
        const ref = objectOfUri(BUCKETS, gcsUri);
        if (!ref || !generation) throw new Error(`${gcsUri} is no object of the library`);
        await (await store.read(ref, { generation })).resume();
      }
      // The old place goes on, and the two have nothing to do with each other.
      expect((await ask(server.url, 'SELECT 1')).rowCount).toBe(1);

      await store.delete(mediaRef('clip-7', 'thumb.jpg'));
      const { exitCode, stdout } = await shell('audit', { ...elsewhere, DATABASE_URL: restored.url });
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining('object_missing: object missing: gs://')]);
    } finally {
      await there.$disconnect();
      await removeLocalPostgres(at('elsewhere/postgres'));
    }
  });

  it('dumps with a pg_dump of the server’s version, and an older one refuses as the page says', async () => {
    const { stdout } = await execa('pg_dump', ['--version']);
    const dumps = Number(/(\d+)\.?\d*/.exec(stdout)?.[1]);
    const { rows } = await ask(server.url, `SELECT current_setting('server_version_num')::int / 10000 AS major`);
    const dumped = { BACKUP: at('dumped'), DATABASE_URL: server.url };
    if (dumps < rows[0].major) {
      const { exitCode, stderr } = await shell('dump', dumped);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining('server version mismatch')]);
      return;
    }
    await run('dump', dumped);
    await ask(server.url, 'CREATE DATABASE undumped');
    const target = server.url.replace(/heartbeat$/, 'undumped');
    await run('undump', { BACKUP: at('dumped'), TARGET_URL: target });
    const { rows: counted } = await ask(target, 'SELECT count(*)::int AS count FROM media.clip_assets');
    expect(counted).toEqual([{ count: 36 }]);
  });
});
