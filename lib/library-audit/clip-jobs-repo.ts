import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { IS_CUT } from '#lib/jobs/cut-line.ts';
import { PUBLISH_CLIP_ABANDONED, QUEUE_SCHEMA, REMOVE_OBJECTS } from '#lib/jobs/queues.ts';

const JOBS = Prisma.raw(`${QUEUE_SCHEMA}.job`);
/** States of pg-boss in which a job is still to be done, or being done. */
const OPEN = Prisma.sql`j.state IN ('created', 'retry', 'active')`;

/**
 * Whether the portal had a hand in a clip `c`: a worker of its own holds it, or the audit log tells of its making.
 * HeartBeat's service may run on the same rows and cuts what it created (docs/adopting.md).
 */
const IS_OURS = Prisma.sql`(c.claim_token IS NOT NULL OR EXISTS (
  SELECT FROM media.audit_log l WHERE l.target_type = 'clip' AND l.target_id = c.clip_id
    AND l.action IN ('clip.create', 'clip.retry', 'clip.restore')))`;

const IS_UNCUT = Prisma.sql`coalesce(c.processing_status, 'pending') IN ('pending', 'processing')
  AND c.deleted_at IS NULL`;

const HAS_NO_JOB = Prisma.sql`NOT EXISTS (
  SELECT FROM ${JOBS} j WHERE (${IS_CUT} OR j.name = ${PUBLISH_CLIP_ABANDONED}) AND ${OPEN}
    AND j.data->>'clipId' = c.clip_id)`;

/** Clips that are to be cut and that no job will cut, by id from `after` on; one statement sees clips and jobs alike. */
export const selectClipsWithoutJob = (
  db: DbOrTx,
  page: { after: number; limit: number },
): Promise<{ id: number; clipId: string; isOurs: boolean }[]> => db.$queryRaw`
  SELECT c.id, c.clip_id AS "clipId", ${IS_OURS} AS "isOurs" FROM media.clips c
  WHERE c.id > ${page.after} AND ${IS_UNCUT} AND ${HAS_NO_JOB} ORDER BY c.id LIMIT ${page.limit}`;

/** Puts a clip back in line if it is to be cut still, of the portal's making and without a job. Holds its row. */
export async function releaseClipWithoutJob(tx: DbOrTx, id: number): Promise<string | null> {
  await tx.$queryRaw`SELECT FROM media.clips c WHERE c.id = ${id} FOR UPDATE`;
  const rows = await tx.$queryRaw<{ clipId: string }[]>`
    UPDATE media.clips c SET processing_status = 'pending', progress = 0, claim_token = NULL
    WHERE c.id = ${id} AND ${IS_UNCUT} AND ${IS_OURS} AND ${HAS_NO_JOB} RETURNING c.clip_id AS "clipId"`;
  return rows[0]?.clipId ?? null;
}

/** Ready clips that name no object, by id from `after` on. */
export const selectClipsWithoutAssets = (
  db: DbOrTx,
  page: { after: number; limit: number },
): Promise<{ id: number; clipId: string }[]> => db.$queryRaw`
  SELECT c.id, c.clip_id AS "clipId" FROM media.clips c
  WHERE c.id > ${page.after} AND c.processing_status = 'ready'
    AND NOT EXISTS (SELECT FROM media.clip_assets a WHERE a.clip_id = c.id)
  ORDER BY c.id LIMIT ${page.limit}`;

export async function countClips(db: DbOrTx): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM media.clips`;
  return rows[0]?.count ?? 0;
}

/** An object in the media bucket, and the clip whose folder it lies in. */
export interface Suspect {
  uri: string;
  clipId: string;
}

/**
 * Which of some objects nothing owns, and which belong to a clip that the portal did not cut. Owned is what an asset
 * names, what a job is about to remove, and everything of a clip that is being cut.
 */
export async function judgeSuspects(
  db: DbOrTx,
  suspects: readonly Suspect[],
): Promise<Map<string, 'ownerless' | 'foreign'>> {
  const rows = await db.$queryRaw<{ uri: string; isForeign: boolean }[]>`
    SELECT g.uri, coalesce(clip.is_foreign, FALSE) AS "isForeign"
    FROM jsonb_to_recordset(${JSON.stringify(suspects)}::jsonb) AS g(uri text, "clipId" text)
    LEFT JOIN LATERAL (
      SELECT ${IS_UNCUT} AS is_uncut, NOT ${IS_OURS} AND NOT EXISTS (
        SELECT FROM media.clip_assets a WHERE a.clip_id = c.id AND a.generation IS NOT NULL) AS is_foreign
      FROM media.clips c WHERE c.clip_id = g."clipId"
    ) clip ON TRUE
    WHERE clip.is_uncut IS NOT TRUE
      AND NOT EXISTS (SELECT FROM media.clip_assets a WHERE a.gcs_uri COLLATE "C" = g.uri)
      AND NOT EXISTS (
        SELECT FROM ${JOBS} j WHERE j.name = ${REMOVE_OBJECTS} AND ${OPEN}
          AND j.data->'objects' @> jsonb_build_array(jsonb_build_object('gcsUri', g.uri)))`;
  return new Map(rows.map(({ uri, isForeign }) => [uri, isForeign ? 'foreign' : 'ownerless']));
}
