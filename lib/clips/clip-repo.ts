import { libraryReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import type { CursorPosition } from '#lib/http/cursor.ts';
import type { Clip } from './clip.ts';
import { type ClipFilter, type ClipSort, MAX_COUNTED } from './clip-filter-schemas.ts';
import { type ClipPlace, pageWhereSql, placeSql, totalSql } from './clip-filter-sql.ts';
import { SORTS } from './clip-order-sql.ts';
import { CLIP_FACTS, type ClipParts, type ClipRow, joinParts, selectParts, withParts } from './clip-rows-sql.ts';
import type { PatchClip } from './clip-schemas.ts';
import { lookUpWords } from './clip-search-sql.ts';

export interface ClipPage {
  clips: Clip[];
  /** At most `MAX_COUNTED`; `totalCapped` says that there are more. */
  total: number;
  totalCapped: boolean;
  /** Where the next page starts; `null` on the last one. */
  next: CursorPosition | null;
}

export interface PageRequest {
  filter: ClipFilter;
  sort: ClipSort;
  limit: number;
  offset: number;
  after: CursorPosition | null;
  include: { assets: boolean; tags: boolean };
  place?: ClipPlace;
}

/** One page of the caller's clips with the parts that are asked for and the total; without indexes. */
export async function selectClipPage(reads: Reads, user: UserContext, request: PageRequest): Promise<ClipPage> {
  const { key, type, direction, beyond } = SORTS[request.sort];
  const { place, sort, offset, limit } = request;
  const filter = await lookUpWords(reads, request.filter);
  const start = request.after && { value: Prisma.sql`${request.after.value}`, id: Prisma.sql`${request.after.id}` };
  const where = pageWhereSql(user, filter, { sort, after: start, rows: offset + limit + 1 }, place);
  const after = start ? Prisma.sql`AND (${key}, c.id) ${beyond} (${start.value}${type}, ${start.id})` : Prisma.empty;
  const skipped = offset > 0 ? Prisma.sql`${PLANNED_EACH_TIME} OFFSET ${offset}` : Prisma.empty;
  const [counted, found] = await Promise.all([
    reads.$queryRaw<{ total: number }[]>`${totalSql(user, filter, MAX_COUNTED + 1, place)}`,
    reads.$queryRaw<(ClipRow & { sort_value: string | null })[]>`
      SELECT ${CLIP_FACTS}, (${key})::text AS sort_value FROM media.clips c WHERE ${where} ${after}
      ORDER BY ${key} ${direction}, c.id ${direction} LIMIT ${writtenOut(limit + 1)} ${skipped}`,
  ]);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const more = found.length > limit && last;
  const total = counted[0]?.total ?? 0;
  return {
    clips: await withParts(reads, page, { ...request.include, indexes: false }),
    total: Math.min(total, MAX_COUNTED),
    totalCapped: total > MAX_COUNTED,
    next: more ? { sort, value: last.sort_value ?? '', id: last.id } : null,
  };
}

/** One clip of the caller's reach, or `null`; its parts are asked for in the same breath. */
export async function selectClip(
  reads: Reads,
  user: UserContext,
  clipId: string,
  include: ClipParts,
): Promise<Clip | null> {
  const where = Prisma.sql`c.clip_id = ${clipId} AND (${libraryReachSql(user)})`;
  const [rows, parts] = await Promise.all([
    reads.$queryRaw<ClipRow[]>`SELECT ${CLIP_FACTS} FROM media.clips c WHERE ${where}`,
    selectParts(reads, Prisma.sql`= (SELECT c.id FROM media.clips c WHERE ${where})`, include),
  ]);
  return joinParts(rows, parts)[0] ?? null;
}

/** Locks one clip of the caller's reach for a change; its id, team and status. */
export async function lockClip(
  tx: DbOrTx,
  user: UserContext,
  clipId: string,
  place: ClipPlace = 'library',
): Promise<{ id: number; team_code: string; processing_status: string } | null> {
  const rows = await tx.$queryRaw<{ id: number; team_code: string; processing_status: string }[]>`
    SELECT c.id, c.team_code, coalesce(c.processing_status, 'pending') AS processing_status FROM media.clips c
    WHERE c.clip_id = ${clipId} AND (${placeSql(user, place)}) FOR UPDATE`;
  return rows[0] ?? null;
}

/** Changes a clip's facts; `null` empties a field, an absent one stays. */
export async function updateClip(tx: DbOrTx, id: number, patch: PatchClip): Promise<void> {
  const { game_date: gameDate, ...rest } = patch;
  await tx.clip.update({
    where: { id },
    data: {
      ...(rest.player_id === undefined ? {} : { playerId: rest.player_id }),
      ...(rest.player_name === undefined ? {} : { playerName: rest.player_name }),
      ...(rest.opponent_code === undefined ? {} : { opponentCode: rest.opponent_code }),
      ...(gameDate === undefined ? {} : { gameDate: gameDate === null ? null : new Date(`${gameDate}T00:00:00Z`) }),
      ...(rest.period === undefined ? {} : { period: rest.period }),
      ...(rest.event_type === undefined ? {} : { eventType: rest.event_type }),
      ...(rest.outcome === undefined ? {} : { outcome: rest.outcome }),
      ...(rest.zone === undefined ? {} : { zone: rest.zone }),
      ...(rest.strength === undefined ? {} : { strength: rest.strength }),
    },
  });
}

/** Adds a tag; one that is there already stays as it is. True if it was not there. */
export async function insertTag(tx: DbOrTx, id: number, tag: string): Promise<boolean> {
  const added = await tx.$executeRaw`
    INSERT INTO media.clip_tags (clip_id, tag, tag_type) VALUES (${id}, ${tag}, 'manual')
    ON CONFLICT ON CONSTRAINT uq_clip_tag DO NOTHING`;
  return added > 0;
}

/** True if the tag was there. */
export async function deleteTag(tx: DbOrTx, id: number, tag: string): Promise<boolean> {
  return (await tx.clipTag.deleteMany({ where: { clipId: id, tag } })).count > 0;
}

/** A failed clip goes back to the start of the line. True if it was failed. */
export async function resetFailedClip(tx: DbOrTx, id: number): Promise<boolean> {
  const { count } = await tx.clip.updateMany({
    where: { id, processingStatus: 'failed' },
    data: { processingStatus: 'pending', errorMessage: null, progress: 0, claimToken: null },
  });
  return count > 0;
}
