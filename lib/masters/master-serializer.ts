import type { MasterRow } from './master-repo.ts';
import type { MasterJson, UploadJson } from './master-schemas.ts';
import { UPLOAD_CHUNK_MULTIPLE_BYTES } from './master-schemas.ts';

/** What the API shows of a master: an allow-list. The upload session is a secret and never part of it. */
export const toMasterJson = (row: MasterRow, signedUrl: string | null = null): MasterJson => ({
  id: row.id,
  lake_uri: row.lake_uri,
  status: row.status,
  team_code: row.team_code,
  season: row.season,
  game_id: row.game_id,
  period: row.period,
  filename: row.filename,
  content_type: row.content_type,
  size_bytes: Number(row.size_bytes),
  crc32c: row.crc32c,
  duration_s: row.duration_s,
  cut_off_at_s: row.cut_off_at_s,
  width: row.width,
  height: row.height,
  frame_rate: row.frame_rate,
  video_codec: row.video_codec,
  audio_codec: row.audio_codec,
  audio_note: row.audio_note,
  gaps: row.gaps,
  damage: row.damage,
  error_message: row.error_message,
  preparation: row.preparation,
  clip_count: row.clip_count,
  signed_url: signedUrl,
  created_by: row.created_by_name,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  deleted_at: row.deleted_at?.toISOString() ?? null,
});

export const toUploadJson = (upload: { url: string; expiresAt: Date }): UploadJson => ({
  protocol: 'gcs-resumable',
  url: upload.url,
  chunk_multiple: UPLOAD_CHUNK_MULTIPLE_BYTES,
  expires_at: upload.expiresAt.toISOString(),
});
