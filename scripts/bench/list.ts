import { withBenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { median, timed } from './bench-report.ts';

const CLIPS = 10_000;
const CALLS = 40;

/** Ready clips with the seven assets that a 720p cut registers. */
const SEED_CLIPS = `INSERT INTO media.clips (clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date,
    season, period, event_type, start_timecode_s, end_timecode_s, duration_s, processing_status, progress, created_at)
  SELECT 'bench-' || n, (9000000 + n % 25)::text, 'Player ' || n % 25, CASE n % 2 WHEN 0 THEN 'MTL' ELSE 'CHI' END, 'TOR',
    (20000 + n % 80)::text, date '2025-10-01' + n % 180, '2025-2026', 1 + n % 3, 'event-' || n % 20, 0, 8, 8, 'ready', 100,
    timestamp '2025-10-01' + n * interval '1 minute'
  FROM generate_series(1, ${CLIPS}) n`;
const SEED_ASSETS = `INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri, file_size_bytes, generation)
  SELECT c.id, f.type, 'gs://heartbeat-media/' || c.team_code || '/2025-2026/' || c.game_id || '/' || c.clip_id || '/' || f.file, 1000000, '1'
  FROM media.clips c, (VALUES ('mp4', 'clip.mp4'), ('hls_playlist', 'playlist.m3u8'), ('hls_segment', '720.m4s'),
    ('hls_segment', '360.m4s'), ('thumbnail', 'thumb.jpg'), ('thumbnail_grid', 'grid.jpg'), ('thumbnail_grid', 'grid.vtt')) f(type, file)`;

/** Lists of 24 and of 100 clips with every asset signed, beside a call that does nothing but the routing. */
export async function benchList(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport> {
  return withBenchPortal(async ({ portal, db, headers }) => {
    for (const statement of [SEED_CLIPS, SEED_ASSETS, 'ANALYZE media.clips', 'ANALYZE media.clip_assets']) {
      await db.$executeRawUnsafe(statement);
    }
    const time = async (name: string, path: string): Promise<number> => {
      say(`list: ${name}`);
      const call = async () => {
        const response = await fetch(`${portal.url}/api/v2${path}`, { headers, signal });
        if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
        await response.arrayBuffer();
      };
      await call();
      const seconds: number[] = [];
      for (let n = 0; n < CALLS; n++) seconds.push(await timed(call));
      return median(seconds) * 1000;
    };
    const baseline = 'a clip that is alone';
    return {
      title: `Lists over ${CLIPS} clips, one client (median of ${CALLS})`,
      figures: [
        { what: baseline, value: await time(baseline, '/clips/bench-1'), unit: 'ms' },
        { what: '24 with assets', value: await time('24', '/clips?limit=24'), unit: 'ms', against: baseline },
        { what: '100 with assets', value: await time('100', '/clips?limit=100'), unit: 'ms', against: baseline },
        { what: 'facets', value: await time('facets', '/clips/facets'), unit: 'ms', against: baseline },
        { what: 'stats', value: await time('stats', '/clips/stats/overview'), unit: 'ms', against: baseline },
      ],
    };
  });
}
