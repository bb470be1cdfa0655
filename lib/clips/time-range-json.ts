import { z } from 'zod';
import type { TimeRange } from '#lib/media/media-types.ts';

/** A range of a master as rows and answers have it. */
export const timeRangeSchema = z
  .object({ start_s: z.number(), end_s: z.number() })
  .meta({ id: 'TimeRange', description: 'Seconds from timecode zero.' });
export type TimeRangeJson = z.output<typeof timeRangeSchema>;

export const toTimeRangeJson = ({ startS, endS }: TimeRange): TimeRangeJson => ({ start_s: startS, end_s: endS });
export const toTimeRange = ({ start_s: startS, end_s: endS }: TimeRangeJson): TimeRange => ({ startS, endS });
