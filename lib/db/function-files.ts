import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { readMigrations } from './schema-engine.ts';

const FUNCTIONS_DIR = path.resolve(import.meta.dirname, '../../prisma/functions');

/** As in scripts of Postgres' extensions: the schema that an extension was put into (its manual, 36.17.2). */
const EXTENSION_SCHEMA = /@extschema:(\w+)@/g;

interface FunctionFile {
  name: string;
  sql: string;
  checksum: string;
}

/** `prisma/functions` as it is sent to one database. */
async function readFunctionFiles(client: pg.ClientBase, newestMigration: string): Promise<FunctionFile[]> {
  const { rows } = await client.query<{ extension: string; schema: string }>(
    'SELECT extname AS extension, quote_ident(extnamespace::regnamespace::text) AS schema FROM pg_extension',
  );
  const schemas = new Map(rows.map(({ extension, schema }) => [extension, schema]));
  const names = (await readdir(FUNCTIONS_DIR)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(FUNCTIONS_DIR, name), 'utf8');
      const sql = text.replace(EXTENSION_SCHEMA, (_, extension: string) => {
        const schema = schemas.get(extension);
        if (schema === undefined) throw new Error(`${name} asks for the extension ${extension}, which is not there.`);
        return schema;
      });
      // A migration may have changed a table that a row type or a `SELECT *` is made of.
      const checksum = createHash('sha256').update(`${newestMigration}\n${sql}`).digest('hex');
      return { name, sql, checksum };
    }),
  );
}

/**
 * The files of `prisma/functions` that a database does not have as they are here.
 * @param client of a database that has every migration. One that has more than this program knows is left alone: its
 *   functions are a newer program's, beside which this one works.
 */
export async function selectStaleFunctions(client: pg.ClientBase): Promise<FunctionFile[]> {
  const known = new Set((await readMigrations()).migrationDirectories.map((directory) => directory.path));
  const { rows: migrations } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM media._prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  if (migrations.some(({ name }) => !known.has(name))) return [];
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM media.function_files',
  );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const files = await readFunctionFiles(client, migrations.at(-1)?.name ?? '');
  return files.filter(({ name, checksum }) => applied.get(name) !== checksum);
}

/** Functions may call one another in any order of files: they are looked at when all are there. */
const VALIDATE = `SELECT CASE l.lanname WHEN 'sql' THEN fmgr_sql_validator(p.oid) ELSE plpgsql_validator(p.oid) END
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.pronamespace = 'media'::regnamespace AND l.lanname IN ('sql', 'plpgsql')`;

/**
 * Applies `prisma/functions`, after the migrations: all that changed, or nothing.
 * @param client of the database's owner, inside the migration lock.
 * @param lockTimeoutMs how long a view that is to be replaced is waited for.
 * @returns the names of the files that were applied.
 */
export async function applyFunctions(client: pg.ClientBase, lockTimeoutMs: number): Promise<string[]> {
  const stale = await selectStaleFunctions(client);
  if (stale.length === 0) return [];
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}; SET LOCAL search_path = pg_catalog;
      SET LOCAL check_function_bodies = off`);
    for (const { name, sql, checksum } of stale) {
      await client.query(sql).catch((cause: unknown) => {
        throw Object.assign(cause as Error, { message: `prisma/functions/${name}: ${(cause as Error).message}` });
      });
      await client.query(
        `INSERT INTO media.function_files (name, checksum) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, applied_at = now()`,
        [name, checksum],
      );
    }
    await client.query('SET LOCAL check_function_bodies = on');
    await client.query(VALIDATE);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return stale.map(({ name }) => name);
}
