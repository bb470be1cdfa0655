import { libraryReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import type { CursorPosition } from '#lib/http/cursor.ts';
import type { Clip, ClipFacts } from './clip.ts';
import { clipFactsSql, typeSql } from './clip-columns-sql.ts';
import { EDITED_FIELDS } from './clip-field-schemas.ts';
import { type ClipFilter, type ClipSort, MAX_COUNTED } from './clip-filter-schemas.ts';
import { type ClipPlace, pageWhereSql, placeSql, totalSql } from './clip-filter-sql.ts';
import { orderOf } from './clip-order-sql.ts';
import { type ClipParts, joinParts, selectParts, withParts } from './clip-rows-sql.ts';
import type { PatchClip } from './clip-schemas.ts';
import { lookUpFilter } from './clip-search-sql.ts';

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
  const { key, direction } = orderOf(request.sort);
  const { place, sort, offset, limit } = request;
  const filter = await lookUpFilter(reads, user, request.filter);
  const start = request.after && { value: Prisma.sql`${request.after.value}`, id: Prisma.sql`${request.after.id}` };
  const where = pageWhereSql(user, filter, { sort, after: start, rows: offset + limit + 1 }, place);
  const skipped = offset > 0 ? Prisma.sql`${PLANNED_EACH_TIME} OFFSET ${offset}` : Prisma.empty;
  const [counted, found] = await Promise.all([
    reads.$queryRaw<{ total: number }[]>`${totalSql(user, filter, MAX_COUNTED + 1, place)}`,
    reads.$queryRaw<(ClipFacts & { sort_value: string | null })[]>`
      SELECT ${clipFactsSql(user, place)}, (${key})::text AS sort_value FROM media.clips c WHERE ${where}
      ORDER BY ${key} ${direction}, c.id ${direction} LIMIT ${writtenOut(limit + 1)} ${skipped}`,
  ]);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const more = found.length > limit && last;
  const total = counted[0]?.total ?? 0;
  return {
    clips: await withParts(
      reads,
      page.map(({ sort_value: _, ...facts }) => facts),
      { ...request.include, slices: request.include.assets, indexes: false },
    ),
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
    reads.$queryRaw<ClipFacts[]>`SELECT ${clipFactsSql(user)} FROM media.clips c WHERE ${where}`,
    selectParts(reads, Prisma.sql`ARRAY(SELECT c.id FROM media.clips c WHERE ${where})`, include),
  ]);
  return joinParts(rows, parts)[0] ?? null;
}

/** Clips of the caller's reach by their ids, with their parts, in no order. */
export async function selectClipsById(reads: Reads, user: UserContext, clipIds: readonly string[]): Promise<Clip[]> {
  const rows = await reads.$queryRaw<ClipFacts[]>`SELECT ${clipFactsSql(user)} FROM media.clips c
    WHERE c.clip_id = ANY(${[...clipIds]}::text[]) AND (${libraryReachSql(user)})`;
  return withParts(reads, rows, { assets: true, slices: true, tags: true, indexes: false });
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
  const changes = EDITED_FIELDS.flatMap((field) => {
    const value = patch[field];
    return value === undefined ? [] : Prisma.sql`${Prisma.raw(field)} = ${value}::${typeSql(field)}`;
  });
  await tx.$executeRaw`UPDATE media.clips SET ${Prisma.join(changes)} WHERE id = ${id}`;
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
