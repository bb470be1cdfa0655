import { libraryReachSql, reachOf, trashReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import { columnSql, typeSql } from './clip-columns-sql.ts';
import { CLIP_FIELDS, type ProcessingStatus } from './clip-field-schemas.ts';
import { type ClipFilter, FACET_COLUMNS, type FacetField } from './clip-filter-schemas.ts';
import {
  countFoundSql,
  type FoundPage,
  foundAnywhereSql,
  foundInOrderSql,
  foundSql,
  isFoundInOrder,
  isSearched,
} from './clip-search-sql.ts';

/** Where clips are: in the library, or deleted and in its trash. */
export type ClipPlace = 'library' | 'trash';

/** What the caller reaches of a place. */
export const placeSql = (user: UserContext, place: ClipPlace): Prisma.Sql =>
  place === 'trash' ? trashReachSql(user) : libraryReachSql(user);

const reachesAllTeams = (user: UserContext): boolean => {
  const reach = reachOf(user);
  return reach.kind === 'rows' && reach.teams === 'ALL' && reach.playerId === undefined;
};

/** HeartBeat's column may be null: such a clip was never picked up, and shows as pending everywhere. */
const statusSql = (user: UserContext, statuses: ProcessingStatus[]): Prisma.Sql => {
  if (!reachesAllTeams(user)) return Prisma.sql`coalesce(c.processing_status, 'pending') = ANY(${statuses}::text[])`;
  const named = Prisma.sql`c.processing_status = ANY(${statuses}::text[])`;
  return statuses.includes('pending') ? Prisma.sql`(${named} OR c.processing_status IS NULL)` : named;
};

/**
 * Whether something is one of a filter's values. The indexes are over all teams' clips: how long a look-up takes would
 * tell what another team has (ADR 26). So whoever reaches some teams looks up only what these have, by the sums that are
 * kept of them; whoever reaches one player's clips looks at those, and at no index.
 */
function anyOfSql(user: UserContext, field: FacetField, something: Prisma.Sql, values: string[]): Prisma.Sql {
  const reach = reachOf(user);
  if (reach.kind === 'none' || reachesAllTeams(user)) return Prisma.sql`${something} = ANY(${values}::text[])`;
  if (reach.teams === 'ALL' || reach.playerId !== undefined)
    return Prisma.sql`(${something} || '') = ANY(${values}::text[])`;
  return Prisma.sql`${something} = ANY(ARRAY(SELECT DISTINCT n.value FROM media.clip_counts n WHERE n.field = ${field}
    AND n.team_code = ANY(${[...reach.teams]}::text[]) AND n.value = ANY(${values}::text[])))`;
}

/**
 * The whole WHERE of a list over `media.clips c`: the caller's reach first, then the filters.
 * @param place the library, or its trash.
 * @param found the ids that hold what is searched for; all of them, unless a part of the list is enough.
 * @param filter a filter with `status` defaulting to whatever; absent fields do not narrow.
 */
export function clipWhereSql(
  user: UserContext,
  filter: ClipFilter,
  place: ClipPlace = 'library',
  found: Prisma.Sql = place === 'trash' ? foundAnywhereSql(filter) : foundSql(filter),
): Prisma.Sql {
  const conditions = [Prisma.sql`(${placeSql(user, place)})`];
  // The sums do not know the trash.
  const anyOf = (field: FacetField, something: Prisma.Sql, values: string[]) =>
    place === 'trash' ? Prisma.sql`${something} = ANY(${values}::text[])` : anyOfSql(user, field, something, values);
  for (const field of FACET_COLUMNS) {
    const values = filter[field];
    if (!values) continue;
    const isText = CLIP_FIELDS[field].column === 'text';
    conditions.push(
      isText
        ? anyOf(field, columnSql(field), values.map(String))
        : Prisma.sql`${columnSql(field)} = ANY(${values}::${typeSql(field)}[])`,
    );
  }
  if (filter.status) conditions.push(statusSql(user, filter.status));
  if (filter.date_from) conditions.push(Prisma.sql`c.game_date >= ${filter.date_from}::date`);
  if (filter.date_to) conditions.push(Prisma.sql`c.game_date <= ${filter.date_to}::date`);
  if (filter.tag) {
    conditions.push(
      Prisma.sql`EXISTS (SELECT FROM media.clip_tags t WHERE t.clip_id = c.id AND ${anyOf('tag', Prisma.sql`t.tag`, filter.tag)})`,
    );
  }
  if (filter.master_id) {
    conditions.push(
      Prisma.sql`c.source_gcs_uri = (SELECT m.lake_uri FROM media.masters m WHERE m.id = ${filter.master_id}::uuid)`,
    );
  }
  if (filter.q) conditions.push(Prisma.sql`c.id IN (${found})`);
  const where = Prisma.join(conditions, ' AND ');
  // Which index is the best depends on what is asked for: one event, or one team, is half of all clips, another is three of
  // them. A plan for all would walk everybody's clips for those three, and its time would tell how many there are.
  const isPlain = conditions.length === 1 && reachesAllTeams(user);
  return isPlain ? where : Prisma.sql`${PLANNED_EACH_TIME} ${where}`;
}

/** The WHERE of some rows of a list: of a search, nothing else need be found. Their order and number are to be asked again. */
export const pageWhereSql = (
  user: UserContext,
  filter: ClipFilter,
  page: FoundPage,
  place: ClipPlace = 'library',
): Prisma.Sql =>
  place === 'library' && isSearched(filter) && isFoundInOrder(page.sort)
    ? clipWhereSql(user, filter, place, foundInOrderSql(filter, page))
    : clipWhereSql(user, filter, place);

/** A query for the `total` of a list, counted up to `most`. */
export const totalSql = (
  user: UserContext,
  filter: ClipFilter,
  most: number,
  place: ClipPlace = 'library',
): Prisma.Sql =>
  place === 'library' && isSearched(filter)
    ? countFoundSql(filter, most)
    : Prisma.sql`SELECT count(*)::int AS total FROM
        (SELECT FROM media.clips c WHERE ${clipWhereSql(user, filter, place)} LIMIT ${writtenOut(most)}) counted`;
