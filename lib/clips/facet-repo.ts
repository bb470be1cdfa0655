import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { type ClipFacetsJson, type ClipFilter, FACET_FIELDS, type FacetField } from './clip-filter-schemas.ts';
import { clipWhereSql } from './clip-filter-sql.ts';

/** How many values a filter offers at most; beyond that a person searches. */
const MAX_VALUES = 200;

/** How many clips are counted at most, the newest: exact up to it, and said to be capped beyond. */
const MAX_FACETED = 100_000;

const FACET_SQL: Record<FacetField, { value: Prisma.Sql; label: Prisma.Sql; from?: Prisma.Sql }> = {
  player_id: { value: Prisma.sql`c.player_id`, label: Prisma.sql`max(c.player_name)` },
  team_code: { value: Prisma.sql`c.team_code`, label: Prisma.sql`NULL` },
  opponent_code: { value: Prisma.sql`c.opponent_code`, label: Prisma.sql`NULL` },
  game_id: {
    value: Prisma.sql`c.game_id`,
    label: Prisma.sql`concat_ws(' · ', max(c.game_date)::text,
      CASE WHEN count(DISTINCT c.team_code) = 1 THEN concat_ws('–', max(c.team_code), max(c.opponent_code))
           ELSE string_agg(DISTINCT c.team_code, '–') END)`,
  },
  season: { value: Prisma.sql`c.season`, label: Prisma.sql`NULL` },
  period: { value: Prisma.sql`c.period::text`, label: Prisma.sql`NULL` },
  event_type: { value: Prisma.sql`c.event_type`, label: Prisma.sql`NULL` },
  outcome: { value: Prisma.sql`c.outcome`, label: Prisma.sql`NULL` },
  zone: { value: Prisma.sql`c.zone`, label: Prisma.sql`NULL` },
  strength: { value: Prisma.sql`c.strength`, label: Prisma.sql`NULL` },
  tag: {
    value: Prisma.sql`t.tag`,
    label: Prisma.sql`NULL`,
    from: Prisma.sql`JOIN media.clip_tags t ON t.clip_id = c.id`,
  },
  status: { value: Prisma.sql`coalesce(c.processing_status, 'pending')`, label: Prisma.sql`NULL` },
};

const COLUMNS = Prisma.sql`c.id, c.player_id, c.player_name, c.team_code, c.opponent_code, c.game_id, c.game_date,
  c.season, c.period, c.event_type, c.outcome, c.zone, c.strength, c.processing_status`;

/** The newest clips under a filter, as many as are counted. */
const newest = (user: UserContext, filter: ClipFilter): Prisma.Sql =>
  Prisma.sql`SELECT ${COLUMNS} FROM media.clips c WHERE ${clipWhereSql(user, filter)}
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${MAX_FACETED}`;

/** A field that is not filtered by counts what the list shows; one that is, what the list would show without it. */
const facetSql = (user: UserContext, filter: ClipFilter, field: FacetField): Prisma.Sql => {
  const { value, label, from } = FACET_SQL[field];
  const counted = filter[field] ? Prisma.sql`(${newest(user, { ...filter, [field]: undefined })})` : Prisma.sql`listed`;
  return Prisma.sql`(SELECT ${field}::text AS field, ${value} AS value, ${label} AS label, count(*)::int AS count
    FROM ${counted} c ${from ?? Prisma.empty} WHERE ${value} IS NOT NULL
    GROUP BY ${value} ORDER BY count(*) DESC, ${value} LIMIT ${MAX_VALUES})`;
};

interface FacetRow {
  field: FacetField | 'counted';
  value: string;
  label: string | null;
  count: number;
}

/** For each filter its values in the caller's reach with counts under the other filters, in one round trip. */
export async function selectFacets(db: DbOrTx, user: UserContext, filter: ClipFilter): Promise<ClipFacetsJson> {
  const counted = Prisma.sql`(SELECT 'counted', '', NULL, count(*)::int FROM listed)`;
  const parts = [counted, ...FACET_FIELDS.map((field) => facetSql(user, filter, field))];
  const rows = await db.$queryRaw<FacetRow[]>`
    WITH listed AS MATERIALIZED (${newest(user, filter)})
    SELECT * FROM (${Prisma.join(parts, ' UNION ALL ')}) facets (field, value, label, count)`;
  const values = Object.fromEntries(FACET_FIELDS.map((field) => [field, []])) as unknown as Omit<
    ClipFacetsJson,
    'capped'
  >;
  let capped = false;
  for (const { field, value, label, count } of rows) {
    if (field === 'counted') capped = count >= MAX_FACETED;
    else values[field].push({ value, label: label || null, count });
  }
  return { ...values, capped };
}
