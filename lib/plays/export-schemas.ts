import { z } from 'zod';
import { clipFilterSchema } from '#lib/clips/clip-filter-schemas.ts';
import { LEAD_LAG_TOLD, MAX_BESIDE_S } from './lead-lag-schemas.ts';
import { playFilterSchema } from './play-field-schemas.ts';

export const EXPORT_FORMATS = ['sportscode', 'csv'] as const;

const format = z.enum(EXPORT_FORMATS);

/** Seconds beside a play, as a query has them. */
const besideParam = z
  .string()
  .regex(/^\d{1,2}(?:\.\d{1,3})?$/, 'This is not a number of seconds.')
  .transform(Number)
  .pipe(z.number().max(MAX_BESIDE_S))
  .optional();

/** `GET /plays/export` */
export const exportPlaysQuerySchema = z.strictObject({
  format,
  ...playFilterSchema.shape,
  master_id: z
    .uuid()
    .optional()
    .meta({
      description:
        'Plays that this master shows, from its own zero. Without it times are of the whole game: its masters, one after ' +
        'the other.',
    }),
  lead_s: besideParam.meta({ description: `How long before its play an instance begins. ${LEAD_LAG_TOLD}` }),
  lag_s: besideParam.meta({ description: 'How long after its play an instance ends; by default as its kind has it.' }),
});
export type ExportPlays = z.output<typeof exportPlaysQuerySchema>;

/** `GET /clips/export` */
export const exportClipsQuerySchema = z.strictObject({ format, ...clipFilterSchema.shape });
export type ExportClips = z.output<typeof exportClipsQuerySchema>;
