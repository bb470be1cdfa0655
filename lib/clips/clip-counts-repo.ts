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

/** Counts them anew; who changes clips waits meanwhile. For the owner of the tables. */
export async function recountSums(db: Database): Promise<void> {
  await db.$executeRaw`SELECT media.recount_clips()`;
}
