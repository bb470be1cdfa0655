import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dumpSchema } from './dump-schema.ts';
import { createEmptyDatabase, HEARTBEAT_SQL, type TestConnection } from './migrate-fixture.ts';
import { withSchemaEngine } from './schema-engine.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const SCHEMA_FILE = path.resolve(import.meta.dirname, '../../prisma/schema.prisma');

describe('HeartBeat’s schema, contract §4', () => {
  let empty: TestConnection;
  beforeAll(async () => {
    empty = await createEmptyDatabase();
    await empty.client.query(HEARTBEAT_SQL);
  });
  afterAll(() => empty.drop());

  const names = async (sql: string) => (await empty.client.query<{ name: string }>(sql)).rows.map(({ name }) => name);

  it('has exactly these columns, in name and type', async () => {
    const { rows } = await empty.client.query<{ line: string }>(`
      SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'media'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 ORDER BY c.relname, a.attnum`);
    const tables = Map.groupBy(
      rows.map(({ line }) => line),
      (line) => line.split('.')[0],
    );
    const columns = (table: string) => tables.get(table)?.map((line) => line.slice(table.length + 1));
    const stamp = (name: string) => `${name} timestamp without time zone not null default CURRENT_TIMESTAMP`;
    const serial = (table: string) => `id integer not null default nextval('media.${table}_id_seq'::regclass)`;
    expect([...tables.keys()]).toEqual(['clip_assets', 'clip_tags', 'clips']);
    expect(columns('clips')).toEqual([
      serial('clips'),
      'clip_id character varying(64) not null',
      'player_id character varying(20) not null',
      'player_name character varying(255)',
      'team_code character varying(10) not null',
      'opponent_code character varying(10)',
      'game_id character varying(20) not null',
      'game_date date',
      'season character varying(10)',
      'period integer',
      'event_type character varying(50) not null',
      'outcome character varying(50)',
      'zone character varying(50)',
      'start_timecode_s double precision not null',
      'end_timecode_s double precision not null',
      'duration_s double precision not null',
      'source_gcs_uri character varying(512)',
      "processing_status character varying(50) default 'pending'::character varying",
      'processing_time_s double precision',
      'error_message text',
      stamp('created_at'),
      stamp('updated_at'),
    ]);
    expect(columns('clip_assets')).toEqual([
      serial('clip_assets'),
      'clip_id integer not null',
      'asset_type character varying(20) not null',
      'gcs_uri character varying(512) not null',
      'cdn_path character varying(512)',
      'file_size_bytes bigint',
      'duration_s double precision',
      'width integer',
      'height integer',
      'codec character varying(50)',
      'bitrate_kbps integer',
      stamp('created_at'),
    ]);
    expect(columns('clip_tags')).toEqual([
      serial('clip_tags'),
      'clip_id integer not null',
      'tag character varying(100) not null',
      'tag_type character varying(50)',
      'confidence double precision',
      stamp('created_at'),
    ]);
  });

  it('has exactly these checks, uniques, keys and indexes', async () => {
    const constraints = (type: string) =>
      names(
        `SELECT conname AS name FROM pg_constraint WHERE contype = '${type}' AND connamespace = 'media'::regnamespace ORDER BY 1`,
      );
    expect(await constraints('c')).toEqual(['ck_asset_type', 'ck_clip_duration', 'ck_clip_status']);
    expect(await constraints('u')).toEqual(['clips_clip_id_key', 'uq_clip_asset_type', 'uq_clip_tag']);
    expect(await constraints('p')).toEqual(['clip_assets_pkey', 'clip_tags_pkey', 'clips_pkey']);
    const foreign = await names(
      `SELECT pg_get_constraintdef(oid) AS name FROM pg_constraint WHERE contype = 'f' ORDER BY conname`,
    );
    expect(foreign).toEqual(Array(2).fill('FOREIGN KEY (clip_id) REFERENCES media.clips(id) ON DELETE CASCADE'));
    const indexes =
      await names(`SELECT regexp_replace(indexdef, '^CREATE INDEX (\\S+) ON media.(\\S+) USING btree', '\\1 \\2') AS name
      FROM pg_indexes WHERE schemaname = 'media' AND indexname LIKE 'ix%' ORDER BY indexname`);
    expect(indexes).toEqual([
      'ix_clip_assets_clip_id clip_assets (clip_id)',
      'ix_clip_assets_type clip_assets (asset_type)',
      'ix_clip_tags_clip_id clip_tags (clip_id)',
      'ix_clip_tags_tag clip_tags (tag)',
      'ix_clip_tags_type clip_tags (tag_type)',
      'ix_clips_composite clips (player_id, created_at DESC)',
      'ix_clips_created_at clips (created_at DESC)',
      'ix_clips_event_type clips (event_type)',
      'ix_clips_game_id clips (game_id)',
      'ix_clips_player_id clips (player_id)',
      'ix_clips_status clips (processing_status)',
      'ix_clips_team_code clips (team_code)',
    ]);
  });

  it('has exactly this function and this trigger', async () => {
    expect(await names(`SELECT proname AS name FROM pg_proc WHERE pronamespace = 'media'::regnamespace`)).toEqual([
      'update_updated_at_column',
    ]);
    const triggers = await names(`SELECT pg_get_triggerdef(oid) AS name FROM pg_trigger WHERE NOT tgisinternal`);
    expect(triggers).toEqual([
      'CREATE TRIGGER update_clips_updated_at BEFORE UPDATE ON media.clips FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column()',
    ]);
  });
});

it('prisma/schema.sql is what the migrations and function files make: npm run db:dump writes it', async () => {
  const migrated = await createTestDatabase();
  const client = new pg.Client({ connectionString: migrated.url });
  await client.connect();
  const dumped = await dumpSchema(client).finally(() => client.end());
  await migrated.drop();
  expect(dumped).toBe(readFileSync(path.resolve(SCHEMA_FILE, '../schema.sql'), 'utf8'));
});

describe('Prisma’s schema and the migrated database', () => {
  let migrated: TestDatabase;
  let modelled: TestConnection;
  beforeAll(async () => {
    migrated = await createTestDatabase();
    modelled = await createEmptyDatabase();
    const { stdout } = await withSchemaEngine(modelled.url, (engine) =>
      engine.diff({
        from: { tag: 'empty' },
        to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA_FILE, content: readFileSync(SCHEMA_FILE, 'utf8') }] },
        script: true,
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    await modelled.client.query(`SET search_path TO media; ${stdout}`);
  });
  afterAll(() => Promise.all([migrated.drop(), modelled.drop()]));

  /** What Prisma models of a database: columns with type, null and default; indexes, unique ones too; foreign keys. */
  const shapeOf = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ line: string }>(`
      SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, CASE WHEN a.atthasdef THEN ' default' ELSE '' END) AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'media'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        AND c.relname <> '_prisma_migrations'
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'media' AND tablename <> '_prisma_migrations'
        -- Prisma models neither indexes over expressions, in another collation or with more columns than they are sorted by, nor an
        -- extension's operator classes.
        AND indexdef !~* ' using gin |coalesce[(]| collate | include '
      UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE contype = 'f' AND connamespace = 'media'::regnamespace
      ORDER BY 1`);
    await client.end();
    // Six digits are what Postgres keeps when no precision is given; a list that may be null is beyond Prisma.
    return rows.map(({ line }) => line.replace('timestamp(6)', 'timestamp').replace('[] not null', '[]'));
  };

  it('do not drift apart in anything that Prisma models', async () => {
    const shape = await shapeOf(modelled.url);
    expect(shape.length).toBeGreaterThan(100);
    expect(await shapeOf(migrated.url)).toEqual(shape);
  });
});
