import { z } from 'zod';
import { exactlyOneOf } from '#lib/http/document-schemas.ts';
import { oneOrMore } from '#lib/http/query-schemas.ts';
import { clipIdSchema, tagSchema } from '#lib/word-schemas.ts';
import { periodSchema } from './clip-field-schemas.ts';
import { clipFilterSchema } from './clip-filter-schemas.ts';
import { MAX_BATCH } from './clip-schemas.ts';

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

const byTarget = exactlyOneOf('clip_ids', 'filter');

/** One delete of many clips, by its moment to the microsecond: as it was answered, and nothing that Postgres refuses. */
const deletionSchema = z.iso
  .datetime({ precision: 6, error: 'This is no `deleted_at` of an answer.' })
  .refine((moment) => moment >= '1970', 'Nothing was deleted before 1970.')
  .meta({ description: 'What the caller deleted by one request: `deleted_at` of its answer.' });

export const BULK_ACTIONS = ['add_tags', 'remove_tags', 'replace_tag', 'delete', 'restore'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** The deletion that a restore takes back, if it is named so. */
export const deletionOf = (bulk: { action: BulkAction; deleted_at?: string | undefined }): string | undefined =>
  bulk.action === 'restore' ? bulk.deleted_at : undefined;

/** `POST /clips/bulk`: one change to many clips, named by their ids or by a filter. */
export const bulkClipsSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('add_tags'), tags, ...target }).meta(byTarget),
    z.strictObject({ action: z.literal('remove_tags'), tags, ...target }).meta(byTarget),
    z.strictObject({ action: z.literal('replace_tag'), tag: tagSchema, with: tagSchema, ...target }).meta(byTarget),
    z.strictObject({ action: z.literal('delete'), ...target }).meta(byTarget),
    z
      .strictObject({ action: z.literal('restore'), ...target, deleted_at: deletionSchema.optional() })
      .meta(exactlyOneOf('clip_ids', 'filter', 'deleted_at')),
  ])
  .refine(
    (bulk) => [bulk.clip_ids, bulk.filter, deletionOf(bulk)].filter((named) => named !== undefined).length === 1,
    {
      path: ['clip_ids'],
      message: 'Name the clips by one of clip_ids, filter, and for a restore deleted_at.',
    },
  )
  .meta({
    id: 'ClipBulk',
    examples: [
      { action: 'add_tags', tags: ['pre-scout'], filter: { game_id: ['20031'], event_type: ['shot'] }, dry_run: true },
      { action: 'delete', clip_ids: ['mtl-20031-p1-0007'] },
      { action: 'restore', deleted_at: '2025-10-12T02:30:00.123456Z' },
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
    deleted_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'After a delete: names it, for a `restore` that takes it back. Null where nothing went.' }),
  })
  .meta({ id: 'ClipBulkResult' });
export type BulkResultJson = z.output<typeof bulkResultSchema>;
