import { playedInTurns, ratesOf, sliceRendition } from '#lib/delivery/slice-playlist.ts';
import type { SlicePlaylist } from '#lib/media/clip-work.ts';
import { preparedPrefix } from '#lib/storage/port/prepared-keys.ts';
import { type RenditionRow, toSliceRendition } from './slice-repo.ts';

/** From a clip's folder, `{TEAM}/{SEASON}/{GAME_ID}/{CLIP_ID}/`, to the bucket that its master's lie in, too. */
const TO_BUCKET = '../../../../';

/**
 * The playlist that lies in the folder of a clip which has no renditions of its own: the best one of its slice, by paths
 * from there. Nobody is sent it: what the API answers is made from rows when it is asked for.
 * @param rows what the clip can be played from, best first.
 * @param startS where the clip begins in the master, in seconds.
 * @returns `null` where there is no slice.
 */
export function storedSlice(rows: readonly RenditionRow[], startS: number): SlicePlaylist | null {
  const [master] = rows;
  const [best] = playedInTurns(rows.map(toSliceRendition));
  if (!master || !best) return null;
  const folder = `${TO_BUCKET}${preparedPrefix(master, master.masterId)}${best.name}`;
  const { width, height, codecs: codec } = best;
  return {
    text: sliceRendition(best, startS, (fileName) => `${folder}/${fileName}`),
    ...{ width, height, codec, bitrateKbps: Math.round(ratesOf(best.segments).averageBandwidthBps / 1000) },
  };
}
