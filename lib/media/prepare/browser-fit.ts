import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';

/** More than this is not worth a viewer's line (contract §7). */
const MAX_BITS_PER_S = 25_000_000;

/** Key frames further apart than this make a clip begin late (contract §7). */
export const MAX_KEY_DISTANCE_S = 10;

/** What level 5.2 of H.264 has, which every browser decodes. */
const MAX_SIDE = 4096;

const PIXEL_FORMATS = new Set(['yuv420p', 'yuvj420p']);

/**
 * Whether browsers play a master's own picture, as far as its header and its opening tell: H.264 of 8 bits in 4:2:0, whole
 * frames with times of their own, upright, with square pixels and colours that need no mapping. How far its key frames
 * are apart, and whether an edit list hides more than what is before the beginning, shows when it is copied.
 */
export function playsInBrowsers(master: ProbedMaster): boolean {
  const { facts, sizeBytes } = master;
  const { video } = facts;
  const { num, den } = video.sampleAspectRatio;
  const bitsPerS = facts.durationS > 0 ? (sizeBytes * 8) / facts.durationS : Number.POSITIVE_INFINITY;
  return (
    video.codec === 'h264' &&
    PIXEL_FORMATS.has(video.pixelFormat) &&
    !video.isInterlaced &&
    video.rotation === 0 &&
    num === den &&
    Math.max(video.codedWidth, video.codedHeight) <= MAX_SIDE &&
    video.colour.dynamicRange === 'sdr' &&
    video.colour.primaries === 'bt709' &&
    master.hasPresentationTimes &&
    master.packetsAreFrames &&
    bitsPerS <= MAX_BITS_PER_S
  );
}

/** Whether a master's sound can be copied: one track of AAC with two channels at most. */
export function soundPlaysInBrowsers({ facts, soundTracks }: ProbedMaster): boolean {
  const { audio } = facts;
  return soundTracks.length === 1 && audio?.codec === 'aac' && audio.channels <= 2;
}
