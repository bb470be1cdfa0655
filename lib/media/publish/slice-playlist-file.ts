import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SlicePlaylist } from '#lib/media/clip-work.ts';
import type { CutFile } from '#lib/media/media-types.ts';

const FILE_NAME = 'playlist.m3u8';

/** The playlist of a clip that is played from its slice, as one more file of its cut. */
export async function slicePlaylistFile(slice: SlicePlaylist, durationS: number, workDir: string): Promise<CutFile> {
  const path = join(workDir, FILE_NAME);
  const { text, ...shape } = slice;
  await writeFile(path, text);
  const { size: sizeBytes } = await stat(path);
  const facts = { assetType: 'hls_playlist', contentType: 'application/vnd.apple.mpegurl' } as const;
  return { fileName: FILE_NAME, path, sizeBytes, durationS, ...facts, ...shape, index: { kind: 'slice' } };
}
