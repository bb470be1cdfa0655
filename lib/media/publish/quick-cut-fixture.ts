import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RenditionIndex } from '#lib/delivery/delivery-index.ts';
import type { CutFile, CutRequest, CutResult } from '#lib/media/media-types.ts';

const INDEX: RenditionIndex = {
  kind: 'rendition',
  codecs: 'avc1.64001f',
  bandwidthBps: 800_000,
  averageBandwidthBps: 700_000,
  width: 640,
  height: 360,
  frameRate: 30,
  init: { offset: 0, length: 2 },
  segments: [{ durationS: 2, offset: 2, length: 4 }],
};

const FILES: [string, CutFile['assetType'], string][] = [
  ['clip.mp4', 'mp4', 'video/mp4'],
  ['360.m4s', 'hls_segment', 'video/mp4'],
  ['360.m3u8', 'hls_playlist', 'application/vnd.apple.mpegurl'],
  ['playlist.m3u8', 'hls_playlist', 'application/vnd.apple.mpegurl'],
  ['thumb.jpg', 'thumbnail', 'image/jpeg'],
  ['grid.jpg', 'thumbnail_grid', 'image/jpeg'],
  ['grid.vtt', 'thumbnail_grid', 'text/vtt'],
];
export const FILE_NAMES = FILES.map(([fileName]) => fileName).sort();

/**
 * What a cut leaves, without ffmpeg: each file holds who made it.
 * @param meanwhile runs while the cut is under way.
 */
export const quickCut =
  (maker: string, meanwhile: (request: CutRequest) => Promise<unknown> | unknown = () => undefined) =>
  async (request: CutRequest): Promise<CutResult> => {
    await meanwhile(request);
    const made = FILES.filter(([name]) => !(request.isSliced && /m3u8$|m4s$/.test(name)));
    const files = made.map(async ([fileName, assetType, contentType]): Promise<CutFile> => {
      const file = path.join(request.workDir, fileName);
      await writeFile(file, `${maker}: ${fileName}`);
      const { size: sizeBytes } = await stat(file);
      const index = fileName === '360.m4s' ? INDEX : null;
      const shape = { durationS: 2, width: 640, height: 360, codec: 'avc1', bitrateKbps: 700, index };
      return { fileName, path: file, assetType, contentType, sizeBytes, ...shape };
    });
    const facts = { frameCount: 60, frameRate: { num: 30_000, den: 1001 }, durationS: 2, audioNote: null, gaps: [] };
    return { files: await Promise.all(files), ...facts };
  };
