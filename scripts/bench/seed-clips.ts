import type { Database, DbOrTx } from '#lib/db/prisma-client.ts';

export const BENCH_CLIPS = 10_000;

/** Ready clips with the seven assets that a 720p cut registers. */
const seedClips = (
  from: number,
  to: number,
) => `INSERT INTO media.clips (clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date,
    season, period, event_type, start_timecode_s, end_timecode_s, duration_s, processing_status, progress, created_at, search_text)
  SELECT 'bench-' || n, (9000000 + n % 25)::text, 'Player ' || n % 25, CASE n % 2 WHEN 0 THEN 'MTL' ELSE 'CHI' END, 'TOR',
    (20000 + n % 80)::text, date '2025-10-01' + n % 180, '2025-2026', 1 + n % 3, 'event-' || n % 20, 0, 8, 8, 'ready', 100,
    timestamp '2025-10-01' + n * interval '1 minute', media.search_text_of('Player ' || n % 25, 'event-' || n % 20, 'TOR',
      'bench-' || n, NULL, NULL, NULL, 1 + n % 3, NULL)
  FROM generate_series(${from}, ${to}) n`;
const seedAssets = (
  from: number,
  to: number,
) => `INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri, file_size_bytes, generation)
  SELECT c.id, f.type, 'gs://heartbeat-media/' || c.team_code || '/2025-2026/' || c.game_id || '/' || c.clip_id || '/' || f.file, 1000000, '1'
  FROM media.clips c, (VALUES ('mp4', 'clip.mp4'), ('hls_playlist', 'playlist.m3u8'), ('hls_segment', '720.m4s'),
    ('hls_segment', '360.m4s'), ('thumbnail', 'thumb.jpg'), ('thumbnail_grid', 'grid.jpg'), ('thumbnail_grid', 'grid.vtt')) f(type, file)
  WHERE c.clip_id IN (SELECT 'bench-' || n FROM generate_series(${from}, ${to}) n)`;

/** What a list has to ask for to show these clips and no other. */
export const BENCH_FILTER = { opponent_code: ['TOR'] };

/** Rows of one statement: a million at once would be one transaction of gigabytes. */
const SLICE = 100_000;
const SLICE_TIMEOUT_MS = 10 * 60_000;

/** Puts rows of ready clips into the database, numbers `from` to `to`; their objects are nowhere. */
export async function seedBenchClips(db: Database, from = 1, to = BENCH_CLIPS): Promise<void> {
  for (let first = from; first <= to; first += SLICE) {
    const last = Math.min(to, first + SLICE - 1);
    const seedSlice = async (tx: DbOrTx) => {
      // No triggers: what they would keep is written here, and nobody is to be told of these clips.
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRawUnsafe(seedClips(first, last));
      await tx.$executeRawUnsafe(seedAssets(first, last));
    };
    await db.$transaction(seedSlice, { timeout: SLICE_TIMEOUT_MS });
  }
  // The counts that triggers keep, too, once for all slices.
  await db.$transaction((tx) => tx.$executeRaw`SELECT media.recount_clips()`, { timeout: SLICE_TIMEOUT_MS });
  for (const table of ['clips', 'clip_assets', 'clip_tags', 'clip_counts'])
    await db.$executeRawUnsafe(`VACUUM ANALYZE media.${table}`);
}

/** Gives the seeded renditions and storyboards their index, as a cut of eight seconds registers it: their playlists are made. */
export async function indexBenchAssets(db: Database): Promise<void> {
  const segments = [0, 1, 2, 3].map((n) => ({ durationS: 2, offset: 1000 + n * 250_000, length: 250_000 }));
  const speed = { bandwidthBps: 1_100_000, averageBandwidthBps: 1_000_000, frameRate: 29.97 };
  const picture = { codecs: 'avc1.64001f,mp4a.40.2', width: 1280, height: 720, init: { offset: 0, length: 1000 } };
  const rendition = JSON.stringify({ kind: 'rendition', ...speed, ...picture, segments });
  const tiles = { columns: 4, rows: 1, tiles: 4, tileWidth: 160, tileHeight: 90 };
  const storyboard = JSON.stringify({ kind: 'storyboard', intervalS: 2, durationS: 8, ...tiles });
  const index = async (tx: DbOrTx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`UPDATE media.clip_assets SET delivery_index = ${rendition}::jsonb WHERE asset_type = 'hls_segment'`;
    await tx.$executeRaw`UPDATE media.clip_assets SET delivery_index = ${storyboard}::jsonb WHERE gcs_uri LIKE '%/grid.jpg'`;
  };
  await db.$transaction(index, { timeout: SLICE_TIMEOUT_MS });
  await db.$executeRaw`VACUUM ANALYZE media.clip_assets`;
}
