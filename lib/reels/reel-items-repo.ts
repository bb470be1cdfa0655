import { libraryReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { DbOrTx, Reads } from '#lib/db/prisma-client.ts';
import { makersSql } from './reel-repo.ts';
import type { PutItems } from './reel-schemas.ts';

/** An item of a reel that the caller sees; `clip_id` is null for what is gone. */
export interface ItemRow {
  id: string;
  clip_id: string | null;
  in_s: number | null;
  out_s: number | null;
  note: string | null;
}

/** The items in their order, each with the clip that the reel shows to the caller. */
export const selectItems = (reads: Reads, reelId: string): Promise<ItemRow[]> => reads.$queryRaw`
  SELECT i.id::text, s.clip_id, i.in_s, i.out_s, i.note
  FROM media.reel_items i LEFT JOIN media.clips_of_reel(${reelId}::uuid, ${makersSql()}) s ON s.item_id = i.id
  WHERE i.reel_id = ${reelId}::uuid ORDER BY i.position, i.id`;

/** The team of a reel that shows this clip to the caller, or `null`. */
export async function selectTeamOfShown(reads: Reads, reelId: string, clipId: string): Promise<string | null> {
  const [row] = await reads.$queryRaw<{ team_code: string }[]>`
    SELECT r.team_code FROM media.reels r WHERE r.id = ${reelId}::uuid AND EXISTS (
      SELECT FROM media.clips_of_reel(r.id, ${makersSql()}) s WHERE s.clip_id = ${clipId})`;
  return row?.team_code ?? null;
}

/** Clips of the caller's own reach, by their names. */
export const selectOwnClips = (
  tx: DbOrTx,
  user: UserContext,
  clipIds: readonly string[],
): Promise<{ id: number; clip_id: string; team_code: string }[]> => tx.$queryRaw`
  SELECT c.id, c.clip_id, c.team_code FROM media.clips c
  WHERE c.clip_id = ANY(${[...clipIds]}::text[]) AND (${libraryReachSql(user)})`;

/** How long the clips of a reel's items last that are there for the caller. */
export const selectLengths = (
  tx: DbOrTx,
  user: UserContext,
  reelId: string,
): Promise<{ id: string; duration_s: number | null }[]> => tx.$queryRaw`
  SELECT i.id::text, c.duration_s FROM media.reel_items i
  LEFT JOIN media.clips c ON c.id = i.clip_id AND (${libraryReachSql(user)}) WHERE i.reel_id = ${reelId}::uuid`;

export const countItems = (tx: DbOrTx, reelId: string): Promise<number> => tx.reelItem.count({ where: { reelId } });

/** Puts items at the end, in this order. */
export async function appendItems(
  tx: DbOrTx,
  reelId: string,
  items: readonly { id: string; clip_id: number }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO media.reel_items (id, reel_id, position, clip_id)
    SELECT g.id, ${reelId}::uuid, g.place + coalesce((
      SELECT max(i.position) FROM media.reel_items i WHERE i.reel_id = ${reelId}::uuid), 0), g.clip_id
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS (id uuid, clip_id int))
      WITH ORDINALITY AS g(id, clip_id, place)`;
}

/** Leaves exactly these items, in this order. */
export async function replaceItems(tx: DbOrTx, reelId: string, items: PutItems['items']): Promise<void> {
  await tx.reelItem.deleteMany({ where: { reelId, id: { notIn: items.map(({ id }) => id) } } });
  await tx.$executeRaw`
    UPDATE media.reel_items i SET position = g.place, in_s = g.in_s, out_s = g.out_s, note = g.note
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS (id uuid, in_s float8, out_s float8, note text))
      WITH ORDINALITY AS g(id, in_s, out_s, note, place)
    WHERE i.id = g.id AND i.reel_id = ${reelId}::uuid`;
}
