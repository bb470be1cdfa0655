import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError, messageOf } from '#lib/errors.ts';
import { isLockTimeout } from './database-faults.ts';
import { fillSearchText } from './fill-search-text.ts';
import { applyFunctions } from './function-files.ts';
import { WEB_ROLE } from './prisma-client.ts';
import { readsBy } from './reads.ts';
import { LOCK_TIMEOUT_MS, readMigrations, withSchemaEngine } from './schema-engine.ts';

/** Any 64-bit number that nobody else uses: the lock that one migration run holds. */
const MIGRATION_LOCK = 4_740_202_511;

const NO_FILTERS = { externalTables: [], externalEnums: [] };
/** Whoever reads a table for longer than a migration waits for it is let through in between, for so long at most. */
const LOCK_PATIENCE_MS = 300_000;
const LOCK_RETRY_MS = 1000;
const HEARTBEAT_MIGRATION = '20260901000000_heartbeat';

export interface MigrationReport {
  /** Names of the migrations that this run applied, in order. */
  applied: string[];
  /** Names of the files of `prisma/functions` that it applied. */
  functions: string[];
  /** HeartBeat's own tables were there already and were adopted as they are. */
  adopted: boolean;
}

/** A HeartBeat database in use: its tables are there, this project's migration table is not. */
async function isUnadoptedHeartBeat(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ clips: boolean; migrations: boolean }>(
    `SELECT to_regclass('media.clips') IS NOT NULL AS clips, to_regclass('media._prisma_migrations') IS NOT NULL AS migrations`,
  );
  return rows[0]?.clips === true && rows[0].migrations === false;
}

/** Older HeartBeat databases call the master's column `source_video`. */
async function renameOldColumns(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns
     WHERE table_schema = 'media' AND table_name = 'clips' AND column_name IN ('source_video', 'source_gcs_uri')`,
  );
  const names = rows.map((row) => row.column_name);
  if (names.includes('source_video') && !names.includes('source_gcs_uri')) {
    await client.query('ALTER TABLE media.clips RENAME COLUMN source_video TO source_gcs_uri');
  }
}

/**
 * Forgets attempts that failed or were killed, which the engine would ask a person about: a migration is one
 * transaction, so nothing of them is there.
 */
async function forgetBrokenAttempts(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('media._prisma_migrations') IS NOT NULL AS exists`,
  );
  if (!rows[0]?.exists) return;
  await client.query(
    'UPDATE media._prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
}

const migrationFailed = (cause: unknown) =>
  new AppError({
    status: 500,
    code: 'migration_failed',
    detail: `The migration failed: ${messageOf(cause)}`,
    cause,
  });

/** Everything that is not there yet. What others read stays readable: see `LOCK_TIMEOUT_MS` of the schema engine. */
async function applyMigrations(databaseUrl: string, client: pg.Client): Promise<MigrationReport> {
  await client.query('CREATE SCHEMA IF NOT EXISTS media');
  const adopted = await isUnadoptedHeartBeat(client);
  const migrationsList = await readMigrations();
  if (adopted) await renameOldColumns(client);
  await forgetBrokenAttempts(client);
  if (adopted) {
    await withSchemaEngine(databaseUrl, (engine) =>
      engine.markMigrationApplied({ migrationName: HEARTBEAT_MIGRATION, migrationsList }),
    );
  }
  const applied: string[] = [];
  const giveUpMs = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      await withSchemaEngine(databaseUrl, async (engine) => {
        const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
        applied.push(...appliedMigrationNames);
      });
      return { applied, functions: await applyFunctions(client, LOCK_TIMEOUT_MS), adopted };
    } catch (cause) {
      if (!isLockTimeout(cause) || performance.now() > giveUpMs) throw migrationFailed(cause);
      await forgetBrokenAttempts(client);
      await sleep(LOCK_RETRY_MS);
    }
  }
}

/**
 * The web takes its role at connect. Whoever made the role by CREATEROLE may, since PostgreSQL 16, hand it out and yet
 * not take it, until it is granted to them in so many words.
 */
async function letOwnerTakeRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`SET ROLE ${WEB_ROLE}`);
    await client.query('RESET ROLE');
  } catch {
    await client.query(`GRANT ${WEB_ROLE} TO CURRENT_USER`);
  }
}

/**
 * Brings the tables to the newest schema: of an empty database, of HeartBeat's own, or of any earlier version.
 *
 * @param client of the database's owner.
 * @throws AppError `migration_failed` with the engine's words; each migration is applied whole or not at all.
 */
export async function migrateSchema(databaseUrl: string, client: pg.Client): Promise<MigrationReport> {
  const report = await applyMigrations(databaseUrl, client);
  await fillSearchText(readsBy(client), { isThorough: false });
  await letOwnerTakeRole(client);
  return report;
}

/** Runs `work` while no other migration runs, from this machine or another. */
export async function withMigrationLock<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'heartbeat-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(client);
  } finally {
    // Ending the connection gives the lock back, also after an error.
    await client.end();
  }
}
