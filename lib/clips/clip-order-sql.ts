import { Prisma } from '#lib/db/prisma-client.ts';
import type { ClipSort } from './clip-filter-schemas.ts';

interface ClipOrder {
  /** What rows are ordered by, before their id. */
  key: Prisma.Sql;
  /** The key's SQL type, to read it back from the text of a cursor. */
  type: Prisma.Sql;
  direction: Prisma.Sql;
  /** The comparison that holds for rows further on in the list. */
  beyond: Prisma.Sql;
}

/** The orders that rows are walked in: the sorts, and those that turn them round. */
export type RowOrder = ClipSort | '-game';

/** How each of them orders rows. */
export const SORTS: Record<RowOrder, ClipOrder> = (() => {
  const desc = { direction: Prisma.sql`DESC`, beyond: Prisma.sql`<` };
  const asc = { direction: Prisma.sql`ASC`, beyond: Prisma.sql`>` };
  const createdAt = { key: Prisma.sql`c.created_at`, type: Prisma.sql`::timestamp` };
  // A clip without a date sorts as the oldest.
  const gameDate = { key: Prisma.sql`coalesce(c.game_date, '-infinity'::date)`, type: Prisma.sql`::date` };
  const gamePlace = {
    key: Prisma.sql`media.game_place(c.game_date, c.game_id, c.period, c.start_timecode_s) COLLATE "C"`,
    type: Prisma.sql`::text`,
  };
  return {
    '-created_at': { ...createdAt, ...desc },
    created_at: { ...createdAt, ...asc },
    '-game_date': { ...gameDate, ...desc },
    game_date: { ...gameDate, ...asc },
    game: { ...gamePlace, ...asc },
    '-game': { ...gamePlace, ...desc },
  };
})();
