import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { type PortalState, type RunningPortal, readPortalState } from './portal-state.ts';

type Row = Record<string, unknown>;

/** One for each portal: a connection costs more than most statements. They end with the process, or with their server. */
const pools = new Map<string, pg.Pool>();

function poolOf(connectionString: string): pg.Pool {
  const known = pools.get(connectionString);
  if (known) return known;
  const pool = new pg.Pool({ connectionString, max: 4, allowExitOnIdle: true });
  // A connection that rests when its server is stopped; the next statement opens another.
  pool.on('error', () => {});
  pools.set(connectionString, pool);
  return pool;
}

/** Runs one statement on a portal's own database; the run's, unless told. */
export async function sql(
  text: string,
  values: unknown[] = [],
  { databaseUrl }: Pick<RunningPortal, 'databaseUrl'> = readPortalState(),
): Promise<Row[]> {
  return (await poolOf(databaseUrl).query<Row>(text, values)).rows;
}

/** Takes back what is prepared of a master: clips that are cut now have renditions of their own, as those from before do. */
export const unprepare = (masterId: string, portal?: Pick<RunningPortal, 'databaseUrl'>): Promise<Row[]> =>
  sql('DELETE FROM media.master_preparations WHERE master_id = $1', [masterId], portal);

export interface SeededClip {
  clip_id: string;
  player_id: string;
  team_code: string;
  opponent_code?: string;
  game_id?: string;
  season?: string;
  event_type?: string;
  processing_status?: string;
  error_message?: string | null;
  created_at?: string;
}

/** Puts clips into the table as they are: rows without assets, cut from nothing. */
export async function seedClipRows(clips: SeededClip[]): Promise<void> {
  const rows = clips.map((clip, index) => ({
    opponent_code: null,
    game_id: '1',
    season: '2019-2020',
    event_type: 'shot',
    processing_status: 'ready',
    error_message: null,
    created_at: new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString(),
    ...clip,
  }));
  await sql(
    `INSERT INTO media.clips (clip_id, player_id, team_code, opponent_code, game_id, season, event_type,
       processing_status, error_message, created_at, start_timecode_s, end_timecode_s, duration_s)
     SELECT clip_id, player_id, team_code, opponent_code, game_id, season, event_type,
       processing_status, error_message, created_at, 1, 3, 2
     FROM jsonb_to_recordset($1::jsonb) AS row(clip_id text, player_id text, team_code text, opponent_code text,
       game_id text, season text, event_type text, processing_status text, error_message text, created_at timestamp)`,
    [JSON.stringify(rows)],
  );
}

/** Takes clips away again, so that no other test counts them. */
export const removeClipRows = (season: string): Promise<Row[]> =>
  sql('DELETE FROM media.clips WHERE season = $1', [season]);

/** Where the disk store keeps a `gs://` object. */
export function diskFile(gsUri: string, state: PortalState = readPortalState()): string {
  return path.join(state.dataDir, 'objects', gsUri.replace('gs://', ''));
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every object of the store below a prefix, with its SHA-256. */
export async function hashObjects(below: string): Promise<Map<string, string>> {
  const root = path.join(readPortalState().dataDir, 'objects', below);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const hashed = files.sort().map(async (file) => [path.relative(root, file), sha256(await readFile(file))] as const);
  return new Map(await Promise.all(hashed));
}

/** All that must survive bad input: the rows of the library and the bytes of the lake. */
export async function snapshot(): Promise<{ rows: Row[]; lake: Map<string, string> }> {
  const rows = await sql(
    `SELECT 'clip' AS kind, clip_id AS id, to_jsonb(c) - 'updated_at' AS row FROM media.clips c
     UNION ALL SELECT 'asset', id::text, to_jsonb(a) FROM media.clip_assets a
     UNION ALL SELECT 'tag', id::text, to_jsonb(t) FROM media.clip_tags t
     UNION ALL SELECT 'master', id::text, to_jsonb(m) FROM media.masters m ORDER BY 1, 2`,
  );
  const { MEDIA_LAKE_BUCKET = 'heartbeat-474020-lake' } = readPortalState().env;
  return { rows, lake: await hashObjects(MEDIA_LAKE_BUCKET) };
}
