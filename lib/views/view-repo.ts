import { libraryReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { createGathering, perDatabase } from '#lib/db/gathering.ts';
import type { Database, Reads } from '#lib/db/prisma-client.ts';
import { unavailable } from '#lib/errors.ts';
import { FASTEST } from './view-schemas.ts';

/** A clip that somebody may have watched. */
export interface WatchedClip {
  id: number;
  team_code: string;
  duration_s: number;
}

/** A part that was judged, with whose it is. */
export interface CountedPart {
  viewer: string;
  session: string;
  user_id: string | null;
  link_id: string | null;
  clip_id: number;
  reel_id: string | null;
  team_code: string;
  from_s: number;
  to_s: number;
  at: string;
  ended_at: string;
}

/** What one viewer sees within a minute at most: two players, each at its fastest. */
const MOST_IN_A_MINUTE_S = 60 * FASTEST * 2;

const MOST_AT_ONCE = 500;
const ROOM = 20_000;

const insertionsOf = perDatabase((db: Database) =>
  createGathering({
    ...{ work: (parts: CountedPart[]) => insertTogether(db, parts), most: MOST_AT_ONCE, room: ROOM },
    onFull: () => unavailable(),
  }),
);

/**
 * Writes parts down, with what others tell at the same moment; of each whether it was taken.
 * @throws AppError 503 while too much waits to be written.
 */
export const insertParts = (db: Database, parts: readonly CountedPart[]): Promise<boolean[]> =>
  insertionsOf(db).add(parts);

async function insertTogether(db: Database, parts: readonly CountedPart[]): Promise<boolean[]> {
  const pieces = JSON.stringify(parts.map((part, n) => ({ n, ...part })));
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT n FROM media.record_views(${pieces}::jsonb, ${FASTEST}::float8, ${MOST_IN_A_MINUTE_S}::float8) AS n`;
  const taken = new Set(rows.map(({ n }) => n));
  return parts.map((_, n) => taken.has(n));
}

/** A clip of the caller's reach. */
export async function selectReachedClip(reads: Reads, user: UserContext, clipId: string): Promise<WatchedClip | null> {
  const [row] = await reads.$queryRaw<WatchedClip[]>`
    SELECT c.id, c.team_code, c.duration_s FROM media.clips c WHERE c.clip_id = ${clipId} AND (${libraryReachSql(user)})`;
  return row ?? null;
}

/** What is older becomes sums; for the worker, as many at a time as do no harm. */
export async function sumUpOldViews(db: Database, before: Date): Promise<number> {
  let all = 0;
  for (;;) {
    const [row] = await db.$queryRaw<{ summed: number }[]>`
      SELECT media.sum_up_views(${before}::timestamptz, 10000) AS summed`;
    const summed = row?.summed ?? 0;
    all += summed;
    if (summed === 0) return all;
  }
}

/** Forgets up to when players told theirs, once nothing as old is taken any more. */
export async function forgetViewClocks(db: Database, before: Date): Promise<void> {
  await db.$executeRaw`DELETE FROM media.view_sessions WHERE seen_at < ${before}`;
  await db.$executeRaw`DELETE FROM media.view_minutes WHERE minute < ${before}`;
}
