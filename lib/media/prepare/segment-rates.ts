import { bandwidthOf } from '#lib/media/cut/rendition-index.ts';
import type { PreparedSegment } from '#lib/media/prepare-work.ts';

/** What segments last at least, for the peak of the bit rate. */
const TARGET_S = 2;

/** The bit rates of a rendition, by what of it is there. */
export function ratesOf(segments: readonly Pick<PreparedSegment, 'durationS' | 'sizeBytes'>[]): {
  bandwidthBps: number;
  averageBandwidthBps: number;
} {
  if (segments.length === 0) return { bandwidthBps: 0, averageBandwidthBps: 0 };
  const ranges = segments.map(({ durationS, sizeBytes }) => ({ durationS, offset: 0, length: sizeBytes }));
  const longestS = Math.max(TARGET_S, ...segments.map(({ durationS }) => durationS));
  const { peakBps, averageBps } = bandwidthOf(ranges, longestS);
  return { bandwidthBps: peakBps, averageBandwidthBps: averageBps };
}
