import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { diagnoseSchema } from './diagnose-schema.ts';
import { migrateSchema } from './migrate-schema.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const placeOf = async () =>
  (await client.query<{ place: string }>(`SELECT media.game_place('2026-01-02', '7', 1, 2) AS place`)).rows[0]?.place;
const migrate = async () => (await migrateSchema(database.url, client)).functions;
const OTHER_TEXT = `CREATE OR REPLACE FUNCTION media.game_place(game_date date, game_id text, period integer, start_s double precision)
  RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'another text' $$`;

/** As a version of before has left it. */
beforeEach(async () => {
  await client.query(OTHER_TEXT);
  await client.query(`UPDATE media.function_files SET checksum = 'of before' WHERE name = 'game-place.sql'`);
});

it('a function whose file changed is applied again, alone and once', async () => {
  expect((await diagnoseSchema(database.url)).stale).toEqual(['game-place.sql']);
  expect(await migrate()).toEqual(['game-place.sql']);
  expect(await placeOf()).toMatch(/ 7 01 /);
  expect((await diagnoseSchema(database.url)).stale).toEqual([]);
  expect(await migrate()).toEqual([]);
});

it('what a file adds is there before a file that needs it is looked at; one that needs what is nowhere changes nothing', async () => {
  await client.query(`ALTER FUNCTION media.slip_keys(text) RENAME TO slip_keys_away;
    UPDATE media.function_files SET checksum = '' WHERE name = 'search-words.sql'`);
  await migrate();
  await client.query(`DROP FUNCTION media.slip_keys_away(text);
    CREATE FUNCTION media.broken() RETURNS integer LANGUAGE sql AS 'SELECT 1';
    UPDATE pg_proc SET prosrc = 'SELECT media.nowhere()' WHERE oid = 'media.broken()'::regprocedure;
    UPDATE media.function_files SET checksum = 'of before' WHERE name = 'game-place.sql'`);
  await client.query(OTHER_TEXT);
  await expect(migrate()).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringContaining('nowhere'),
  });
  expect(await placeOf()).toBe('another text');
  await client.query('DROP FUNCTION media.broken()');
  expect(await migrate()).toEqual(['game-place.sql']);
});

it('a database that is newer than the program keeps its functions', async () => {
  await client.query(`INSERT INTO media._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES ('newer', '', '20991231000000_newer', now(), 1)`);
  expect(await migrate()).toEqual([]);
  expect(await placeOf()).toBe('another text');
  await client.query(`DELETE FROM media._prisma_migrations WHERE id = 'newer'`);
  expect(await migrate()).toEqual(['game-place.sql']);
});
