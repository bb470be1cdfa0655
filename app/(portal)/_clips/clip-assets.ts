import type { AssetJson, ClipJson } from '#lib/clips/clip-schemas.ts';

/** A clip's files by what they are for; `null` where the clip has none (yet). */
export interface ClipAssets {
  /** What hls.js or a native HLS player loads. */
  playlist: AssetJson | null;
  thumbnail: AssetJson | null;
  /** The sprite of small pictures that was cut with the clip. */
  storyboardImage: AssetJson | null;
  /** The cues that say which part of which sprite belongs to which moment: until the clip is cut, of its master's. */
  storyboardUrl: string | null;
  /** The one file to download. */
  download: AssetJson | null;
}

/** The one place that knows which asset row is which file (contract §3: fixed file names). */
export const pickAssets = (clip: Pick<ClipJson, 'assets' | 'playback'>): ClipAssets => {
  const find = (type: AssetJson['asset_type'], file: string) =>
    clip.assets.find((asset) => asset.asset_type === type && asset.gcs_uri.endsWith(`/${file}`)) ?? null;
  return {
    playlist: find('hls_playlist', 'playlist.m3u8'),
    thumbnail: find('thumbnail', 'thumb.jpg'),
    storyboardImage: find('thumbnail_grid', 'grid.jpg'),
    storyboardUrl: clip.playback?.storyboard_url ?? find('thumbnail_grid', 'grid.vtt')?.signed_url ?? null,
    download: find('mp4', 'clip.mp4'),
  };
};

/** Whether there is anything to play: what was cut, or the slice of its master. */
export const isPlayable = ({ playback }: Pick<ClipJson, 'playback'>): boolean => playback !== null;
