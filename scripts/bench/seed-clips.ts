import type { Database } from '#lib/db/prisma-client.ts';

export const BENCH_CLIPS = 10_000;

/** Ready clips with the seven assets that a 720p cut registers. */
const SEED_CLIPS = `INSERT INTO media.clips (clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date,
    season, period, event_type, start_timecode_s, end_timecode_s, duration_s, processing_status, progress, created_at)
  SELECT 'bench-' || n, (9000000 + n % 25)::text, 'Player ' || n % 25, CASE n % 2 WHEN 0 THEN 'MTL' ELSE 'CHI' END, 'TOR',
    (20000 + n % 80)::text, date '2025-10-01' + n % 180, '2025-2026', 1 + n % 3, 'event-' || n % 20, 0, 8, 8, 'ready', 100,
    timestamp '2025-10-01' + n * interval '1 minute'
  FROM generate_series(1, ${BENCH_CLIPS}) n`;
const SEED_ASSETS = `INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri, file_size_bytes, generation)
  SELECT c.id, f.type, 'gs://heartbeat-media/' || c.team_code || '/2025-2026/' || c.game_id || '/' || c.clip_id || '/' || f.file, 1000000, '1'
  FROM media.clips c, (VALUES ('mp4', 'clip.mp4'), ('hls_playlist', 'playlist.m3u8'), ('hls_segment', '720.m4s'),
    ('hls_segment', '360.m4s'), ('thumbnail', 'thumb.jpg'), ('thumbnail_grid', 'grid.jpg'), ('thumbnail_grid', 'grid.vtt')) f(type, file)
  WHERE c.clip_id LIKE 'bench-%'`;

/** What a list has to ask for to show these clips and no other. */
export const BENCH_FILTER = { opponent_code: ['TOR'] };

/** Puts rows of ready clips into the database; their objects are nowhere. */
export async function seedBenchClips(db: Database): Promise<void> {
  for (const statement of [SEED_CLIPS, SEED_ASSETS, 'ANALYZE media.clips', 'ANALYZE media.clip_assets']) {
    await db.$executeRawUnsafe(statement);
  }
}
