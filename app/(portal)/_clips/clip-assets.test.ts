import { describe, expect, it } from 'vitest';
import type { AssetJson } from '#lib/clips/clip-schemas.ts';
import { pickAssets } from './clip-assets.ts';

const asset = (id: number, type: AssetJson['asset_type'], file: string): AssetJson => ({
  id,
  asset_type: type,
  gcs_uri: `gs://heartbeat-media/MTL/2025-2026/20031/c1/${file}`,
  cdn_path: null,
  file_size_bytes: 1,
  duration_s: null,
  width: null,
  height: null,
  codec: null,
  bitrate_kbps: null,
  signed_url: `https://media.example/${file}`,
  expires_at: '2026-01-01T00:00:00.000Z',
});

describe('pickAssets', () => {
  it('tells rendition playlists from the one to play, and the two files of the storyboard apart', () => {
    const assets = [
      asset(1, 'hls_playlist', '720.m3u8'),
      asset(2, 'hls_playlist', 'playlist.m3u8'),
      asset(3, 'thumbnail_grid', 'grid.vtt'),
      asset(4, 'thumbnail_grid', 'grid.jpg'),
      asset(5, 'thumbnail', 'thumb.jpg'),
      asset(6, 'mp4', 'clip.mp4'),
      asset(7, 'hls_segment', '720.m4s'),
    ];
    const picked = pickAssets({ assets, playback: null });
    expect(picked.playlist?.id).toBe(2);
    expect(picked.storyboardUrl).toBe('https://media.example/grid.vtt');
    expect(picked.storyboardImage?.id).toBe(4);
    expect(picked.thumbnail?.id).toBe(5);
    expect(picked.download?.id).toBe(6);
  });

  it('answers null for a clip that has no files yet', () => {
    expect(pickAssets({ assets: [], playback: null })).toEqual({
      playlist: null,
      thumbnail: null,
      storyboardImage: null,
      storyboardUrl: null,
      download: null,
    });
  });
});
