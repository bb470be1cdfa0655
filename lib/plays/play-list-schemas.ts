import { z } from 'zod';
import { intParam } from '#lib/http/query-schemas.ts';
import { PLAY_FACETS, type PlayFacet, playFilterSchema, playSchema } from './play-field-schemas.ts';

/** A list counts no further: exact up to it, and said to be capped beyond. */
export const MAX_COUNTED = 10_000;

/** As they were played, game by game; and from the end. */
export const PLAY_SORTS = ['clock', '-clock'] as const;
export type PlaySort = (typeof PLAY_SORTS)[number];

/** `GET /plays`. Unknown parameters are refused, so that a misspelt filter never widens a list in silence. */
export const listPlaysQuerySchema = z.strictObject({
  ...playFilterSchema.shape,
  sort: z
    .enum(PLAY_SORTS)
    .default('clock')
    .meta({ description: 'Game by game, as they were played, or from the end.' }),
  cursor: z.string().min(1).max(512).optional().meta({ description: '`next_cursor` of the page before.' }),
  limit: intParam(1, 5000).default(500),
});
export type ListPlaysQuery = z.output<typeof listPlaysQuerySchema>;

export const playListSchema = z
  .object({
    plays: z.array(playSchema),
    total: z.int().meta({ description: 'Every play in reach under these filters; exact unless capped.' }),
    total_capped: z.boolean().meta({ description: 'There are more than `total`; they were not counted.' }),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'PlayList' });
export type PlayListJson = z.output<typeof playListSchema>;

const facetValueSchema = z.object({
  value: z.string(),
  label: z.string().nullable().meta({ description: 'What a person reads where it differs: a name.' }),
  count: z.int(),
});
export type PlayFacetValue = z.output<typeof facetValueSchema>;

/** Something for each filter whose values are counted. */
export const byPlayFacet = <T>(make: (field: PlayFacet) => T) =>
  Object.fromEntries(PLAY_FACETS.map((field) => [field, make(field)])) as Record<PlayFacet, T>;

/** `GET /plays/facets`: for each filter its values in the caller's reach, counted under all the other filters. */
export const playFacetsSchema = z
  .object({
    ...byPlayFacet(() => z.array(facetValueSchema)),
    capped: z.boolean().meta({ description: 'There are more than 100,000 plays; as many were counted.' }),
  })
  .meta({ id: 'PlayFacets' });
export type PlayFacetsJson = z.output<typeof playFacetsSchema>;

export const playFacetsQuerySchema = z.strictObject(playFilterSchema.shape);
