import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { type ClipFacetsJson, type ClipFilter, FACET_FIELDS, type FacetField } from './clip-filter-schemas.ts';
import { clipWhereSql } from './clip-filter-sql.ts';

/** How many values a filter offers at most; beyond that a person searches. */
const MAX_VALUES = 200;

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

const facetSql = (user: UserContext, filter: ClipFilter, field: FacetField): Prisma.Sql => {
  const { value, label, from } = FACET_SQL[field];
  const others = { ...filter, [field]: undefined };
  return Prisma.sql`(SELECT ${field}::text AS field, ${value} AS value, ${label} AS label, count(*)::int AS count
    FROM media.clips c ${from ?? Prisma.empty} WHERE ${clipWhereSql(user, others)} AND ${value} IS NOT NULL
    GROUP BY ${value} ORDER BY count(*) DESC, ${value} LIMIT ${MAX_VALUES})`;
};

/** For each filter its values in the caller's reach with counts under the other filters, in one round trip. */
export async function selectFacets(db: DbOrTx, user: UserContext, filter: ClipFilter): Promise<ClipFacetsJson> {
  const parts = FACET_FIELDS.map((field) => facetSql(user, filter, field));
  const rows = await db.$queryRaw<{ field: FacetField; value: string; label: string | null; count: number }[]>(
    Prisma.join(parts, ' UNION ALL '),
  );
  const facets = Object.fromEntries(FACET_FIELDS.map((field) => [field, []])) as unknown as ClipFacetsJson;
  for (const { field, value, label, count } of rows) facets[field].push({ value, label: label || null, count });
  return facets;
}
