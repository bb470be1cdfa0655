import { fillSearchText } from '#lib/db/fill-search-text.ts';
import type { Database } from '#lib/db/prisma-client.ts';

/**
 * Sums up the differences that changes of clips left since the last time (migration `20261123000500_counts`): facets
 * and statistics read fewer rows then, and the same numbers. For the worker. @returns how many differences there were.
 */
export async function settleClipCounts(db: Database): Promise<number> {
  const rows = await db.$queryRaw<{ taken: bigint }[]>`SELECT media.settle_clip_counts() AS taken`;
  return Number(rows[0]?.taken ?? 0);
}

/** How many of the sums that are kept are not what counting finds. It looks at every clip. */
export async function countWrongSums(db: Database): Promise<number> {
  const rows = await db.$queryRaw<{ wrong: bigint }[]>`SELECT media.wrong_clip_counts() AS wrong`;
  return Number(rows[0]?.wrong ?? 0);
}

/** Puts right those that are not, beside whoever changes clips. For the owner of the tables. @returns how many there were. */
export async function mendSums(db: Database): Promise<number> {
  const rows = await db.$queryRaw<{ mended: bigint }[]>`SELECT media.mend_clip_counts() AS mended`;
  return Number(rows[0]?.mended ?? 0);
}

/** How many clips have another text for search than they should. It looks at every clip. */
export async function countWrongTexts(db: Database): Promise<number> {
  const rows = await db.$queryRaw<{ wrong: bigint }[]>`SELECT media.wrong_search_texts() AS wrong`;
  return Number(rows[0]?.wrong ?? 0);
}

/** Gives these clips the text that they should have. @returns how many there were. */
export const mendTexts = (db: Database): Promise<number> => fillSearchText(db, { isThorough: true });
