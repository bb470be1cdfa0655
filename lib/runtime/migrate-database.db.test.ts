import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dumpSchema } from '#lib/db/dump-schema.ts';
import { createEmptyDatabase, FILL, HEARTBEAT_SQL, type TestConnection } from '#lib/db/migrate-fixture.ts';
import { readMigrations } from '#lib/db/schema-engine.ts';
import { migrateDatabase } from './migrate-database.ts';

let database: TestConnection;
beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(() => database.drop());

const query = async <Row extends object>(sql: string) => (await database.client.query<Row>(sql)).rows;
const allMigrations = async () => (await readMigrations()).migrationDirectories.map(({ path }) => path);
const functionFiles = async () => (await readdir(path.resolve(import.meta.dirname, '../../prisma/functions'))).sort();
const NOTHING = { applied: [], functions: [], adopted: false };
const applied = () =>
  query<{ migration_name: string }>(
    'SELECT migration_name FROM media._prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
  );
const columnsOf = (table: string) =>
  query(`SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'media' AND table_name = '${table}' ORDER BY ordinal_position`);

const ROWS = `SELECT (SELECT json_agg(to_jsonb(c) ORDER BY id) FROM media.clips c) AS clips,
  (SELECT json_agg(to_jsonb(a) ORDER BY id) FROM media.clip_assets a) AS assets,
  (SELECT json_agg(to_jsonb(t) ORDER BY id) FROM media.clip_tags t) AS tags`;

describe('an empty database', () => {
  it('is brought to the newest schema, with the queue; the second run changes nothing', async () => {
    const names = await allMigrations();
    const functions = await functionFiles();
    expect(await migrateDatabase(database.url)).toEqual({ applied: names, functions, adopted: false });
    expect((await applied()).map((row) => row.migration_name)).toEqual(names);
    const before = await query(
      `SELECT relname, reltuples::int, relfilenode FROM pg_class WHERE relnamespace = 'media'::regnamespace ORDER BY 1`,
    );
    expect(await migrateDatabase(database.url)).toEqual(NOTHING);
    expect(
      await query(
        `SELECT relname, reltuples::int, relfilenode FROM pg_class WHERE relnamespace = 'media'::regnamespace ORDER BY 1`,
      ),
    ).toEqual(before);
    const queues = await query<{ name: string }>('SELECT name FROM media_jobs.queue ORDER BY 1');
    expect(queues.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['encode', 'publish-clip-abandoned', 'remove-objects']),
    );
  });

  it('by two machines at once is migrated once', async () => {
    const names = await allMigrations();
    const reports = await Promise.all([migrateDatabase(database.url), migrateDatabase(database.url)]);
    expect(reports.map((report) => report.applied.length).sort()).toEqual([0, names.length]);
    expect((await applied()).map((row) => row.migration_name)).toEqual(names);
  });

  it('gives its lock back', async () => {
    await migrateDatabase(database.url);
    expect(
      await query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      ),
    ).toEqual([]);
  });
});

describe('a database of HeartBeat’s', () => {
  it.each(['source_gcs_uri', 'source_video'])('with the column %s keeps every row and is upgraded', async (source) => {
    await database.client.query(HEARTBEAT_SQL);
    if (source === 'source_video')
      await database.client.query('ALTER TABLE media.clips RENAME source_gcs_uri TO source_video');
    await database.client.query(FILL(source));
    const before = JSON.parse(JSON.stringify((await query(ROWS))[0]).replaceAll('source_video', 'source_gcs_uri'));
    const names = await allMigrations();
    const functions = await functionFiles();
    expect(await migrateDatabase(database.url)).toEqual({ applied: names.slice(1), functions, adopted: true });
    // With whatever columns there are now.
    expect((await query(ROWS))[0]).toMatchObject(before);
    expect(before.clips).toHaveLength(5);
    expect((await applied()).map((row) => row.migration_name)).toEqual(names);
    expect(await migrateDatabase(database.url)).toEqual(NOTHING);

    // It is the very schema that an empty database gets, and its serials go on.
    const fresh = await createEmptyDatabase();
    await migrateDatabase(fresh.url);
    expect(await dumpSchema(database.client)).toBe(await dumpSchema(fresh.client));
    await fresh.drop();
    const [{ id } = { id: 0 }] = await query<{
      id: number;
    }>(`INSERT INTO media.clips (clip_id, player_id, team_code, game_id, event_type,
      start_timecode_s, end_timecode_s, duration_s) VALUES ('new', '1', 'MTL', '1', 'shot', 0, 1, 1) RETURNING id`);
    expect(id).toBe(6);
  });
});

it('text that was written decomposed is composed, and a tag that a clip had twice stays once', async () => {
  await database.client.query(HEARTBEAT_SQL);
  await database.client.query(FILL('source_gcs_uri'));
  await database.client.query(`UPDATE media.clips SET player_name = U&'Be\\0301liveau', zone = U&'e\\0301' WHERE id = 2;
    INSERT INTO media.clip_tags (clip_id, tag, tag_type) VALUES (2, U&'me\\0302le\\0301e', 'auto'),
      (2, U&'m\\00EAle\\0301e', 'auto'), (3, U&'me\\0302l\\00E9e', 'auto'), (3, U&'m\\00EAl\\00E9e', 'manual'), (4, 'plain', 'auto')`);
  await migrateDatabase(database.url);
  expect(await query('SELECT player_name, zone FROM media.clips WHERE id = 2')).toEqual([
    { player_name: 'Béliveau', zone: 'é' },
  ]);
  const tags = await query(
    `SELECT clip_id, tag, tag_type FROM media.clip_tags WHERE tag <> 'power-play' ORDER BY clip_id`,
  );
  expect(tags).toEqual([
    { clip_id: 2, tag: 'mêlée', tag_type: 'auto' },
    { clip_id: 3, tag: 'mêlée', tag_type: 'manual' },
    { clip_id: 4, tag: 'plain', tag_type: 'auto' },
  ]);
  const untouched = await query<{ updated_at: string }>(
    `SELECT DISTINCT updated_at::text FROM media.clips WHERE id NOT IN (2, 3)`,
  );
  expect(untouched).toEqual([{ updated_at: '2025-10-12 00:00:00.654321' }]);
  // Every clip has the text that is searched now, and nobody is told of that.
  const searched = `count(*) FILTER (WHERE search_text = media.clip_search_text(clips))::int`;
  expect(await query(`SELECT count(*)::int AS all, ${searched} AS new FROM media.clips`)).toEqual([{ all: 5, new: 5 }]);
  // Every tag is filed under its clip's team and has a text, and no clip counts as edited by that.
  expect(await query('SELECT media.wrong_search_texts()::int AS wrong')).toEqual([{ wrong: 0 }]);
  const filed = `SELECT count(*)::int AS tags, count(t.team_code)::int AS filed FROM media.clip_tags t`;
  expect(await query(filed)).toEqual([{ tags: 8, filed: 8 }]);
  expect(await query(`SELECT DISTINCT word FROM media.search_words WHERE word = 'beliveau'`)).toEqual([
    { word: 'beliveau' },
  ]);
  // Composing is told of; so is, as pending, whatever happens to a clip that HeartBeat gave no status.
  const told = `SELECT e.clip_id, e.type FROM media.events e JOIN media.clips c ON c.clip_id = e.clip_id
    WHERE c.id NOT IN (2, 3, 4) AND c.processing_status IS NOT NULL`;
  expect(await query(told)).toEqual([]);
});

describe('a migration that fails', () => {
  it('says why, changes nothing, and goes through once the cause is gone', async () => {
    await database.client.query(HEARTBEAT_SQL);
    await database.client.query(FILL('source_gcs_uri'));
    await database.client.query('CREATE TABLE media.masters (id int)');
    const before = await columnsOf('clips');
    await expect(migrateDatabase(database.url)).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('masters'),
    });
    expect(await columnsOf('clips')).toEqual(before);
    expect(await query('SELECT FROM media.clips')).toHaveLength(5);
    await database.client.query('DROP TABLE media.masters');
    expect((await migrateDatabase(database.url)).applied).toEqual((await allMigrations()).slice(1));
    expect(await query('SELECT FROM media.clips')).toHaveLength(5);
  });
});
