import { z } from 'zod';
import { periodSchema } from '#lib/clips/clip-field-schemas.ts';
import { clipSchema, MAX_BATCH } from '#lib/clips/clip-schemas.ts';
import { exactlyOneOf } from '#lib/http/document-schemas.ts';
import { oneOrMore } from '#lib/http/query-schemas.ts';
import { textSchema } from '#lib/word-schemas.ts';
import { LEAD_LAG_TOLD, MAX_BESIDE_S } from './lead-lag-schemas.ts';
import { PLAY_FIELDS, PLAY_FILTERS, PLAY_KINDS, playFilterSchema } from './play-field-schemas.ts';

type TextFilter = Exclude<(typeof PLAY_FILTERS)[number], 'period' | 'kind'>;
const TEXT_FILTERS = PLAY_FILTERS.filter((name): name is TextFilter => name !== 'period' && name !== 'kind');

const oneOrMoreOf = (name: TextFilter) => {
  const value: z.ZodType<string> = PLAY_FIELDS[name].filter.unwrap().in.element;
  return oneOrMore(value).optional();
};
const textFilters = Object.fromEntries(TEXT_FILTERS.map((name) => [name, oneOrMoreOf(name)])) as Record<
  TextFilter,
  ReturnType<typeof oneOrMoreOf>
>;

/** The filters of `GET /plays`, with numbers as numbers, and one value as itself. */
const filterSchema = z
  .strictObject({
    ...textFilters,
    kind: oneOrMore(z.enum(PLAY_KINDS)).optional(),
    period: oneOrMore(periodSchema).optional(),
    rink: playFilterSchema.shape.rink,
  })
  .meta({ id: 'PlayFilter' });

/** Seconds of a clip before its moment, or after it. */
export const beyondSchema = z.number().min(0).max(MAX_BESIDE_S);

/** `POST /plays/clips`: clips of plays, named by their ids or by a filter. */
export const clipPlaysSchema = z
  .strictObject({
    play_ids: z.array(z.int().min(1)).min(1).max(MAX_BATCH).optional(),
    filter: filterSchema.optional().meta({ description: 'Every play that `GET /plays` lists under it.' }),
    lead_s: beyondSchema.optional().meta({
      description: `Before each play. ${LEAD_LAG_TOLD} Instances of time lines have what is asked for, and shifts neither.`,
    }),
    lag_s: beyondSchema.optional().meta({ description: 'After each play; by default as its kind has it (`lead_s`).' }),
    by_name: z
      .record(textSchema(100), z.strictObject({ lead_s: beyondSchema, lag_s: beyondSchema }))
      .default({})
      .meta({ description: 'Another lead and lag for plays of these names.' }),
    merge_within_s: z.number().min(0).max(60).optional().meta({
      description:
        'Makes one clip of plays that follow each other so closely, counted from the end of one to the next.',
    }),
    dry_run: z.boolean().default(false).meta({ description: 'Says what would be made, and makes nothing.' }),
  })
  .refine((request) => (request.play_ids === undefined) !== (request.filter === undefined), {
    path: ['play_ids'],
    message: 'Name the plays by play_ids or by filter, one of the two.',
  })
  .meta({
    ...exactlyOneOf('play_ids', 'filter'),
    id: 'ClipPlays',
    examples: [{ filter: { game_id: '20031', name: ['goal'] }, merge_within_s: 2 }],
  });
export type ClipPlays = z.output<typeof clipPlaysSchema>;

/** Why there is no clip of a play. */
export const SKIP_REASONS = ['no_video', 'no_player', 'in_trash', 'refused'] as const;

export const clippedPlaysSchema = z
  .object({
    matched: z.int().meta({ description: 'How many plays were named, and are in reach.' }),
    created: z.int().meta({ description: 'How many clips were made, or would be.' }),
    existing: z.int().meta({ description: 'How many plays are in a clip already.' }),
    planned: z
      .array(
        z.object({
          play_ids: z.array(z.int()),
          master_id: z.uuid(),
          start_timecode_s: z.number(),
          end_timecode_s: z.number(),
          is_exact: z.boolean(),
        }),
      )
      .meta({ description: 'Each clip that was made, or would be.' }),
    clips: z
      .array(clipSchema)
      .meta({ description: 'Those made, and those that there are already; none in a dry run.' }),
    skipped: z.array(z.object({ play_id: z.int(), reason: z.enum(SKIP_REASONS), detail: z.string().nullable() })),
  })
  .meta({ id: 'ClippedPlays' });
export type ClippedPlaysJson = z.output<typeof clippedPlaysSchema>;
