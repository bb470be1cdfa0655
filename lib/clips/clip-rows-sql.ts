import { Prisma } from '#lib/db/prisma-client.ts';
import type { AudioNote } from '#lib/media/media-types.ts';
import type { Clip, ClipAsset } from './clip.ts';
import type { ProcessingStatus } from './clip-schemas.ts';

/** A row of `CLIP_COLUMNS`, as Postgres hands it over. */
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
  assets: ClipAsset[];
  tags: string[];
}

const FACTS = Prisma.sql`
  c.id, c.clip_id, c.player_id, c.player_name, c.team_code, c.opponent_code, c.game_id, c.game_date::text AS game_date,
  c.season, c.period, c.event_type, c.outcome, c.zone, c.strength, c.start_timecode_s, c.end_timecode_s, c.duration_s,
  c.source_gcs_uri, c.processing_status, c.progress, c.error_message, c.frame_rate, c.audio_note, c.created_at,
  c.updated_at, c.deleted_at`;

/** The multivariant playlist leads: a client that takes the first `hls_playlist` gets every rendition. */
const assetsOf = (index: Prisma.Sql) => Prisma.sql`(SELECT coalesce(json_agg(json_build_object(
      'id', a.id, 'assetType', a.asset_type, 'gcsUri', a.gcs_uri, 'cdnPath', a.cdn_path,
      'fileSizeBytes', a.file_size_bytes, 'durationS', a.duration_s, 'width', a.width, 'height', a.height,
      'codec', a.codec, 'bitrateKbps', a.bitrate_kbps, 'generation', a.generation,
      'indexKind', a.delivery_index ->> 'kind', 'deliveryIndex', ${index}
    ) ORDER BY a.gcs_uri LIKE '%/playlist.m3u8' DESC, a.id), '[]'::json) FROM media.clip_assets a WHERE a.clip_id = c.id)`;

const TAGS = Prisma.sql`(SELECT coalesce(json_agg(t.tag ORDER BY t.tag), '[]'::json) FROM media.clip_tags t WHERE t.clip_id = c.id)`;

const NONE = Prisma.sql`'[]'::json`;

/** Parts of a clip beside its facts. Those that are not included are empty. */
export interface ClipParts {
  assets: boolean;
  tags: boolean;
  /** The indexes of the assets: playlists are made from them. */
  indexes: boolean;
}

/** Every column of a clip, with its assets and tags as JSON of the same row: one round trip, whatever the page size. */
export const clipColumns = (include: ClipParts = { assets: true, tags: true, indexes: true }): Prisma.Sql => {
  const assets = assetsOf(include.indexes ? Prisma.sql`a.delivery_index` : Prisma.sql`NULL`);
  return Prisma.sql`${FACTS}, ${include.assets ? assets : NONE} AS assets, ${include.tags ? TAGS : NONE} AS tags`;
};

/** Seconds to the millisecond: 762.2 - 754.2 is 8.000000000000007 in binary, and nobody's length. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

export const toClip = (row: ClipRow): Clip => ({
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
  assets: row.assets,
  tags: row.tags,
});
