import { mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { SignedUrl } from '#lib/delivery/delivery.ts';
import { type AtOnceOrLater, isLater } from '#lib/delivery/object-signers.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import { type Clip, type ClipAsset, fileNameOf } from './clip.ts';
import type { AssetJson, ClipJson, PlaybackJson } from './clip-schemas.ts';
import { versionOf } from './clip-version.ts';
import { PLAYLIST_FILE, SLICE_FILE } from './slice-texts.ts';

type Deps = Pick<PortalDeps, 'delivery' | 'logger'>;

/** The playlist of a clip without renditions of its own: it is there for as long as its master is prepared. */
const isSlice = ({ index_kind: kind }: ClipAsset): boolean => kind === 'slice';

/** The file of exactly this clip. */
const FILE = 'clip.mp4';

/** The cues of a clip's storyboard. */
export const STORYBOARD_FILE = 'grid.vtt';

/** Texts that the API makes from the registered index, rather than serving the stored ones with unsigned URIs. */
const madeByApi = (clip: Clip, asset: ClipAsset): boolean => {
  const hasIndex = (kind: ClipAsset['index_kind']) => clip.assets.some((other) => other.index_kind === kind);
  if (asset.asset_type === 'hls_playlist') return clip.slice !== null || hasIndex('rendition') || isSlice(asset);
  return asset.asset_type === 'thumbnail_grid' && asset.gcs_uri.endsWith('.vtt') && hasIndex('storyboard');
};

/** An adopted row may point outside the two buckets: the clip is still worth showing. */
const withoutForeign = (deps: Deps, clip: Clip, asset: ClipAsset) => (error: unknown) => {
  if (!isStoreError(error) || !['bad_key', 'foreign_bucket'].includes(error.code)) throw error;
  deps.logger.warn({ err: error, clip_id: clip.clip_id, asset_id: asset.id }, 'an asset cannot be signed');
  return null;
};

function signAsset(deps: Deps, user: UserContext, clip: Clip, asset: ClipAsset): AtOnceOrLater<SignedUrl | null> {
  if (isSlice(asset) && clip.slice === null) return null;
  if (madeByApi(clip, asset)) return deps.delivery.signClipFile(user, clip.clip_id, fileNameOf(asset));
  const signed = deps.delivery.signObject(asset.gcs_uri, { generation: asset.generation });
  return isLater(signed) ? signed.catch(withoutForeign(deps, clip, asset)) : signed;
}

const toAssetJson = (asset: ClipAsset, signed: SignedUrl): AssetJson => ({
  id: asset.id,
  asset_type: asset.asset_type,
  gcs_uri: asset.gcs_uri,
  cdn_path: asset.cdn_path,
  file_size_bytes: asset.file_size_bytes,
  duration_s: asset.duration_s,
  width: asset.width,
  height: asset.height,
  codec: asset.codec,
  bitrate_kbps: asset.bitrate_kbps,
  signed_url: signed.url,
  expires_at: signed.expiresAt.toISOString(),
});

/** The multivariant playlist leads the others, as `joinParts` has them. */
const isPlaylist = ({ asset_type: type }: { asset_type: string }) => type === 'hls_playlist';

/**
 * What a clip is played from: its own cut where that has playlists, else the slice of its master. A cut of before that has
 * no index is played from the playlist that lies in the store, unless there is a slice. A clip whose slice is gone is played
 * from its file: its playlist's URL leads there until the master is prepared again.
 */
function playbackOf(deps: Deps, user: UserContext, clip: Clip, assets: readonly AssetJson[]): PlaybackJson | null {
  const isReady = clip.processing_status === 'ready';
  const isOwn = clip.slice === null || clip.assets.some(({ index_kind: kind }) => kind === 'rendition');
  const own = isReady && isOwn ? assets.find(isPlaylist) : undefined;
  const file = isReady ? assets.find((asset) => fileNameOf(asset) === FILE) : undefined;
  const common = {
    ...{ duration_s: toMilliseconds(clip.duration_s), exact_url: file?.signed_url ?? null },
    storyboard_url: storyboardOf(deps, user, clip, assets),
  };
  if (own) return { kind: 'cut', url: own.signed_url, expires_at: own.expires_at, offset_s: 0, ...common };
  const isOfFile = clip.slice === null && file !== undefined && clip.assets.some(isSlice);
  if (!clip.slice && !isOfFile) return null;
  const { url, expiresAt } = deps.delivery.signClipFile(user, clip.clip_id, isOfFile ? PLAYLIST_FILE : SLICE_FILE);
  const where = clip.slice ? ({ kind: 'slice', ...clip.slice } as const) : ({ kind: 'cut', offset_s: 0 } as const);
  return { url, expires_at: expiresAt.toISOString(), ...where, ...common };
}

/** What was cut for the clip; before that its master's, which only those may see who may watch all of that. */
function storyboardOf(deps: Deps, user: UserContext, clip: Clip, assets: readonly AssetJson[]): string | null {
  const isReady = clip.processing_status === 'ready';
  const own = isReady ? assets.find((asset) => fileNameOf(asset) === STORYBOARD_FILE) : undefined;
  if (own) return own.signed_url;
  const isOffered = clip.slice !== null && mayDo(user, 'masters.watch');
  return isOffered ? deps.delivery.signClipFile(user, clip.clip_id, STORYBOARD_FILE).url : null;
}

/** Seconds to the millisecond: 762.2 - 754.2 is 8.000000000000007 in binary, and nobody's length. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** Some assets of a clip as they are told; what cannot be signed is left out. */
export async function signAssets(
  deps: Deps,
  user: UserContext,
  clip: Clip,
  assets: readonly ClipAsset[],
): Promise<AssetJson[]> {
  const asked = assets.map((asset) => signAsset(deps, user, clip, asset));
  const signed = asked.some(isLater) ? await Promise.all(asked) : (asked as (SignedUrl | null)[]);
  return assets.flatMap((asset, index) => {
    const url = signed[index];
    return url ? [toAssetJson(asset, url)] : [];
  });
}

/** What a clip is played from, and no more is signed; `null` where nothing is there to be played. */
export async function toPlaybackJson(deps: Deps, user: UserContext, clip: Clip): Promise<PlaybackJson | null> {
  const lead = clip.assets.find(isPlaylist);
  const isPlayed = (asset: ClipAsset) => asset === lead || [FILE, STORYBOARD_FILE].includes(fileNameOf(asset));
  return playbackOf(deps, user, clip, await signAssets(deps, user, clip, clip.assets.filter(isPlayed)));
}

/** What the API shows of a clip: what the caller was told of it by Postgres (`clipFactsSql`), with signed URLs. */
export async function toClipJson(deps: Deps, user: UserContext, clip: Clip): Promise<ClipJson> {
  const assets = await signAssets(deps, user, clip, clip.assets);
  const { slice: _, ...told } = clip;
  return {
    ...told,
    duration_s: toMilliseconds(clip.duration_s),
    version: versionOf(clip),
    playback: playbackOf(deps, user, clip, assets),
    assets,
  };
}
