import { z } from 'zod';
import { anyOfParam, includeParam, intParam } from '#lib/http/query-schemas.ts';
import {
  gameIdSchema,
  isoDateSchema,
  playerIdSchema,
  seasonSchema,
  tagSchema,
  teamCodeSchema,
  textSchema,
} from '#lib/word-schemas.ts';
import { processingStatusSchema } from './clip-schemas.ts';

/**
 * The fields that a list can be narrowed by, as in the URL of the browser and of the API, in the order in which they
 * are shown. Those that are lists mean "any of".
 */
export const clipFilterSchema = z.object({
  player_id: anyOfParam(playerIdSchema).optional(),
  team_code: anyOfParam(teamCodeSchema).optional(),
  opponent_code: anyOfParam(textSchema(10)).optional(),
  game_id: anyOfParam(gameIdSchema).optional(),
  season: anyOfParam(seasonSchema).optional(),
  date_from: isoDateSchema.optional().meta({ description: 'The first day of games, inclusive.' }),
  date_to: isoDateSchema.optional().meta({ description: 'The last day of games, inclusive.' }),
  period: anyOfParam(intParam(1, 9)).optional(),
  event_type: anyOfParam(textSchema(50)).optional(),
  outcome: anyOfParam(textSchema(50)).optional(),
  zone: anyOfParam(textSchema(50)).optional(),
  strength: anyOfParam(textSchema(20)).optional(),
  tag: anyOfParam(tagSchema).optional(),
  status: anyOfParam(processingStatusSchema).optional(),
  master_id: z.uuid().optional().meta({ description: 'Clips cut from this master.' }),
  q: textSchema(200).optional().meta({
    description:
      'Words to find in player name, tags, event, opponent and clip id: all of them, accents and small slips aside.',
    example: 'beliveau goal',
  }),
});
export type ClipFilter = z.output<typeof clipFilterSchema>;
export type FilterName = keyof ClipFilter;

export const FILTER_NAMES = Object.keys(clipFilterSchema.shape) as FilterName[];

/** Beyond it a list is walked by cursor: Postgres would read and drop every row before the page. */
const MAX_OFFSET = 10_000;

/** A list counts no further: exact up to it, and said to be capped beyond. */
export const MAX_COUNTED = 10_000;

/** What a list carries of each clip beside its facts. */
const CLIP_PARTS = ['assets', 'tags'] as const;

/** `game`: the latest game first, each as it was played. */
export const CLIP_SORTS = ['-created_at', 'created_at', '-game_date', 'game_date', 'game'] as const;
export type ClipSort = (typeof CLIP_SORTS)[number];

const orderedDates = (value: { date_from?: string | undefined; date_to?: string | undefined }) =>
  !value.date_from || !value.date_to || value.date_from <= value.date_to;

/** `GET /clips`. Unknown parameters are refused, so that a misspelt filter never widens a list in silence. */
export const listClipsQuerySchema = z
  .strictObject({
    ...clipFilterSchema.shape,
    sort: z.enum(CLIP_SORTS).default('-created_at'),
    limit: intParam(1, 500).default(100),
    offset: intParam(0, MAX_OFFSET).default(0).meta({ description: 'For older clients; `cursor` knows no end.' }),
    cursor: z.string().min(1).max(512).optional().meta({ description: '`next_cursor` of the page before.' }),
    include: includeParam(CLIP_PARTS),
    deleted: z
      .enum(['true', 'false'])
      .default('false')
      .meta({ description: 'The trash instead of the library, for those who may delete.' }),
  })
  .refine(orderedDates, { path: ['date_to'], message: 'date_to lies before date_from.' })
  .refine((query) => !query.cursor || query.offset === 0, {
    path: ['offset'],
    message: 'Use cursor or offset, not both.',
  });
export type ListClipsQuery = z.output<typeof listClipsQuerySchema>;

/** The filters that mean "any of": the browser offers their values, counted. */
export const FACET_FIELDS = [
  'player_id',
  'team_code',
  'opponent_code',
  'game_id',
  'season',
  'period',
  'event_type',
  'outcome',
  'zone',
  'strength',
  'tag',
  'status',
] as const satisfies readonly FilterName[];
export type FacetField = (typeof FACET_FIELDS)[number];

/** Whether a filter takes several values. */
export const isFacetField = (name: FilterName): name is FacetField =>
  (FACET_FIELDS as readonly string[]).includes(name);

const facetValueSchema = z.object({
  value: z.string(),
  /** What a person reads where it differs from the value: a player's name, a game's date and teams. */
  label: z.string().nullable(),
  count: z.int(),
});
export type FacetValueJson = z.output<typeof facetValueSchema>;

/** `GET /clips/facets`: for each filter its values in the caller's reach, counted under all the other filters. */
export const clipFacetsSchema = z
  .object({
    ...(Object.fromEntries(FACET_FIELDS.map((field) => [field, z.array(facetValueSchema)])) as Record<
      FacetField,
      z.ZodArray<typeof facetValueSchema>
    >),
    capped: z.boolean().meta({ description: 'There are more than 100,000 clips; the newest were counted.' }),
  })
  .meta({ id: 'ClipFacets' });
export type ClipFacetsJson = z.output<typeof clipFacetsSchema>;

export const facetsQuerySchema = z.strictObject(clipFilterSchema.shape).refine(orderedDates, {
  path: ['date_to'],
  message: 'date_to lies before date_from.',
});
