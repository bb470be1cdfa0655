import { z } from 'zod';
import { includeParam, intParam } from '#lib/http/query-schemas.ts';
import { type FieldsWith, fieldsWith, saidOf } from './clip-field-schemas.ts';

/** What a list can be narrowed by. Those that are lists mean "any of". */
export const clipFilterSchema = z.object(saidOf('filter'));
export type ClipFilter = z.output<typeof clipFilterSchema>;
export type FilterName = keyof ClipFilter;

export const FILTER_NAMES = Object.keys(clipFilterSchema.shape) as FilterName[];

/** Beyond it a list is walked by cursor: Postgres would read and drop every row before the page. */
export const MAX_OFFSET = 10_000;

/** A list counts no further: exact up to it, and said to be capped beyond. */
export const MAX_COUNTED = 10_000;

/** What a list carries of each clip beside its facts. */
const CLIP_PARTS = ['assets', 'tags'] as const;

const by = <F extends FieldsWith<'isSortKey'>>(field: F) => [`-${field}`, field] as const;

/** `game`: the latest game first, each as it was played. */
export const CLIP_SORTS = [...by('created_at'), ...by('game_date'), 'game'] as const;
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
export const FACET_FIELDS = fieldsWith('isFacet');
export type FacetField = FieldsWith<'isFacet'>;

/** Whether a filter takes several values. */
export const isFacetField = <F extends string>(name: F): name is Extract<F, FacetField> =>
  (FACET_FIELDS as readonly string[]).includes(name);

/** Those of them that are columns of the clip. */
export const FACET_COLUMNS = fieldsWith('column').filter(isFacetField);
export const isFacetColumn = <F extends string>(name: F): name is Extract<F, (typeof FACET_COLUMNS)[number]> =>
  (FACET_COLUMNS as readonly string[]).includes(name);

/** Something for each of these filters. */
export const byFacet = <T>(make: (field: FacetField) => T) =>
  Object.fromEntries(FACET_FIELDS.map((field) => [field, make(field)])) as Record<FacetField, T>;

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
    ...byFacet(() => z.array(facetValueSchema)),
    capped: z.boolean().meta({ description: 'There are more than 100,000 clips; the newest were counted.' }),
  })
  .meta({ id: 'ClipFacets' });
export type ClipFacetsJson = z.output<typeof clipFacetsSchema>;

export const facetsQuerySchema = z.strictObject(clipFilterSchema.shape).refine(orderedDates, {
  path: ['date_to'],
  message: 'date_to lies before date_from.',
});
