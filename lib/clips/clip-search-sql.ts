import { Prisma } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME } from '#lib/db/statement-names.ts';
import type { ClipFilter } from './clip-filter-schemas.ts';
import type { RowOrder } from './clip-order-sql.ts';

/** More words than this narrow nothing any more. */
const MAX_WORDS = 8;

/**
 * What the search function is told first: the words, and the other filters, so that it need not find what they drop. A
 * master is looked up in rows that have a reach of their own, outside of it.
 */
function searchedSql({ q = '', master_id: _, ...narrowed }: ClipFilter): Prisma.Sql {
  const words = q.split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  return Prisma.sql`${words}::text[], narrowed => ${JSON.stringify(narrowed)}::jsonb`;
}

/** Whether a page and a count of a list can be asked of the search itself: it has words, and the search knows all else. */
export const isSearched = (filter: ClipFilter): boolean => filter.q !== undefined && filter.master_id === undefined;

/** Whether the search walks its rows in an order by itself; of another one it tells all that it finds. */
export const isFoundInOrder = (sort: RowOrder): boolean => sort !== 'game' && sort !== '-game';

/**
 * The ids of all clips that a search finds, as a query. The function behind it applies the caller's reach itself: under
 * a policy the trigram index could not be used (ADR 0015).
 */
export const foundSql = (filter: ClipFilter): Prisma.Sql =>
  Prisma.sql`SELECT media.search_clips(${searchedSql(filter)})`;

/** The same where the other filters hold for clips in the trash: the search narrows within the library. */
export const foundAnywhereSql = ({ q }: ClipFilter): Prisma.Sql =>
  Prisma.sql`SELECT media.search_clips(${searchedSql({ q })})`;

/** The id of one clip if the search finds it. */
export const foundAmongSql = (filter: ClipFilter, id: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT media.search_clips(${searchedSql(filter)}, among => ARRAY[${id}])`;

/** Some rows of a list: how many, in which order, after which place in it. */
export interface FoundPage {
  sort: RowOrder;
  after: { value: Prisma.Sql; id: Prisma.Sql } | null;
  rows: number;
}

/** The ids of the first clips of the library that a search finds, in an order, after a place in it. */
export const foundInOrderSql = (filter: ClipFilter, { sort, after, rows }: FoundPage): Prisma.Sql => {
  const beyond = after ? Prisma.sql`, beyond => (${after.value})::text, beyond_id => (${after.id})::int` : Prisma.empty;
  return Prisma.sql`SELECT media.search_clips(${searchedSql(filter)}, sort => ${sort} ${beyond}, max_rows => ${rows}::int)`;
};

/** How many clips of the library a search finds, counted up to `most`. */
export const countFoundSql = (filter: ClipFilter, most: number): Prisma.Sql =>
  Prisma.sql`SELECT ${PLANNED_EACH_TIME} count(*)::int AS total FROM media.search_clips(${searchedSql(filter)}, max_rows => ${most}::int)`;
