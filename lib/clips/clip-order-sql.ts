import { Prisma } from '#lib/db/prisma-client.ts';
import type { FieldsWith } from './clip-field-schemas.ts';

interface ClipOrder {
  /** What rows are ordered by, before their id. */
  key: Prisma.Sql;
  /** The key's SQL type, to read it back from the text of a cursor. */
  type: Prisma.Sql;
  direction: Prisma.Sql;
  /** The comparison that holds for rows further on in the list. */
  beyond: Prisma.Sql;
}

type SortKey = FieldsWith<'isSortKey'> | 'game';

/** The orders that rows are walked in: the sorts, and those that turn them round. */
export type RowOrder = SortKey | `-${SortKey}`;

const keyOf = (order: RowOrder) => order.replace(/^-/, '') as SortKey;
const isDescending = (order: RowOrder) => order.startsWith('-');

/** The same rows from their end. */
export const oppositeOf = (order: RowOrder): RowOrder => (isDescending(order) ? keyOf(order) : `-${keyOf(order)}`);

const KEYS: Record<SortKey, Pick<ClipOrder, 'key' | 'type'>> = {
  created_at: { key: Prisma.sql`c.created_at`, type: Prisma.sql`::timestamp` },
  // A clip without a date sorts as the oldest.
  game_date: { key: Prisma.sql`coalesce(c.game_date, '-infinity'::date)`, type: Prisma.sql`::date` },
  game: {
    key: Prisma.sql`media.game_place(c.game_date, c.game_id, c.period, c.start_timecode_s) COLLATE "C"`,
    type: Prisma.sql`::text`,
  },
};

const DESCENDING = { direction: Prisma.sql`DESC`, beyond: Prisma.sql`<` };
const ASCENDING = { direction: Prisma.sql`ASC`, beyond: Prisma.sql`>` };

/** How each of them orders rows. */
export const orderOf = (order: RowOrder): ClipOrder => ({
  ...KEYS[keyOf(order)],
  ...(isDescending(order) ? DESCENDING : ASCENDING),
});

/** A place in a list: what comes after the row with this key and id, in an order. */
export interface ListPlace {
  sort: RowOrder;
  /** `null`: from the beginning. The key may be the text of a cursor. */
  after: { value: Prisma.Sql; id: Prisma.Sql } | null;
}

/** `AND …` that a row lies beyond a place in a list, over an alias `c`. */
export function beyondSql({ sort, after }: ListPlace): Prisma.Sql {
  const { key, type, beyond } = orderOf(sort);
  return after ? Prisma.sql`AND (${key}, c.id) ${beyond} ((${after.value})${type}, (${after.id})::int)` : Prisma.empty;
}
