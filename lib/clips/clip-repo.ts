import { clipScopeSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { isUniqueViolation } from '#lib/db/database-faults.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { CursorPosition } from '#lib/http/cursor.ts';
import { type Clip, ClipIdTakenError } from './clip.ts';
import { type ClipFilter, type ClipSort, MAX_COUNTED } from './clip-filter-schemas.ts';
import { clipWhereSql } from './clip-filter-sql.ts';
import { SORTS } from './clip-order-sql.ts';
import { type ClipRow, clipColumns, toClip } from './clip-rows-sql.ts';
import type { CreateClip, PatchClip } from './clip-schemas.ts';

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
}

/** One page of the caller's clips with the parts that are asked for and the total, in one round trip. */
export async function selectClipPage(db: DbOrTx, user: UserContext, request: PageRequest): Promise<ClipPage> {
  const { key, type, direction, beyond } = SORTS[request.sort];
  const where = clipWhereSql(user, request.filter);
  const after = request.after
    ? Prisma.sql`AND (${key}, c.id) ${beyond} (${request.after.value}${type}, ${request.after.id})`
    : Prisma.empty;
  const rows = await db.$queryRaw<({ total: number; sort_value: string | null } & (ClipRow | { id: null }))[]>`
    SELECT n.total, page.* FROM (
      SELECT count(*)::int AS total FROM (SELECT FROM media.clips c WHERE ${where} LIMIT ${MAX_COUNTED + 1}) counted
    ) n
    LEFT JOIN LATERAL (
      SELECT ${clipColumns(request.include)}, (${key})::text AS sort_value, row_number() OVER (ORDER BY ${key} ${direction}, c.id ${direction}) AS place
      FROM media.clips c WHERE ${where} ${after}
      ORDER BY ${key} ${direction}, c.id ${direction}
      LIMIT ${request.limit + 1} OFFSET ${request.offset}
    ) page ON TRUE ORDER BY page.place`;
  const found = rows.filter((row): row is (typeof rows)[number] & ClipRow => row.id !== null);
  const page = found.slice(0, request.limit);
  const last = page.at(-1);
  const more = found.length > request.limit && last;
  const total = rows[0]?.total ?? 0;
  return {
    clips: page.map(toClip),
    total: Math.min(total, MAX_COUNTED),
    totalCapped: total > MAX_COUNTED,
    next: more ? { sort: request.sort, value: last.sort_value ?? '', id: last.id } : null,
  };
}

/** One clip of the caller's reach, or `null`. */
export async function selectClip(db: DbOrTx, user: UserContext, clipId: string): Promise<Clip | null> {
  const rows = await db.$queryRaw<ClipRow[]>`
    SELECT ${clipColumns()} FROM media.clips c WHERE c.clip_id = ${clipId} AND (${clipScopeSql(user)})`;
  return rows[0] ? toClip(rows[0]) : null;
}

/** Locks one clip of the caller's reach for a change; its id, status and claim. */
export async function lockClip(
  tx: DbOrTx,
  user: UserContext,
  clipId: string,
): Promise<{ id: number; processing_status: string } | null> {
  const rows = await tx.$queryRaw<{ id: number; processing_status: string }[]>`
    SELECT c.id, coalesce(c.processing_status, 'pending') AS processing_status FROM media.clips c
    WHERE c.clip_id = ${clipId} AND (${clipScopeSql(user)}) FOR UPDATE`;
  return rows[0] ?? null;
}

export interface NewClip extends Omit<CreateClip, 'master_id' | 'source_gcs_uri'> {
  clip_id: string;
  source_gcs_uri: string;
  idempotency_key: string | null;
  request_hash: string;
}

/** Inserts a pending clip with its tags. @throws ClipIdTakenError */
export async function insertClip(tx: DbOrTx, clip: NewClip): Promise<void> {
  const row = {
    clipId: clip.clip_id,
    playerId: clip.player_id,
    playerName: clip.player_name ?? null,
    teamCode: clip.team_code,
    opponentCode: clip.opponent_code ?? null,
    gameId: clip.game_id,
    gameDate: clip.game_date ? new Date(`${clip.game_date}T00:00:00Z`) : null,
    season: clip.season,
    period: clip.period ?? null,
    eventType: clip.event_type,
    outcome: clip.outcome ?? null,
    zone: clip.zone ?? null,
    strength: clip.strength ?? null,
    startTimecodeS: clip.start_timecode_s,
    endTimecodeS: clip.end_timecode_s,
    durationS: clip.end_timecode_s - clip.start_timecode_s,
    sourceGcsUri: clip.source_gcs_uri,
    idempotencyKey: clip.idempotency_key,
    requestHash: clip.request_hash,
    tags: { create: clip.tags.map((tag) => ({ tag, tagType: 'manual' })) },
  };
  await tx.clip.create({ data: row }).catch((cause) => {
    throw isUniqueViolation(cause) ? new ClipIdTakenError(clip.clip_id, { cause }) : cause;
  });
}

/** The request that made a clip, whoever asks: decides whether the same one came again. */
export const findClipRequest = (db: DbOrTx, clipId: string) =>
  db.clip.findUnique({ where: { clipId }, select: { idempotencyKey: true, requestHash: true } });

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

/** Deletes a clip with its assets and tags; the registered objects, so that they can be removed. */
export async function deleteClipRow(tx: DbOrTx, id: number): Promise<{ gcsUri: string; generation: string | null }[]> {
  const objects = await tx.clipAsset.findMany({ where: { clipId: id }, select: { gcsUri: true, generation: true } });
  await tx.clip.delete({ where: { id } });
  return objects;
}

/** Adds a tag; one that is there already stays as it is. */
export async function insertTag(tx: DbOrTx, id: number, tag: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag, tag_type) VALUES (${id}, ${tag}, 'manual')
    ON CONFLICT ON CONSTRAINT uq_clip_tag DO NOTHING`;
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
