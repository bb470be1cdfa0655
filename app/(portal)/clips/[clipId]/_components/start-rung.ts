/** Before anything was measured: slower than most, so that nobody waits long. */
export const UNKNOWN_BPS = 4_000_000;

/** How much of a segment's length its download may take: with 2 s segments, half a second. */
const SHARE_OF_SEGMENT = 0.25;

/**
 * The rendition to start with: the best whose first segment is there in no time, and else the smallest. Measuring goes
 * on from there.
 * @param bitrates of the renditions in bit/s, ascending.
 * @param bandwidthBps what the network carries, as far as is known.
 */
export const startRung = (bitrates: readonly number[], bandwidthBps: number): number =>
  Math.max(
    0,
    bitrates.findLastIndex((bitrate) => bitrate <= bandwidthBps * SHARE_OF_SEGMENT),
  );
