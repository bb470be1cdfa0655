import { trashReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { TRASH_DAYS } from './clip-field-schemas.ts';

const KEPT = Prisma.sql`make_interval(days => ${TRASH_DAYS}::int)`;

/**
 * Puts clips into the trash. A cut under way loses its claim, so that its worker publishes nothing and removes what it
 * wrote; it is pending again should the clip come back.
 * @returns the `clip_id`s of those that were not there yet.
 */
export async function trashClips(tx: DbOrTx, user: UserContext, ids: readonly number[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ clip_id: string }[]>`
    UPDATE media.clips SET deleted_at = now(), deleted_by = ${user.userId}::uuid, claim_token = NULL,
      processing_status = CASE WHEN processing_status = 'processing' THEN 'pending' ELSE processing_status END,
      progress = CASE WHEN processing_status = 'processing' THEN 0 ELSE progress END
    WHERE id = ANY(${[...ids]}::int[]) AND deleted_at IS NULL RETURNING clip_id`;
  return rows.map(({ clip_id }) => clip_id);
}

/** Whether the caller made a clip, so many minutes ago at most. Within the caller's reach. */
export async function isMadeByCaller(tx: DbOrTx, clipId: string, minutes: number): Promise<boolean> {
  const [row] = await tx.$queryRaw<
    { made: boolean }[]
  >`SELECT media.made_by_caller(${clipId}, ${minutes}::int) AS made`;
  return row?.made === true;
}

/**
 * When the transaction's deletions happen: they all have one moment, to the microsecond, which with who did it tells
 * this deletion from every other.
 */
export async function selectDeletion(tx: DbOrTx): Promise<string> {
  const [row] = await tx.$queryRaw<{ moment: string }[]>`
    SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS moment`;
  if (!row) throw new Error('the database does not know the time');
  return row.moment;
}

/** What the caller deleted at a moment that `selectDeletion` told, over `media.clips c`. */
export const deletedBySql = (user: UserContext, moment: string): Prisma.Sql =>
  Prisma.sql`c.deleted_at = ${moment}::timestamptz AND c.deleted_by = ${user.userId}::uuid`;

/** Takes clips out of the trash. @returns their number, and the `clip_id`s of those that are to be cut still. */
export async function restoreClips(tx: DbOrTx, ids: readonly number[]): Promise<{ count: number; uncut: string[] }> {
  const rows = await tx.$queryRaw<{ clip_id: string; is_uncut: boolean }[]>`
    UPDATE media.clips SET deleted_at = NULL, deleted_by = NULL
    WHERE id = ANY(${[...ids]}::int[]) AND deleted_at IS NOT NULL
    RETURNING clip_id, coalesce(processing_status, 'pending') = 'pending' AS is_uncut`;
  return { count: rows.length, uncut: rows.flatMap((row) => (row.is_uncut ? row.clip_id : [])) };
}

/** Those of some `clip_id`s that lie in the trash, as far as the caller may look into it. */
export async function selectTrashed(tx: DbOrTx, user: UserContext, clipIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ clip_id: string }[]>`
    SELECT c.clip_id FROM media.clips c WHERE c.clip_id = ANY(${[...clipIds]}::text[]) AND (${trashReachSql(user)})`;
  return new Set(rows.map((row) => row.clip_id));
}

/**
 * Deletes up to `limit` clips whose time in the trash is over, with their rows; for the worker, who sees everybody's.
 * @returns their number, and the objects that are to be removed.
 */
export async function purgeClips(
  tx: DbOrTx,
  limit: number,
): Promise<{ count: number; objects: { gcsUri: string; generation: string | null }[] }> {
  const due = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM media.clips WHERE deleted_at < now() - ${KEPT} ORDER BY deleted_at LIMIT ${limit}
    FOR UPDATE SKIP LOCKED`;
  const ids = due.map(({ id }) => id);
  const objects = await tx.clipAsset.findMany({
    where: { clipId: { in: ids } },
    select: { gcsUri: true, generation: true },
    orderBy: { id: 'asc' },
  });
  await tx.clip.deleteMany({ where: { id: { in: ids } } });
  return { count: ids.length, objects };
}
