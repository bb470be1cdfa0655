import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalPostgres, removeLocalPostgres, startLocalPostgres } from '#lib/db/local-postgres.ts';
import { FILL, HEARTBEAT_SQL } from '#lib/db/migrate-fixture.ts';
import { sessionOptions, WEB_ROLE } from '#lib/db/prisma-client.ts';
import { readSchemaSnapshot } from './adopt-fixture.ts';
import { migrateDatabase } from './migrate-database.ts';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../docs/adopting.md'), 'utf8');

/** A block of SQL of docs/adopting.md, by the name in its first line. */
const sqlOf = (name: string): string => {
  const block = PAGE.split('```sql\n').find((text) => text.startsWith(`-- ${name}.sql`));
  if (!block) throw new Error(`docs/adopting.md has no ${name}.sql`);
  return block.slice(0, block.indexOf('```'));
};

/** Rows that the API would refuse, and HeartBeat's tables hold. */
const ODD_ROWS = (source: string) => `
  INSERT INTO media.clips (clip_id, player_id, team_code, game_id, event_type, start_timecode_s, end_timecode_s,
    duration_s, ${source}, processing_status) VALUES
    ('', '', 'mtl', '', 'Été%_\\', -1, 300, 0.001, NULL, NULL),
    ('../odd 1', '0', 'ALL', 'x', '', 0, 0, 300, '/mnt/old/p1.mp4', 'failed');
  INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri) VALUES (6, 'dash_manifest', ''), (6, 'hls_segment', 's3://x');
  INSERT INTO media.clip_tags (clip_id, tag, tag_type) VALUES (6, '', NULL), (7, 'Ünïcode 🏒', 'whatever');`;

/** What HeartBeat's service does with a clip, from its request to its removal, as SQLAlchemy writes it. */
const HEARTBEAT_STATEMENTS = [
  `INSERT INTO media.clips (clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date, season, period,
     event_type, outcome, zone, start_timecode_s, end_timecode_s, duration_s, source_gcs_uri, processing_status, processing_time_s, error_message)
   VALUES ('by-service', '8478402', 'Élise', 'MTL', 'CHI', '20031', '2025-10-11', '2025-2026', 1, 'shot', 'successful', 'oz', 1, 6, 5,
     'gs://lake/media/raw/MTL/2025-2026/20031/p1.mp4', 'pending', NULL, NULL) RETURNING media.clips.id, media.clips.created_at, media.clips.updated_at`,
  `UPDATE media.clips SET processing_status = 'processing' WHERE media.clips.clip_id = 'by-service'`,
  `INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri, cdn_path, file_size_bytes, duration_s, width, height, codec, bitrate_kbps)
   SELECT id, 'mp4', 'gs://media/MTL/clip.mp4', 'MTL/clip.mp4', 1, 5, 1920, 1080, 'h264', 5000 FROM media.clips WHERE clip_id = 'by-service'
   ON CONFLICT (clip_id, asset_type, gcs_uri) DO NOTHING`,
  `INSERT INTO media.clip_tags (clip_id, tag, tag_type, confidence) SELECT id, t, 'auto', 0.5 FROM media.clips, unnest(ARRAY['a', 'b']) t
   WHERE clip_id = 'by-service' ON CONFLICT (clip_id, tag) DO UPDATE SET confidence = excluded.confidence`,
  `UPDATE media.clips SET processing_status = 'ready', processing_time_s = 1.5, error_message = NULL WHERE clip_id = 'by-service'`,
  `DELETE FROM media.clip_tags WHERE tag = 'b'`,
];

let folder: string;
let server: LocalPostgres;
let admin: pg.Client;
let owner: pg.Client;
let ownerUrl: string;

beforeAll(async () => {
  // A server of its own: roles belong to the whole server, and here heartbeat_web is made and dropped.
  folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-adopt-'));
  server = await startLocalPostgres({ dataDir: path.join(folder, 'postgres'), durable: false });
});
afterAll(async () => {
  await removeLocalPostgres(path.join(folder, 'postgres'));
  await rm(folder, { recursive: true, force: true });
});

const connect = async (url: string, options?: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, options });
  await client.connect();
  return client;
};
const urlOf = (user?: string): string => {
  const url = new URL(server.url);
  url.pathname = '/club';
  if (user) [url.username, url.password] = [user, 'secret'];
  return url.href;
};

beforeEach(async () => {
  const root = await connect(server.url);
  await root.query('CREATE DATABASE club');
  await root.end();
  admin = await connect(urlOf());
  await admin.query(`CREATE ROLE club_owner LOGIN PASSWORD 'secret' NOSUPERUSER;
    CREATE ROLE club_reader LOGIN PASSWORD 'secret'; CREATE SCHEMA media AUTHORIZATION club_owner`);
  ownerUrl = urlOf('club_owner');
  owner = await connect(ownerUrl);
});
afterEach(async () => {
  await Promise.all([owner.end(), admin.end()]);
  const root = await connect(server.url);
  await root.query('DROP DATABASE club WITH (FORCE)');
  for (const role of ['club_reader', WEB_ROLE, 'club_owner']) await root.query(`DROP ROLE IF EXISTS ${role}`);
  await root.end();
});

/** HeartBeat's tables with rows in them, owned by somebody who is no superuser. */
const fillHeartBeat = async (source = 'source_gcs_uri'): Promise<void> => {
  // The schema is there; making it again would ask for a right that the owner may not have.
  await owner.query(HEARTBEAT_SQL.replace('CREATE SCHEMA IF NOT EXISTS media;', ''));
  if (source !== 'source_gcs_uri') await owner.query(`ALTER TABLE media.clips RENAME source_gcs_uri TO ${source}`);
  await owner.query(FILL(source));
  await owner.query(ODD_ROWS(source));
};

/** Every row by HeartBeat's own columns, as text. */
const rowsOf = async (columns: Record<string, string>) => {
  const all: Record<string, string[]> = {};
  for (const [table, names] of Object.entries(columns)) {
    const { rows } = await owner.query<{ row: string }>(
      `SELECT row_to_json(r)::text AS row FROM (SELECT ${names} FROM media.${table} ORDER BY id) r`,
    );
    all[table] = rows.map(({ row }) => row);
  }
  return all;
};
const columnsNow = async (): Promise<Record<string, string>> => {
  const { rows } = await owner.query<{ t: string; names: string }>(
    `SELECT table_name AS t, string_agg(column_name, ', ' ORDER BY ordinal_position) AS names FROM information_schema.columns
     WHERE table_schema = 'media' AND table_name IN ('clips', 'clip_assets', 'clip_tags') GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ t, names }) => [t, names]));
};

describe('a database of HeartBeat’s whose owner is no superuser', () => {
  it.each(['source_gcs_uri', 'source_video'])(
    'with %s: is adopted with CREATEROLE and CREATE on the database, works, and goes back',
    async (source) => {
      await admin.query('ALTER ROLE club_owner CREATEROLE; GRANT CREATE ON DATABASE club TO club_owner');
      await fillHeartBeat(source);
      const schema = await readSchemaSnapshot(admin);
      const columns = await columnsNow();
      const rows = await rowsOf(columns);
      expect(rows.clips).toHaveLength(7);
      if (source === 'source_gcs_uri') expect((await owner.query(sqlOf('look'))).rows).toEqual([]);
      expect((await owner.query(sqlOf('readers'))).rows).toEqual([]);

      expect((await migrateDatabase(ownerUrl)).adopted).toBe(true);
      const adoptedColumns = Object.fromEntries(
        Object.entries(columns).map(([table, names]) => [
          table,
          names.replace('source_video', 'source_gcs_uri AS source_video'),
        ]),
      );
      expect(await rowsOf(adoptedColumns)).toEqual(rows);

      // The web takes its role at connect, and sees what its reach allows.
      const web = await connect(ownerUrl, sessionOptions(WEB_ROLE));
      expect((await web.query('SELECT FROM media.clips')).rowCount).toBe(0);
      await web.query(`SET heartbeat.teams = 'MTL'; SET heartbeat.player = '*'`);
      expect((await web.query('SELECT FROM media.clips')).rowCount).toBe(5);
      await web.end();

      for (const statement of HEARTBEAT_STATEMENTS) {
        expect((await owner.query(statement)).rowCount, statement).toBeGreaterThan(0);
      }
      const withNew = await rowsOf(adoptedColumns);
      expect(withNew.clips).toHaveLength(8);
      expect(withNew.clip_tags).toHaveLength(8);

      await owner.query(sqlOf('roll-back'));
      if (source === 'source_video') await owner.query(sqlOf('roll-back-source-video'));
      expect(await readSchemaSnapshot(admin)).toEqual(schema);
      expect(await rowsOf(columns)).toEqual(withNew);
      expect((await owner.query(`DELETE FROM media.clips WHERE clip_id = 'by-service'`)).rowCount).toBe(1);
      expect(await rowsOf(columns)).toEqual(rows);
      await expect(owner.query(sqlOf('roll-back'))).rejects.toThrow('nothing to roll back');
      await owner.query('ROLLBACK');

      expect((await migrateDatabase(ownerUrl)).adopted).toBe(true);
      expect(await rowsOf(adoptedColumns)).toEqual(rows);
    },
  );

  it('is adopted with what an administrator prepared, and leaves that there', async () => {
    await fillHeartBeat();
    await admin.query('CREATE EXTENSION pg_trgm SCHEMA public; CREATE EXTENSION unaccent SCHEMA public');
    await admin.query(sqlOf('rights'));
    const schema = await readSchemaSnapshot(admin);
    expect((await migrateDatabase(ownerUrl)).adopted).toBe(true);
    const web = await connect(ownerUrl, sessionOptions(WEB_ROLE));
    await web.query(`SET heartbeat.teams = 'MTL'; SET heartbeat.player = '*'`);
    const { rows } = await web.query(`SELECT count(*)::int AS found FROM media.clips_in_reach c
      WHERE (c.search_text || '') LIKE ANY ((SELECT patterns FROM media.search_patterns(ARRAY['elise']))::text[])`);
    expect(rows).toEqual([{ found: 5 }]);
    await web.end();
    await owner.query(sqlOf('roll-back'));
    expect(await readSchemaSnapshot(admin)).toEqual(schema);
  });

  it('shows its rows to other readers once they have a policy', async () => {
    await admin.query('ALTER ROLE club_owner CREATEROLE; GRANT CREATE ON DATABASE club TO club_owner');
    await fillHeartBeat();
    await owner.query(
      `GRANT USAGE ON SCHEMA media TO club_reader; GRANT SELECT ON ALL TABLES IN SCHEMA media TO club_reader`,
    );
    expect((await owner.query(sqlOf('readers'))).rows).toEqual([{ grantee: 'club_reader' }]);
    const schema = await readSchemaSnapshot(admin);
    await migrateDatabase(ownerUrl);
    const reader = await connect(urlOf('club_reader'));
    expect((await reader.query('SELECT FROM media.clips')).rowCount).toBe(0);
    await owner.query(sqlOf('readers-policy'));
    for (const table of ['clips', 'clip_assets', 'clip_tags']) {
      expect((await reader.query(`SELECT FROM media.${table}`)).rowCount, table).toBeGreaterThan(5);
    }
    await owner.query(sqlOf('roll-back'));
    expect((await reader.query('SELECT FROM media.clips')).rowCount).toBe(7);
    await reader.end();
    expect(await readSchemaSnapshot(admin)).toEqual(schema);
  });

  it('without the rights says which, and goes on once it has them', async () => {
    await fillHeartBeat();
    const rows = await rowsOf(await columnsNow());
    const columns = await columnsNow();
    await expect(migrateDatabase(ownerUrl)).rejects.toThrow('permission denied for database club');
    await admin.query('GRANT CREATE ON DATABASE club TO club_owner');
    await expect(migrateDatabase(ownerUrl)).rejects.toThrow(
      'The role heartbeat_web is missing, and club_owner may not create it',
    );
    expect(await rowsOf(columns)).toEqual(rows);
    await admin.query(sqlOf('rights'));
    await migrateDatabase(ownerUrl);
    expect(await rowsOf(columns)).toEqual(rows);
  });

  it('lists what is not HeartBeat’s', async () => {
    await fillHeartBeat();
    await owner.query('CREATE TABLE media.notes (id int PRIMARY KEY); CREATE INDEX mine ON media.clips (season)');
    await admin.query('CREATE VIEW media.recent AS SELECT 1 AS one');
    expect((await owner.query(sqlOf('look'))).rows).toEqual([
      { kind: 'i', name: 'mine', owner: 'club_owner' },
      { kind: 'r', name: 'notes', owner: 'club_owner' },
      { kind: 'v', name: 'recent', owner: 'postgres' },
    ]);
  });
});
