import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** Migration 1, as it stands: what a HeartBeat database in use has. */
export const HEARTBEAT_SQL = readFileSync(
  path.resolve(import.meta.dirname, '../../prisma/migrations/20260901000000_heartbeat/migration.sql'),
  'utf8',
);

/** Rows as HeartBeat wrote them, microseconds and all. */
export const FILL = (source: string) => `
  INSERT INTO media.clips (id, clip_id, player_id, player_name, team_code, game_id, game_date, event_type, start_timecode_s,
    end_timecode_s, duration_s, ${source}, processing_status, created_at, updated_at)
  SELECT n, 'hb-' || n, '0' || n, 'Élise ' || n, 'MTL', '20031', date '2025-10-11' + n, 'shot', n, n + 2.5, 2.5,
    'gs://lake/media/raw/MTL/2025-2026/20031/p' || n || '.mp4', CASE WHEN n = 3 THEN NULL ELSE 'ready' END,
    timestamp '2025-10-11 19:00:00.123456' + n * interval '1 second', timestamp '2025-10-12 00:00:00.654321'
  FROM generate_series(1, 5) n;
  SELECT setval('media.clips_id_seq', 5);
  INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri, file_size_bytes, created_at)
    SELECT id, 'mp4', 'gs://media/' || clip_id || '/clip.mp4', 5000000000, '2025-10-11 20:00:00.5' FROM media.clips;
  INSERT INTO media.clip_tags (clip_id, tag, tag_type, confidence, created_at)
    SELECT id, 'power-play', 'ai_generated', 0.25, '2025-10-11 21:00:00.25' FROM media.clips;`;

export interface TestConnection {
  url: string;
  client: pg.Client;
  drop(): Promise<void>;
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A database with nothing in it, and one open connection to it. */
export async function createEmptyDatabase(): Promise<TestConnection> {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    client,
    drop: async () => {
      await client.end();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
