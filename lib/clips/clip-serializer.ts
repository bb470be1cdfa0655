import type { UserContext } from '#lib/auth/user-context.ts';
import type { SignedUrl } from '#lib/delivery/delivery.ts';
import { type AtOnceOrLater, isLater } from '#lib/delivery/object-signers.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import { type Clip, type ClipAsset, fileNameOf } from './clip.ts';
import type { AssetJson, ClipJson } from './clip-schemas.ts';
import { versionOf } from './clip-version.ts';

type Deps = Pick<PortalDeps, 'delivery' | 'logger'>;

/** Texts that the API makes from the registered index, rather than serving the stored ones with unsigned URIs. */
const madeByApi = (clip: Clip, asset: ClipAsset): boolean => {
  const hasIndex = (kind: ClipAsset['indexKind']) => clip.assets.some((other) => other.indexKind === kind);
  if (asset.assetType === 'hls_playlist') return hasIndex('rendition');
  return asset.assetType === 'thumbnail_grid' && asset.gcsUri.endsWith('.vtt') && hasIndex('storyboard');
};

/** An adopted row may point outside the two buckets: the clip is still worth showing. */
const withoutForeign = (deps: Deps, clip: Clip, asset: ClipAsset) => (error: unknown) => {
  if (!isStoreError(error) || !['bad_key', 'foreign_bucket'].includes(error.code)) throw error;
  deps.logger.warn({ err: error, clip_id: clip.clipId, asset_id: asset.id }, 'an asset cannot be signed');
  return null;
};

function signAsset(deps: Deps, user: UserContext, clip: Clip, asset: ClipAsset): AtOnceOrLater<SignedUrl | null> {
  if (madeByApi(clip, asset)) return deps.delivery.signClipFile(user, clip.clipId, fileNameOf(asset));
  const signed = deps.delivery.signObject(asset.gcsUri, { generation: asset.generation });
  return isLater(signed) ? signed.catch(withoutForeign(deps, clip, asset)) : signed;
}

const toAssetJson = (asset: ClipAsset, signed: SignedUrl): AssetJson => ({
  id: asset.id,
  asset_type: asset.assetType,
  gcs_uri: asset.gcsUri,
  cdn_path: asset.cdnPath,
  file_size_bytes: asset.fileSizeBytes,
  duration_s: asset.durationS,
  width: asset.width,
  height: asset.height,
  codec: asset.codec,
  bitrate_kbps: asset.bitrateKbps,
  signed_url: signed.url,
  expires_at: signed.expiresAt.toISOString(),
});

/**
 * What the API shows of a clip: an allow-list, so that a new column stays private until it is added here.
 * Players do not learn where the master lies.
 */
export async function toClipJson(deps: Deps, user: UserContext, clip: Clip): Promise<ClipJson> {
  const asked = clip.assets.map((asset) => signAsset(deps, user, clip, asset));
  const signed = asked.some(isLater) ? await Promise.all(asked) : (asked as (SignedUrl | null)[]);
  return {
    id: clip.id,
    clip_id: clip.clipId,
    player_id: clip.playerId,
    player_name: clip.playerName,
    team_code: clip.teamCode,
    opponent_code: clip.opponentCode,
    game_id: clip.gameId,
    game_date: clip.gameDate,
    season: clip.season,
    period: clip.period,
    event_type: clip.eventType,
    outcome: clip.outcome,
    zone: clip.zone,
    strength: clip.strength,
    start_timecode_s: clip.startTimecodeS,
    end_timecode_s: clip.endTimecodeS,
    duration_s: clip.durationS,
    ...(user.role === 'player' ? {} : { source_gcs_uri: clip.sourceGcsUri }),
    processing_status: clip.processingStatus,
    progress: clip.progress,
    frame_rate: clip.frameRate,
    audio_note: clip.audioNote,
    error_message: clip.errorMessage,
    created_at: clip.createdAt.toISOString(),
    updated_at: clip.updatedAt.toISOString(),
    ...(clip.deletedAt ? { deleted_at: clip.deletedAt.toISOString() } : {}),
    version: versionOf(clip),
    assets: clip.assets.flatMap((asset, index) => {
      const url = signed[index];
      return url ? [toAssetJson(asset, url)] : [];
    }),
    tags: clip.tags,
  };
}
