import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { type ClipFilter, type ClipSort, MAX_COUNTED } from './clip-filter-schemas.ts';
import { clipWhereSql } from './clip-filter-sql.ts';
import { SORTS } from './clip-order-sql.ts';

const OPPOSITE: Record<ClipSort, ClipSort> = {
  '-created_at': 'created_at',
  created_at: '-created_at',
  '-game_date': 'game_date',
  game_date: '-game_date',
};

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
  db: DbOrTx,
  user: UserContext,
  clipId: string,
  list: { filter: ClipFilter; sort: ClipSort },
): Promise<Neighbours> {
  const where = clipWhereSql(user, list.filter);
  const ahead = (sort: ClipSort, limit: number): Prisma.Sql => {
    const { key, direction, beyond } = SORTS[sort];
    return Prisma.sql`SELECT c.clip_id FROM media.clips c
      WHERE ${where} AND (${key}, c.id) ${beyond} ((SELECT key FROM here), (SELECT id FROM here))
      ORDER BY ${key} ${direction}, c.id ${direction} LIMIT ${limit}`;
  };
  const rows = await db.$queryRaw<{ previous: string | null; next: string | null; before: number; total: number }[]>`
    WITH here AS MATERIALIZED (
      SELECT ${SORTS[list.sort].key} AS key, c.id FROM media.clips c WHERE ${where} AND c.clip_id = ${clipId}
    )
    SELECT (${ahead(OPPOSITE[list.sort], 1)}) AS previous, (${ahead(list.sort, 1)}) AS next,
      (SELECT count(*)::int FROM (${ahead(OPPOSITE[list.sort], MAX_COUNTED)}) before) AS before,
      (SELECT count(*)::int FROM (SELECT FROM media.clips c WHERE ${where} LIMIT ${MAX_COUNTED + 1}) counted) AS total
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
