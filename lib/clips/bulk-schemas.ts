import { z } from 'zod';
import { clipIdSchema } from '#lib/storage/object-keys.ts';
import { clipFilterSchema } from './clip-filter-schemas.ts';
import { MAX_BATCH, periodSchema, tagSchema } from './clip-schemas.ts';

/** One value or several: in JSON as in the URL, where a filter is given once or more often. */
const oneOrMore = <S extends z.ZodType>(schema: S) =>
  z.union([schema.transform((value) => [value]), z.array(schema).min(1).max(100)]);

/** The filters of `GET /clips`, with numbers as numbers. */
export const bulkFilterSchema = z
  .strictObject({ ...clipFilterSchema.shape, period: oneOrMore(periodSchema).optional() })
  .meta({ id: 'ClipFilter' });

const tags = z
  .array(tagSchema)
  .min(1)
  .max(20)
  .transform((some) => [...new Set(some)]);

const target = {
  clip_ids: z
    .array(clipIdSchema)
    .min(1)
    .max(MAX_BATCH)
    .optional()
    .meta({ description: 'These clips; those that are out of reach or missing are not matched.' }),
  filter: bulkFilterSchema.optional().meta({ description: 'Every clip that `GET /clips` lists under it.' }),
  dry_run: z.boolean().default(false).meta({ description: 'Counts, and changes nothing.' }),
};

export const BULK_ACTIONS = ['add_tags', 'remove_tags', 'replace_tag', 'delete', 'restore'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** `POST /clips/bulk`: one change to many clips, named by their ids or by a filter. */
export const bulkClipsSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('add_tags'), tags, ...target }),
    z.strictObject({ action: z.literal('remove_tags'), tags, ...target }),
    z.strictObject({ action: z.literal('replace_tag'), tag: tagSchema, with: tagSchema, ...target }),
    z.strictObject({ action: z.literal('delete'), ...target }),
    z.strictObject({ action: z.literal('restore'), ...target }),
  ])
  .refine((bulk) => (bulk.clip_ids === undefined) !== (bulk.filter === undefined), {
    path: ['clip_ids'],
    message: 'Name the clips by clip_ids or by filter, one of the two.',
  })
  .meta({
    id: 'ClipBulk',
    examples: [
      { action: 'add_tags', tags: ['pre-scout'], filter: { game_id: ['20031'], event_type: ['shot'] }, dry_run: true },
      { action: 'delete', clip_ids: ['mtl-20031-p1-0007'] },
    ],
  });
export type BulkClips = z.output<typeof bulkClipsSchema>;
export type BulkClipsBody = z.input<typeof bulkClipsSchema>;

export const bulkResultSchema = z
  .object({
    action: z.enum(BULK_ACTIONS),
    dry_run: z.boolean(),
    matched: z.int().meta({ description: 'Clips in reach among those that were named.' }),
    changed: z.int().meta({ description: 'Those among them that the action changes; the others are so already.' }),
  })
  .meta({ id: 'ClipBulkResult' });
export type BulkResultJson = z.output<typeof bulkResultSchema>;
