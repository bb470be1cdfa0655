import type { TimeRange } from '#lib/media/media-types.ts';

/** A range of a master as rows and answers have it: seconds from timecode zero. */
export type TimeRangeJson = { start_s: number; end_s: number };

export const toTimeRangeJson = ({ startS, endS }: TimeRange): TimeRangeJson => ({ start_s: startS, end_s: endS });
export const toTimeRange = ({ start_s: startS, end_s: endS }: TimeRangeJson): TimeRange => ({ startS, endS });
