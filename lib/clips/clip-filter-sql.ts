import { libraryReachSql, reachesAllTeams, reachOf, trashReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import { columnSql, typeSql } from './clip-columns-sql.ts';
import { CLIP_FIELDS, type ProcessingStatus } from './clip-field-schemas.ts';
import { FACET_COLUMNS, type FilterName } from './clip-filter-schemas.ts';
import { beyondSql } from './clip-order-sql.ts';
import {
  countFoundSql,
  type FoundPage,
  foundInOrderSql,
  foundSql,
  type ListFilter,
  wordsSql,
} from './clip-search-sql.ts';
import { taggedSql } from './clip-tags-sql.ts';

/** Where clips are: in the library, or deleted and in its trash. */
export type ClipPlace = 'library' | 'trash';

/** What the caller reaches of a place. */
export const placeSql = (user: UserContext, place: ClipPlace): Prisma.Sql =>
  place === 'trash' ? trashReachSql(user) : libraryReachSql(user);

/** HeartBeat's column may be null: such a clip was never picked up, and shows as pending everywhere. */
const statusSql = (user: UserContext, statuses: ProcessingStatus[]): Prisma.Sql => {
  if (!reachesAllTeams(user)) return Prisma.sql`coalesce(c.processing_status, 'pending') = ANY(${statuses}::text[])`;
  const named = Prisma.sql`c.processing_status = ANY(${statuses}::text[])`;
  return statuses.includes('pending') ? Prisma.sql`(${named} OR c.processing_status IS NULL)` : named;
};

/** Columns that those who reach some teams look up in an index that begins with the team. */
const TEAM_INDEXED: readonly string[] = ['player_id', 'game_id', 'event_type', 'season'] satisfies FilterName[];

/**
 * Whether a column is one of a filter's values. There are indexes over all teams' clips, and what these say most would choose
 * the plan: how long an answer takes would tell what another team has (ADR 26). So whoever reaches some teams asks in a
 * collation that only indexes with the team in them are in, and by values that the planner does not know: it takes one plan
 * for all. That may be a walk along the list, so one look tells first whether there is anything: the order asked for is
 * that index's alone. Whoever reaches one player's clips looks at those, and at no index.
 */
function anyOfSql(user: UserContext, name: FilterName, values: string[]): Prisma.Sql {
  const column = Prisma.raw(name);
  const reach = reachOf(user);
  if (reach.kind === 'none' || reachesAllTeams(user)) return Prisma.sql`c.${column} = ANY(${values}::text[])`;
  if (reach.teams === 'ALL' || reach.playerId !== undefined)
    return Prisma.sql`(c.${column} || '') = ANY(${values}::text[])`;
  const isOne = Prisma.sql`${column} COLLATE "C" = ANY(ARRAY(SELECT unnest(${values}::text[])))`;
  if (!TEAM_INDEXED.includes(name)) return Prisma.sql`c.${isOne}`;
  return Prisma.sql`c.${isOne} AND (SELECT true FROM media.clips o
    WHERE o.team_code = ANY(${[...reach.teams]}::text[]) AND o.${isOne}
    ORDER BY o.team_code, o.${column} COLLATE "C" LIMIT 1)`;
}

/** What narrows a list, without its words: the caller's reach first, then the filters. */
function listSql(user: UserContext, filter: ListFilter, place: ClipPlace): Prisma.Sql[] {
  const conditions = [Prisma.sql`(${placeSql(user, place)})`];
  for (const field of FACET_COLUMNS) {
    const values = filter[field];
    if (!values) continue;
    const isText = CLIP_FIELDS[field].column === 'text';
    conditions.push(
      isText
        ? anyOfSql(user, field, values.map(String))
        : Prisma.sql`${columnSql(field)} = ANY(${values}::${typeSql(field)}[])`,
    );
  }
  if (filter.status) conditions.push(statusSql(user, filter.status));
  if (filter.date_from) conditions.push(Prisma.sql`c.game_date >= ${filter.date_from}::date`);
  if (filter.date_to) conditions.push(Prisma.sql`c.game_date <= ${filter.date_to}::date`);
  if (filter.tag) conditions.push(taggedSql(user, filter.tag));
  if (filter.master_id) {
    conditions.push(
      Prisma.sql`c.source_gcs_uri = (SELECT m.lake_uri FROM media.masters m WHERE m.id = ${filter.master_id}::uuid)`,
    );
  }
  return conditions;
}

/** The list as a search is told of it. */
const searchedOf = (user: UserContext, { words = [], ...filter }: ListFilter, place: ClipPlace) => ({
  ...{ user, words },
  list: Prisma.join(listSql(user, filter, place), ' AND '),
});

/**
 * The whole WHERE of a list over `media.clips c`: the caller's reach first, then the filters. They hold for what a search
 * finds, too: that reads past the policies.
 * @param found whether a clip is found, for a filter with words; unless all that are found are to be looked up.
 * @param filter absent fields do not narrow.
 */
export function clipWhereSql(
  user: UserContext,
  filter: ListFilter,
  place: ClipPlace = 'library',
  found?: Prisma.Sql,
): Prisma.Sql {
  const conditions = listSql(user, filter, place);
  if (filter.words) conditions.push(found ?? Prisma.sql`c.id IN (${foundSql(searchedOf(user, filter, place))})`);
  const where = Prisma.join(conditions, ' AND ');
  // Which index is the best depends on what is asked for: one event, or one team, is half of all clips, another is three of
  // them. A plan for all would walk everybody's clips for those three, and its time would tell how many there are.
  const isPlain = conditions.length === 1 && reachesAllTeams(user);
  return isPlain ? where : Prisma.sql`${PLANNED_EACH_TIME} ${where}`;
}

/** The WHERE of one clip that is known: whether a list has it. */
export const memberWhereSql = (user: UserContext, filter: ListFilter): Prisma.Sql =>
  clipWhereSql(user, filter, 'library', filter.words && wordsSql(user, filter.words));

/** The WHERE of some rows of a list: of a search, nothing else need be found. Their order and number are to be asked again. */
export function pageWhereSql(
  user: UserContext,
  filter: ListFilter,
  page: FoundPage,
  place: ClipPlace = 'library',
): Prisma.Sql {
  const found = filter.words && Prisma.sql`c.id IN (${foundInOrderSql(searchedOf(user, filter, place), page)})`;
  return Prisma.sql`${clipWhereSql(user, filter, place, found)} ${beyondSql(page)}`;
}

/** A query for the `total` of a list, counted up to `most`. */
export const totalSql = (
  user: UserContext,
  filter: ListFilter,
  most: number,
  place: ClipPlace = 'library',
): Prisma.Sql =>
  filter.words
    ? countFoundSql(searchedOf(user, filter, place), most)
    : Prisma.sql`SELECT count(*)::int AS total FROM
        (SELECT FROM media.clips c WHERE ${clipWhereSql(user, filter, place)} LIMIT ${writtenOut(most)}) counted`;
