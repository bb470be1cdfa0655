import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { AudioNote } from '#lib/media/media-types.ts';
import type { Clip, ClipAsset } from './clip.ts';
import type { ProcessingStatus } from './clip-schemas.ts';

/** A row of `CLIP_FACTS`, as Postgres hands it over. */
export interface ClipRow {
  id: number;
  clip_id: string;
  player_id: string;
  player_name: string | null;
  team_code: string;
  opponent_code: string | null;
  game_id: string;
  game_date: string | null;
  season: string | null;
  period: number | null;
  event_type: string;
  outcome: string | null;
  zone: string | null;
  strength: string | null;
  start_timecode_s: number;
  end_timecode_s: number;
  duration_s: number;
  source_gcs_uri: string | null;
  processing_status: ProcessingStatus | null;
  progress: number;
  error_message: string | null;
  frame_rate: number | null;
  audio_note: AudioNote | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

/** Every column of a clip's own, over `media.clips c`. */
export const CLIP_FACTS = Prisma.sql`
  c.id, c.clip_id, c.player_id, c.player_name, c.team_code, c.opponent_code, c.game_id, c.game_date::text AS game_date,
  c.season, c.period, c.event_type, c.outcome, c.zone, c.strength, c.start_timecode_s, c.end_timecode_s, c.duration_s,
  c.source_gcs_uri, c.processing_status, c.progress, c.error_message, c.frame_rate, c.audio_note, c.created_at,
  c.updated_at, c.deleted_at`;

/** Parts of a clip beside its facts. Those that are not included are empty. */
export interface ClipParts {
  assets: boolean;
  tags: boolean;
  /** The indexes of the assets: playlists are made from them. */
  indexes: boolean;
}

type OfClip<T> = T & { clipId: number };

/** The multivariant playlist leads: a client that takes the first `hls_playlist` gets every rendition. */
const leadsFirst = (a: ClipAsset, b: ClipAsset): number =>
  Number(b.gcsUri.endsWith('/playlist.m3u8')) - Number(a.gcsUri.endsWith('/playlist.m3u8')) || a.id - b.id;

/**
 * Assets and tags of clips, as plain rows of two statements, whatever the number of clips.
 * @param ids a condition's right side: the ids of `media.clips`, as `= ANY(…)` or `= (SELECT …)`.
 */
export async function selectParts(
  reads: Reads,
  ids: Prisma.Sql,
  include: ClipParts,
): Promise<{ assets: OfClip<ClipAsset>[]; tags: OfClip<{ tag: string }>[] }> {
  const index = include.indexes ? Prisma.sql`a.delivery_index` : Prisma.sql`NULL`;
  const [assets, tags] = await Promise.all([
    include.assets
      ? reads.$queryRaw<OfClip<ClipAsset>[]>`
          SELECT a.clip_id AS "clipId", a.id, a.asset_type AS "assetType", a.gcs_uri AS "gcsUri", a.cdn_path AS "cdnPath",
            a.file_size_bytes::float8 AS "fileSizeBytes", a.duration_s AS "durationS", a.width, a.height, a.codec,
            a.bitrate_kbps AS "bitrateKbps", a.generation, a.delivery_index ->> 'kind' AS "indexKind",
            ${index} AS "deliveryIndex"
          FROM media.clip_assets a WHERE a.clip_id ${ids}`
      : [],
    include.tags
      ? reads.$queryRaw<OfClip<{ tag: string }>[]>`
          SELECT t.clip_id AS "clipId", t.tag FROM media.clip_tags t WHERE t.clip_id ${ids} ORDER BY t.tag`
      : [],
  ]);
  return { assets, tags };
}

/** Rows of clips with their parts. */
export function joinParts(rows: readonly ClipRow[], parts: Awaited<ReturnType<typeof selectParts>>): Clip[] {
  const clips = new Map(rows.map((row) => [row.id, toClip(row)]));
  for (const { clipId, ...asset } of parts.assets) clips.get(clipId)?.assets.push(asset);
  for (const { clipId, tag } of parts.tags) clips.get(clipId)?.tags.push(tag);
  const all = [...clips.values()];
  for (const { assets } of all) assets.sort(leadsFirst);
  return all;
}

/** The same for rows that are known already. */
export async function withParts(reads: Reads, rows: readonly ClipRow[], include: ClipParts): Promise<Clip[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return joinParts(rows, await selectParts(reads, Prisma.sql`= ANY(${ids}::int[])`, include));
}

/** Seconds to the millisecond: 762.2 - 754.2 is 8.000000000000007 in binary, and nobody's length. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

const toClip = (row: ClipRow): Clip => ({
  id: row.id,
  clipId: row.clip_id,
  playerId: row.player_id,
  playerName: row.player_name,
  teamCode: row.team_code,
  opponentCode: row.opponent_code,
  gameId: row.game_id,
  gameDate: row.game_date,
  season: row.season,
  period: row.period,
  eventType: row.event_type,
  outcome: row.outcome,
  zone: row.zone,
  strength: row.strength,
  startTimecodeS: row.start_timecode_s,
  endTimecodeS: row.end_timecode_s,
  durationS: toMilliseconds(row.duration_s),
  sourceGcsUri: row.source_gcs_uri,
  // HeartBeat's column may be null; such a row was never picked up.
  processingStatus: row.processing_status ?? 'pending',
  progress: row.progress,
  errorMessage: row.error_message,
  frameRate: row.frame_rate,
  audioNote: row.audio_note,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  deletedAt: row.deleted_at,
  assets: [],
  tags: [],
});
