import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { COUNTED_COLUMNS } from './clip-columns-sql.ts';
import {
  byFacet,
  type ClipFacetsJson,
  type ClipFilter,
  FACET_FIELDS,
  type FacetField,
  type FacetValueJson,
} from './clip-filter-schemas.ts';
import { pageWhereSql } from './clip-filter-sql.ts';
import { type ListFilter, lookUpFilter } from './clip-search-sql.ts';
import { isSummed, sumsSql, type Tally, tallyOfClips, tallyOfSums } from './tally-sql.ts';

/** How many values a filter offers at most; beyond that a person searches. */
const MAX_VALUES = 200;

/** How many clips are looked at, at most, the newest: exact up to it, and said to be capped beyond. */
const MAX_FACETED = 100_000;

/** What a person reads where it differs from the value. */
const LABELS: Partial<Record<FacetField, Prisma.Sql>> = {
  player_id: Prisma.sql`max(c.player_name)`,
  game_id: Prisma.sql`concat_ws(' · ', max(c.game_date)::text,
    CASE WHEN count(DISTINCT c.team_code) = 1 THEN concat_ws('–', max(c.team_code), max(c.opponent_code))
         ELSE string_agg(DISTINCT c.team_code, '–') END)`,
};

/** The newest clips under a filter, as many as are looked at. */
const newest = (user: UserContext, filter: ListFilter): Prisma.Sql =>
  Prisma.sql`SELECT ${COUNTED_COLUMNS} FROM media.clips c
    WHERE ${pageWhereSql(user, filter, { sort: '-created_at', after: null, rows: MAX_FACETED })}
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${MAX_FACETED}`;

const facetSql = (field: FacetField, tally: Tally): Prisma.Sql =>
  Prisma.sql`(SELECT ${field}::text AS field, ${tally.value(field)} AS value, ${LABELS[field] ?? Prisma.sql`NULL`} AS label,
    ${tally.clips}::int AS count ${tally.rows(field)}
    GROUP BY ${tally.value(field)} ORDER BY ${tally.clips} DESC, ${tally.value(field)} LIMIT ${MAX_VALUES})`;

interface FacetRow {
  field: FacetField | 'looked_at';
  value: string;
  label: string | null;
  count: number;
}

/** The relation that answers under a filter, as a query, and how it is counted. */
const countedUnder = (user: UserContext, filter: ListFilter) =>
  isSummed(user, filter)
    ? { relation: sumsSql(user, filter, FACET_FIELDS), tallyOf: tallyOfSums, isLookedThrough: false }
    : { relation: newest(user, filter), tallyOf: tallyOfClips, isLookedThrough: true };

/** For each filter its values in the caller's reach with counts under the other filters, in one round trip. */
export async function selectFacets(reads: Reads, user: UserContext, asked: ClipFilter): Promise<ClipFacetsJson> {
  const filter = await lookUpFilter(reads, user, asked);
  const { relation, tallyOf, isLookedThrough } = countedUnder(user, filter);
  // A field that is not filtered by counts what the list shows; one that is, what the list would show without it.
  const parts = FACET_FIELDS.map((field) => {
    if (!filter[field]) return facetSql(field, tallyOf(Prisma.sql`listed`));
    const others = countedUnder(user, { ...filter, [field]: undefined });
    return facetSql(field, others.tallyOf(Prisma.sql`(${others.relation})`));
  });
  if (isLookedThrough) parts.push(Prisma.sql`(SELECT 'looked_at', '', NULL, count(*)::int FROM listed)`);
  const rows = await reads.$queryRaw<FacetRow[]>`
    WITH listed AS MATERIALIZED (${relation})
    SELECT * FROM (${Prisma.join(parts, ' UNION ALL ')}) facets (field, value, label, count)`;
  const values = byFacet((): FacetValueJson[] => []);
  let capped = false;
  for (const { field, value, label, count } of rows) {
    if (field === 'looked_at') capped = count >= MAX_FACETED;
    else values[field].push({ value, label: label || null, count });
  }
  return { ...values, capped };
}
