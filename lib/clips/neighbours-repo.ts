import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { writtenOut } from '#lib/db/statement-names.ts';
import { type ClipFilter, type ClipSort, MAX_COUNTED } from './clip-filter-schemas.ts';
import { memberWhereSql, pageWhereSql, totalSql } from './clip-filter-sql.ts';
import { oppositeOf, orderOf, type RowOrder } from './clip-order-sql.ts';
import { lookUpFilter } from './clip-search-sql.ts';

export interface Neighbours {
  previous: string | null;
  next: string | null;
  /** The clip's place in the list, from 1; `null` when the list does not hold it, or only after thousands of others. */
  position: number | null;
  /** `null` when the list is longer than is counted. */
  total: number | null;
}

/**
 * The rows right before and after one clip in a list's order, its place and the list's length. Each neighbour is one
 * step in an index, and counting ends at `MAX_COUNTED`, so that the length of the list does not matter.
 */
export async function selectNeighbours(
  reads: Reads,
  user: UserContext,
  clipId: string,
  list: { filter: ClipFilter; sort: ClipSort },
): Promise<Neighbours> {
  const filter = await lookUpFilter(reads, user, list.filter);
  const here = { value: Prisma.sql`SELECT key FROM here`, id: Prisma.sql`SELECT id FROM here` };
  const ahead = (sort: RowOrder, rows: number): Prisma.Sql => {
    const { key, direction } = orderOf(sort);
    return Prisma.sql`SELECT c.clip_id FROM media.clips c
      WHERE ${pageWhereSql(user, filter, { sort, after: here, rows })}
      ORDER BY ${key} ${direction}, c.id ${direction} LIMIT ${writtenOut(rows)}`;
  };
  const rows = await reads.$queryRaw<{ previous: string | null; next: string | null; before: number; total: number }[]>`
    WITH here AS MATERIALIZED (
      SELECT ${orderOf(list.sort).key} AS key, c.id FROM media.clips c
      WHERE ${memberWhereSql(user, filter)} AND c.clip_id = ${clipId}
    )
    SELECT (${ahead(oppositeOf(list.sort), 1)}) AS previous, (${ahead(list.sort, 1)}) AS next,
      (SELECT count(*)::int FROM (${ahead(oppositeOf(list.sort), MAX_COUNTED)}) before) AS before,
      (${totalSql(user, filter, MAX_COUNTED + 1)}) AS total
    FROM here`;
  const [row] = rows;
  if (!row) return { previous: null, next: null, position: null, total: 0 };
  return {
    previous: row.previous,
    next: row.next,
    position: row.before < MAX_COUNTED ? row.before + 1 : null,
    total: row.total <= MAX_COUNTED ? row.total : null,
  };
}
