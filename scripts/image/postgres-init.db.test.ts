import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPostgres, removeLocalPostgres, startLocalPostgres } from '#lib/db/local-postgres.ts';
import { migrateDatabase } from '#lib/runtime/migrate-database.ts';

const INIT = path.resolve(import.meta.dirname, '../../deploy/postgres-init.sql');
const PASSWORD = "0123456789abcdef'";

describe('deploy/postgres-init.sql', () => {
  let folder = '';
  let postgres: LocalPostgres | undefined;
  /** The database as the portal's own role. */
  let url = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-init-'));
    // A server of its own: roles are the server's, and the test run's has them already.
    postgres = await startLocalPostgres({ dataDir: path.join(folder, 'postgres'), durable: false });
    const admin = new pg.Client(postgres.url.replace(/\/heartbeat$/, '/postgres'));
    await admin.connect();
    // The image's server has no database yet, the local one does.
    await admin.query('DROP DATABASE heartbeat');
    // psql's own commands: it reads the password from the environment, and quotes it.
    const lines = (await readFile(INIT, 'utf8')).split('\n').filter((line) => !/^(--|\\getenv |$)/.test(line));
    for (const line of lines) await admin.query(line.replace(":'password'", pg.escapeLiteral(PASSWORD)));
    await admin.end();
    const portal = new URL(postgres.url);
    Object.assign(portal, { username: 'portal', password: encodeURIComponent(PASSWORD) });
    url = String(portal);
  });
  afterAll(async () => {
    await removeLocalPostgres(postgres?.dataDir ?? '');
    await rm(folder, { recursive: true, force: true });
  });

  it('makes a portal that is no superuser and migrates its own database, twice', async () => {
    await migrateDatabase(url);
    await migrateDatabase(url);
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query(
      `SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolcanlogin FROM pg_roles
       WHERE rolname IN ('portal', 'heartbeat_web') ORDER BY 1`,
    );
    const nothing = { rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false };
    expect(rows).toEqual([
      { rolname: 'heartbeat_web', ...nothing, rolcanlogin: false },
      { rolname: 'portal', ...nothing, rolcanlogin: true },
    ]);
    await client.query('SET ROLE heartbeat_web');
    expect((await client.query('SELECT * FROM media.clips')).rows).toEqual([]);
    await client.end();
  });
});
