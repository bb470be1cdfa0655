/** What a network is taken to carry of which nothing is known, in bit/s: the first segment measures it. */
export const UNKNOWN_BPS = 4_000_000;

/** How much of a network's speed a rendition may need: what comes as fast as it plays leaves nothing for a pause. */
const SHARE_OF_NETWORK = 0.8;

/**
 * The rendition to start with: the one that the screen asks for, unless the network is known not to carry it.
 * Measuring goes on from there.
 * @param bitrates of the renditions in bit/s, ascending.
 * @param screenRung the rendition that fills the player at the screen's own pixels.
 * @param bandwidthBps what the network carries; `null` when nothing is known of it.
 */
export function startRung(bitrates: readonly number[], screenRung: number, bandwidthBps: number | null): number {
  if (bandwidthBps === null) return screenRung;
  const carried = bitrates.findLastIndex((bitrate) => bitrate <= bandwidthBps * SHARE_OF_NETWORK);
  return Math.max(0, Math.min(screenRung, carried));
}

/** How the download of the first segment goes. */
export interface FirstDownload {
  loadedBytes: number;
  /** Of the whole segment; by the rendition's bitrate where nobody says. */
  expectedBytes: number;
  elapsedMs: number;
  durationS: number;
}

/** How long a download is watched before it is judged, and how long it may go on without a byte. */
const JUDGED_AFTER_MS = 1000;
const SILENT_MS = 3000;

/**
 * The lower rendition to change to when the first segment comes so slowly that the rest of it takes longer than it
 * plays; `null` to go on. hls.js judges downloads only once something can be played.
 */
export function fallingRung(bitrates: readonly number[], rung: number, download: FirstDownload): number | null {
  const { loadedBytes, expectedBytes, elapsedMs, durationS } = download;
  if (rung <= 0 || elapsedMs < JUDGED_AFTER_MS) return null;
  if (loadedBytes === 0) return elapsedMs < SILENT_MS ? null : 0;
  const bytesPerSecond = (loadedBytes * 1000) / elapsedMs;
  if ((expectedBytes - loadedBytes) / bytesPerSecond <= durationS) return null;
  return Math.min(rung - 1, startRung(bitrates, rung, bytesPerSecond * 8));
}
