import { isDeepStrictEqual } from 'node:util';
import { REACH_OF_ALL } from '#lib/auth/within-reach.ts';
import { type Database, Prisma } from '#lib/db/prisma-client.ts';
import type { ClaimedClip, ClipWork, DeadAttempt, PosterlessClip, PublishedAsset } from '#lib/media/clip-work.ts';
import { selectSliceRenditions } from './slice-repo.ts';
import { storedSlice } from './stored-slice.ts';
import { type TimeRangeJson, toTimeRange, toTimeRangeJson } from './time-range-json.ts';

const CLAIMED = Prisma.sql`id, clip_id AS "clipId", team_code AS "teamCode", season, game_id AS "gameId",
  source_gcs_uri AS "sourceGcsUri",
  (SELECT m.generation FROM media.masters m WHERE m.lake_uri = source_gcs_uri) AS "sourceGeneration",
  start_timecode_s AS "startS", end_timecode_s AS "endS"`;

/** A clip that is still to be cut. */
const IS_UNCUT = Prisma.sql`coalesce(processing_status, 'pending') IN ('pending', 'processing') AND deleted_at IS NULL`;

const HAS_NOTHING = Prisma.sql`NOT EXISTS (SELECT FROM media.clip_assets a WHERE a.clip_id = c.id)`;

const toAssetData = (clipId: number, asset: PublishedAsset): Prisma.ClipAssetCreateManyInput => ({
  clipId,
  assetType: asset.assetType,
  gcsUri: asset.gcsUri,
  fileSizeBytes: BigInt(asset.sizeBytes),
  durationS: asset.durationS,
  width: asset.width,
  height: asset.height,
  codec: asset.codec,
  bitrateKbps: asset.bitrateKbps,
  generation: asset.generation,
  crc32c: asset.crc32c,
  deliveryIndex: asset.index ? (asset.index as unknown as Prisma.InputJsonObject) : Prisma.DbNull,
});

/** Of one look; the next finds the rest. */
const DEAD_AT_ONCE = 100;

/** A job expires after an hour: no worker goes on with an attempt beyond it. */
const LONGEST_ATTEMPT = Prisma.sql`interval '1 hour'`;

/** The worker's side of `media.clips`: every change asks for the claim, so a worker that lost it changes nothing. */
export const createClipWork = (db: Database): ClipWork => ({
  claim: (clipId, claimToken) =>
    db.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<Omit<ClaimedClip, 'claimToken' | 'slice'>[]>`
        UPDATE media.clips SET processing_status = 'processing', claim_token = ${claimToken}::uuid, progress = 0,
          error_message = NULL
        WHERE clip_id = ${clipId} AND ${IS_UNCUT} RETURNING ${CLAIMED}`;
      if (!row) return null;
      await tx.$queryRaw(REACH_OF_ALL);
      const slice = storedSlice(await selectSliceRenditions(tx, clipId), row.startS);
      return { ...row, claimToken, slice };
    }),

  async holdsClaim(clip) {
    return (await db.clip.count({ where: { id: clip.id, claimToken: clip.claimToken } })) > 0;
  },

  async announceWrites(clip, prefix) {
    const count = await db.$executeRaw`
      INSERT INTO media.clip_writes (claim_token, clip_id, prefix)
      SELECT claim_token, clip_id, ${prefix} FROM media.clips
      WHERE id = ${clip.id} AND claim_token = ${clip.claimToken}::uuid`;
    return count > 0;
  },

  async forgetWrites(clip) {
    await db.clipWrite.deleteMany({ where: { claimToken: clip.claimToken } });
  },

  async reportProgress(clip, percent) {
    const { count } = await db.clip.updateMany({
      where: { id: clip.id, claimToken: clip.claimToken },
      data: { progress: percent },
    });
    return count > 0;
  },

  publish: (clip, result) =>
    db.$transaction(async (tx) => {
      const { count } = await tx.clip.updateMany({
        where: { id: clip.id, claimToken: clip.claimToken, processingStatus: 'processing' },
        data: {
          processingStatus: 'ready',
          progress: 100,
          claimToken: null,
          errorMessage: null,
          frameRate: result.frameRate,
          audioNote: result.audioNote,
          processingTimeS: result.processingTimeS,
        },
      });
      if (count === 0) return false;
      await tx.clipAsset.deleteMany({ where: { clipId: clip.id } });
      await tx.clipAsset.createMany({ data: result.assets.map((asset) => toAssetData(clip.id, asset)) });
      await tx.clipWrite.deleteMany({ where: { claimToken: clip.claimToken } });
      return true;
    }),

  async fail(clip, message) {
    await db.clip.updateMany({
      where: { id: clip.id, claimToken: clip.claimToken },
      data: { processingStatus: 'failed', errorMessage: message, claimToken: null },
    });
  },

  async changeFlaws({ sourceGcsUri, sourceGeneration }, change) {
    if (sourceGcsUri === null || sourceGeneration === null) return;
    await db.$transaction(async (tx) => {
      const [known] = await tx.$queryRaw<{ id: string; gaps: TimeRangeJson[]; damage: TimeRangeJson[] }[]>`
        SELECT m.id, m.gaps, m.damage FROM media.masters m
        WHERE m.lake_uri = ${sourceGcsUri} AND m.generation = ${sourceGeneration} FOR NO KEY UPDATE`;
      if (!known) return;
      const changed = change({ gaps: known.gaps.map(toTimeRange), damage: known.damage.map(toTimeRange) });
      const gaps = changed.gaps.map(toTimeRangeJson);
      const damage = changed.damage.map(toTimeRangeJson);
      // Many clips meet the same.
      if (isDeepStrictEqual({ gaps, damage }, { gaps: known.gaps, damage: known.damage })) return;
      await tx.master.update({ where: { id: known.id }, data: { gaps, damage } });
    });
  },

  async selectPosterless(clipId) {
    const rows = await db.$queryRaw<PosterlessClip[]>`
      SELECT ${CLAIMED}, (
        SELECT max(s.start_s) FROM media.masters m
        JOIN media.prepared_renditions r ON r.master_id = m.id AND r.name = 'source'
        JOIN media.prepared_segments s ON s.rendition_id = r.id
          AND s.start_s BETWEEN c.start_timecode_s AND (c.start_timecode_s + c.end_timecode_s) / 2
        WHERE m.lake_uri = c.source_gcs_uri
      ) AS "keyS"
      FROM media.clips c WHERE clip_id = ${clipId} AND ${IS_UNCUT} AND ${HAS_NOTHING}`;
    return rows[0] ?? null;
  },

  registerPoster: (clip, poster) =>
    db.$transaction(async (tx) => {
      const [bare] = await tx.$queryRaw<unknown[]>`
        SELECT FROM media.clips c WHERE id = ${clip.id} AND ${IS_UNCUT} AND ${HAS_NOTHING} FOR NO KEY UPDATE`;
      if (!bare) return false;
      await tx.clipAsset.create({ data: toAssetData(clip.id, poster) });
      await tx.$executeRaw`SELECT media.put_clip_event('clip.updated', c) FROM media.clips c WHERE c.id = ${clip.id}`;
      return true;
    }),

  async release(clip) {
    await db.clip.updateMany({
      where: { id: clip.id, claimToken: clip.claimToken },
      data: { processingStatus: 'pending', progress: 0, claimToken: null },
    });
  },

  async failAbandoned(clipId, message) {
    await db.clip.updateMany({
      where: {
        clipId,
        deletedAt: null,
        OR: [{ processingStatus: { in: ['pending', 'processing'] } }, { processingStatus: null }],
      },
      data: { processingStatus: 'failed', errorMessage: message, claimToken: null },
    });
  },

  listDeadAttempts: () =>
    db.$queryRaw<DeadAttempt[]>`
      SELECT w.claim_token AS "claimToken", w.clip_id AS "clipId", w.prefix FROM media.clip_writes w
      LEFT JOIN media.clips c ON c.clip_id = w.clip_id
      WHERE c.claim_token IS DISTINCT FROM w.claim_token ORDER BY w.begun_at LIMIT ${DEAD_AT_ONCE}`,

  async selectRegistered(clipId) {
    const clip = await db.clip.findUnique({
      where: { clipId },
      select: { claimToken: true, assets: { select: { gcsUri: true, generation: true } } },
    });
    if (clip?.claimToken) return null;
    return new Map(clip?.assets.map(({ gcsUri, generation }) => [gcsUri, generation]));
  },

  async forgetDeadAttempt(claimToken) {
    await db.$executeRaw`
      DELETE FROM media.clip_writes
      WHERE claim_token = ${claimToken}::uuid AND begun_at < now() - ${LONGEST_ATTEMPT}`;
  },
});
