import { fillSearchText } from '#lib/db/fill-search-text.ts';
import { type Database, Prisma } from '#lib/db/prisma-client.ts';

/** What is kept beside the clips: the sums that they are counted by (ADR 25), and the texts that they are searched by. */

/** @param call of a function of Postgres' that tells how many there were. */
async function countBy(db: Database, call: Prisma.Sql): Promise<number> {
  const rows = await db.$queryRaw<{ count: bigint }[]>`SELECT ${call} AS count`;
  return Number(rows[0]?.count ?? 0);
}

/**
 * Sums up the differences that changes of clips left since the last time (migration `20261123000500_counts`): facets
 * and statistics read fewer rows then, and the same numbers. For the worker. @returns how many differences there were.
 */
export const settleClipCounts = (db: Database): Promise<number> => countBy(db, Prisma.sql`media.settle_clip_counts()`);

/** How many of the sums that are kept are not what counting finds. It looks at every clip. */
export const countWrongSums = (db: Database): Promise<number> => countBy(db, Prisma.sql`media.wrong_clip_counts()`);

/** Puts right those that are not, beside whoever changes clips. For the owner of the tables. @returns how many there were. */
export const mendSums = (db: Database): Promise<number> => countBy(db, Prisma.sql`media.mend_clip_counts()`);

/** How many clips have another text for search than they should. It looks at every clip. */
export const countWrongTexts = (db: Database): Promise<number> => countBy(db, Prisma.sql`media.wrong_search_texts()`);

/** Gives these clips the text that they should have. @returns how many there were. */
export const mendTexts = (db: Database): Promise<number> => fillSearchText(db, { isThorough: true });
