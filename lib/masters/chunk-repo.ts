import type { Database, DbOrTx } from '#lib/db/prisma-client.ts';
import { ratesOf } from '#lib/media/prepare/segment-rates.ts';
import type { ChunkWork, ClaimedChunk, PreparedSound } from '#lib/media/prepare-work.ts';
import { holdMaster, PLAYABLE_TO } from './prepared-objects-repo.ts';

/** Renditions that are none of the ladder's. */
const NOT_ENCODED = ['source', 'sound'];

/** A packet of sound may begin before the segment's picture does, and another end behind it. */
const SOUND_MARGIN_S = 2;

/** Half a frame of 250 a second: what begins this close to a part's edge is the edge's own. */
const JOINT_S = 0.002;

/** What has the sound of a master, with its segments around a range; `null` where nothing has. */
export async function soundOf(
  db: DbOrTx,
  masterId: string,
  { startS, endS }: { startS: number; endS: number },
): Promise<PreparedSound | null> {
  const rows = await db.preparedRendition.findMany({
    where: { masterId, name: { in: NOT_ENCODED }, codecs: { contains: 'mp4a' } },
    include: {
      segments: {
        where: { startS: { lt: endS + SOUND_MARGIN_S } },
        orderBy: { number: 'asc' },
      },
    },
  });
  const [row] = rows;
  if (!row) return null;
  const { name, initGeneration, initSizeBytes, initCrc32c } = row;
  const segments = row.segments.filter((one) => one.startS + one.durationS > startS - SOUND_MARGIN_S);
  return { name, init: { generation: initGeneration, sizeBytes: initSizeBytes, crc32c: initCrc32c }, segments };
}

type ClaimedRow = Omit<ClaimedChunk, 'claimToken' | 'rungs' | 'sound' | 'keysS'>;

/** Where the segments of `source` begin within a part. */
async function keysOf(tx: DbOrTx, { masterId, kind, startS, endS }: ClaimedRow): Promise<number[] | null> {
  if (kind !== 'source') return null;
  const segments = await tx.preparedSegment.findMany({
    where: { rendition: { masterId, name: 'source' }, startS: { gt: startS + JOINT_S, lt: endS - JOINT_S } },
    select: { startS: true },
    orderBy: { startS: 'asc' },
  });
  return segments.map((segment) => segment.startS);
}

const claimRow = (tx: DbOrTx, masterId: string, number: number, claimToken: string): Promise<ClaimedRow[]> =>
  tx.$queryRaw`
    UPDATE media.preparation_chunks c SET claim_token = ${claimToken}::uuid
    FROM media.master_preparations p JOIN media.masters m ON m.id = p.master_id
    WHERE c.master_id = ${masterId}::uuid AND c.number = ${number} AND NOT c.is_done AND p.master_id = c.master_id
      AND p.status = 'running' AND m.deleted_at IS NULL
    RETURNING c.master_id::text AS "masterId", m.team_code AS "teamCode", m.season, m.game_id AS "gameId",
      m.lake_uri AS "lakeUri", m.generation, m.duration_s AS "durationS", p.kind, c.number, c.start_s AS "startS",
      c.end_s AS "endS", c.number = (
        SELECT max(o.number) FROM media.preparation_chunks o WHERE o.master_id = c.master_id) AS "isLast"`;

/** Says of every rung how far it reaches: to the first part that is not done, or to the end. */
async function settleLadder(tx: DbOrTx, masterId: string): Promise<void> {
  const rungs = await tx.preparedRendition.findMany({
    where: { masterId, name: { notIn: NOT_ENCODED } },
    include: { segments: { select: { durationS: true, sizeBytes: true }, orderBy: { number: 'asc' } } },
  });
  for (const { id, segments } of rungs) {
    await tx.preparedRendition.update({ where: { id }, data: ratesOf(segments) });
  }
  await tx.$executeRaw`
    UPDATE media.prepared_renditions r SET to_s = done.to_s, complete = done.is_all
    FROM (
      SELECT coalesce(min(c.start_s) FILTER (WHERE NOT c.is_done), max(c.end_s)) AS to_s, bool_and(c.is_done) AS is_all
      FROM media.preparation_chunks c WHERE c.master_id = ${masterId}::uuid
    ) done
    WHERE r.master_id = ${masterId}::uuid AND r.name <> ALL (${NOT_ENCODED}::text[])`;
  await tx.$executeRaw`
    UPDATE media.master_preparations p SET playable_to_s = ${PLAYABLE_TO(masterId)},
      status = CASE WHEN p.status = 'running' AND NOT EXISTS (
        SELECT FROM media.preparation_chunks c WHERE c.master_id = p.master_id AND NOT c.is_done) THEN 'ready'
        ELSE p.status END
    WHERE p.master_id = ${masterId}::uuid`;
}

/** The worker's side of the parts of ladders: every change asks for the claim. */
export const createChunkWork = (db: Database): ChunkWork => ({
  claim: (masterId, number, claimToken) =>
    db.$transaction(async (tx) => {
      const [row] = await claimRow(tx, masterId, number, claimToken);
      if (!row) return null;
      const rungs = await tx.preparedRendition.findMany({ where: { masterId, name: { notIn: NOT_ENCODED } } });
      return {
        ...{ ...row, claimToken, sound: await soundOf(tx, masterId, row), keysS: await keysOf(tx, row) },
        rungs: rungs.map(({ id, name, initGeneration, initSizeBytes, initCrc32c }) => ({
          ...{ id, name, init: { generation: initGeneration, sizeBytes: initSizeBytes, crc32c: initCrc32c } },
        })),
      };
    }),
  holdsClaim: async ({ masterId, number, claimToken }) =>
    (await db.preparationChunk.count({ where: { masterId, number, claimToken } })) > 0,
  publish: ({ masterId, number, claimToken }, { segments, sheet }) =>
    db.$transaction(async (tx) => {
      await holdMaster(tx, masterId);
      // Parts that end at the same moment say one after the other how far the ladder reaches.
      await tx.$queryRaw`SELECT FROM media.master_preparations p WHERE p.master_id = ${masterId}::uuid FOR UPDATE`;
      const { count } = await tx.preparationChunk.updateMany({
        where: { masterId, number, claimToken, isDone: false },
        data: { isDone: true, claimToken: null },
      });
      if (count === 0) return false;
      for (const [renditionId, made] of segments) {
        await tx.preparedSegment.createMany({ data: made.map((segment) => ({ ...segment, renditionId })) });
      }
      if (sheet) await tx.preparedSheet.create({ data: { ...sheet, masterId, number } });
      await settleLadder(tx, masterId);
      return true;
    }),
  fail: async ({ masterId, number, claimToken }, message) => {
    await db.$executeRaw`
      UPDATE media.master_preparations p SET status = 'failed', error_message = ${message}
      WHERE p.master_id = ${masterId}::uuid AND p.status = 'running' AND EXISTS (
        SELECT FROM media.preparation_chunks c WHERE c.master_id = p.master_id AND c.number = ${number}
          AND c.claim_token = ${claimToken}::uuid)`;
  },
});
