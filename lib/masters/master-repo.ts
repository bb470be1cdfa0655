import { masterReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type TimeRangeJson, toTimeRangeJson } from '#lib/clips/time-range-json.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME } from '#lib/db/statement-names.ts';
import type { AudioNote, InspectedMaster } from '#lib/media/media-types.ts';
import type { ListMastersQuery, MasterStatus, PreparationJson } from './master-schemas.ts';
import type { OpenUploads } from './upload-quota.ts';

export type MasterRecord = Prisma.MasterGetPayload<object>;

/** A master as the portal shows it. */
export interface MasterRow {
  id: string;
  lake_uri: string;
  status: MasterStatus;
  team_code: string;
  season: string;
  game_id: string;
  period: number | null;
  filename: string;
  content_type: string;
  size_bytes: bigint;
  crc32c: string | null;
  generation: string | null;
  duration_s: number | null;
  cut_off_at_s: number | null;
  width: number | null;
  height: number | null;
  frame_rate: number | null;
  video_codec: string | null;
  audio_codec: string | null;
  audio_note: AudioNote | null;
  gaps: TimeRangeJson[];
  damage: TimeRangeJson[];
  error_message: string | null;
  preparation: PreparationJson | null;
  upload_url: string | null;
  upload_expires_at: Date | null;
  created_by: string | null;
  created_by_name: string | null;
  clip_count: number;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

/** Where masters are: in the lake, or deleted and in its trash. */
type MasterPlace = 'lake' | 'trash' | 'anywhere';

/** What the caller reaches of a place. */
const placeSql = (user: UserContext, place: MasterPlace): Prisma.Sql => {
  const reach = masterReachSql(user);
  if (place === 'anywhere') return reach;
  return place === 'trash'
    ? Prisma.sql`${reach} AND m.deleted_at IS NOT NULL`
    : Prisma.sql`${reach} AND m.deleted_at IS NULL`;
};

/** How far a master `m` is prepared, renditions best first. Sound alone is no rendition for anybody. */
export const PREPARATION = Prisma.sql`(
  SELECT jsonb_build_object('status', p.status, 'playable_to_s', p.playable_to_s, 'error_message', p.error_message,
    'renditions', coalesce((
      SELECT jsonb_agg(jsonb_build_object('name', r.name, 'to_s', r.to_s) ORDER BY r.name = 'source' DESC, r.width DESC)
      FROM media.prepared_renditions r WHERE r.master_id = p.master_id AND r.width IS NOT NULL), '[]'))
  FROM media.master_preparations p WHERE p.master_id = m.id)`;

const MASTER_COLUMNS = Prisma.sql`
  m.id, m.lake_uri, m.status, m.team_code, m.season, m.game_id, m.period, m.filename, m.content_type, m.size_bytes,
  m.crc32c, m.generation, m.duration_s, m.cut_off_at_s, m.width, m.height, m.frame_rate, m.video_codec, m.audio_codec, m.audio_note,
  m.gaps, m.damage, m.error_message,
  m.upload_url, m.upload_expires_at, m.created_by, m.created_at, m.updated_at,
  m.deleted_at,
  (SELECT u.name FROM media.users u WHERE u.id = m.created_by) AS created_by_name,
  ${PREPARATION} AS preparation,
  media.count_clips_of(m.lake_uri) AS clip_count`;

/** How the masters of a list are ordered, over `media.masters m`. */
const ORDERS: Record<ListMastersQuery['sort'], Prisma.Sql> = {
  '-created_at': Prisma.sql`m.created_at DESC, m.id DESC`,
  game: Prisma.sql`max(m.created_at) OVER (PARTITION BY m.team_code, m.season, m.game_id) DESC,
    m.team_code, m.season, m.game_id, m.period NULLS LAST, m.filename`,
};

/** One page of the masters in reach, newest first or by game, with the exact total, in one round trip. */
export async function selectMasterPage(
  reads: Reads,
  user: UserContext,
  query: ListMastersQuery,
): Promise<{ masters: MasterRow[]; total: number }> {
  const conditions = [Prisma.sql`(${placeSql(user, query.deleted === 'true' ? 'trash' : 'lake')})`];
  if (query.status) conditions.push(Prisma.sql`m.status = ANY(${query.status}::text[])`);
  for (const column of ['team_code', 'season', 'game_id'] as const) {
    const value = query[column];
    if (value !== undefined) conditions.push(Prisma.sql`m.${Prisma.raw(column)} = ${value}`);
  }
  const where = Prisma.sql`${PLANNED_EACH_TIME} ${Prisma.join(conditions, ' AND ')}`;
  const rows = await reads.$queryRaw<({ total: number } & (MasterRow | { id: null }))[]>`
    SELECT n.total, page.* FROM (SELECT count(*)::int AS total FROM media.masters m WHERE ${where}) n
    LEFT JOIN LATERAL (
      SELECT ${MASTER_COLUMNS}, o.place FROM (
        SELECT m.id, row_number() OVER () AS place FROM (
          SELECT m.id FROM media.masters m WHERE ${where}
          ORDER BY ${ORDERS[query.sort]} LIMIT ${query.limit} OFFSET ${query.offset}
        ) m
      ) o JOIN media.masters m ON m.id = o.id
    ) page ON TRUE ORDER BY page.place`;
  return {
    masters: rows.filter((row): row is { total: number } & MasterRow => row.id !== null),
    total: rows[0]?.total ?? 0,
  };
}

/** Waits for whoever makes a clip of a master, and holds its row; what is read after it counts their clips. */
export async function lockMaster(tx: DbOrTx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM media.masters m WHERE m.id = ${id}::uuid FOR UPDATE`;
}

/** How many clips of a master lie in the trash, whoever may see them. */
export async function countTrashedClips(tx: DbOrTx, lakeUri: string): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`SELECT media.count_trashed_clips_of(${lakeUri}) AS count`;
  return rows[0]?.count ?? 0;
}

/** One master in reach, or `null`. */
export async function selectMaster(
  reads: Reads,
  user: UserContext,
  id: string,
  place: MasterPlace = 'lake',
): Promise<MasterRow | null> {
  const rows = await reads.$queryRaw<MasterRow[]>`
    SELECT ${MASTER_COLUMNS} FROM media.masters m WHERE m.id = ${id}::uuid AND (${placeSql(user, place)})`;
  return rows[0] ?? null;
}

/** Whoever's it is: the key is taken, and only a sound answer to its own uploader may say more. */
export const findMasterByUri = (db: DbOrTx, lakeUri: string): Promise<MasterRecord | null> =>
  db.master.findUnique({ where: { lakeUri } });

/** The new master, or `null` when its place in the lake is taken. */
export async function insertMaster(db: DbOrTx, data: Prisma.MasterCreateManyInput): Promise<MasterRecord | null> {
  const [master] = await db.master.createManyAndReturn({ data: [data], skipDuplicates: true });
  return master ?? null;
}

/** Until the transaction ends nobody else announces a file of this team. */
export async function lockAnnouncements(tx: DbOrTx, teamCode: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`uploads ${teamCode}`}, 0))::text`;
}

/** A team's uploads whose sessions are open, and the bytes that were announced for them. */
export async function sumOpenUploads(
  tx: DbOrTx,
  teamCode: string,
  { now, except = null }: { now: Date; except?: string | null },
): Promise<OpenUploads> {
  const [sums] = await tx.$queryRaw<OpenUploads[]>`
    SELECT count(*)::int AS uploads, coalesce(sum(m.size_bytes), 0)::float8 AS bytes FROM media.masters m
    WHERE m.team_code = ${teamCode} AND m.status = 'uploading' AND m.upload_expires_at > ${now}::timestamptz
      AND m.id IS DISTINCT FROM ${except}::uuid`;
  return sums ?? { uploads: 0, bytes: 0 };
}

/** A new session for an upload that has not finished. */
export async function replaceUpload(db: DbOrTx, id: string, upload: { url: string; expiresAt: Date }): Promise<void> {
  await db.master.update({ where: { id }, data: { uploadUrl: upload.url, uploadExpiresAt: upload.expiresAt } });
}

/** Marks a checked upload as ready. True if it was still `uploading`: two completions, one wins. */
export async function markReady(
  db: DbOrTx,
  id: string,
  object: { crc32c: string; generation: string },
  facts: InspectedMaster,
): Promise<boolean> {
  const { video, audio } = facts;
  const { count } = await db.master.updateMany({
    where: { id, status: 'uploading' },
    data: {
      status: 'ready',
      crc32c: object.crc32c,
      generation: object.generation,
      durationS: facts.durationS,
      cutOffAtS: facts.cutOffAtS,
      width: video.width,
      height: video.height,
      frameRate: video.frameRate.num / video.frameRate.den,
      videoCodec: video.codec,
      audioCodec: audio?.codec ?? null,
      audioNote: facts.audioNote,
      gaps: facts.gaps.map(toTimeRangeJson),
      damage: facts.damage.map(toTimeRangeJson),
      uploadUrl: null,
      uploadExpiresAt: null,
      errorMessage: null,
    },
  });
  return count > 0;
}

/** Marks an upload that cannot be a master. True if it was still `uploading`. */
export async function markFailed(db: DbOrTx, id: string, message: string): Promise<boolean> {
  const { count } = await db.master.updateMany({
    where: { id, status: 'uploading' },
    data: { status: 'failed', errorMessage: message, uploadUrl: null, uploadExpiresAt: null },
  });
  return count > 0;
}

/** Puts a master into the trash, or takes it out (`null`). */
export async function moveMaster(tx: DbOrTx, id: string, trashed: { by: string; at: Date } | null): Promise<void> {
  await tx.master.update({ where: { id }, data: { deletedAt: trashed?.at ?? null, deletedBy: trashed?.by ?? null } });
}

export async function deleteMasterRow(tx: DbOrTx, id: string): Promise<void> {
  await tx.master.delete({ where: { id } });
}
