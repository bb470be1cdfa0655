import { type Database, Prisma } from '#lib/db/prisma-client.ts';
import type { ClaimedClip, ClipWork, PublishedAsset } from '#lib/media/clip-work.ts';

type ClaimedRow = Omit<ClaimedClip, 'claimToken'>;

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

/** The worker's side of `media.clips`: every change asks for the claim, so a worker that lost it changes nothing. */
export const createClipWork = (db: Database): ClipWork => ({
  async claim(clipId, claimToken) {
    const rows = await db.$queryRaw<ClaimedRow[]>`
      UPDATE media.clips SET processing_status = 'processing', claim_token = ${claimToken}::uuid, progress = 0,
        error_message = NULL
      WHERE clip_id = ${clipId} AND coalesce(processing_status, 'pending') IN ('pending', 'processing')
        AND deleted_at IS NULL
      RETURNING id, clip_id AS "clipId", team_code AS "teamCode", season, game_id AS "gameId",
        source_gcs_uri AS "sourceGcsUri",
        (SELECT m.generation FROM media.masters m WHERE m.lake_uri = source_gcs_uri) AS "sourceGeneration",
        start_timecode_s AS "startS", end_timecode_s AS "endS"`;
    return rows[0] ? { ...rows[0], claimToken } : null;
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
          processingTimeS: result.processingTimeS,
        },
      });
      if (count === 0) return false;
      await tx.clipAsset.deleteMany({ where: { clipId: clip.id } });
      await tx.clipAsset.createMany({ data: result.assets.map((asset) => toAssetData(clip.id, asset)) });
      return true;
    }),

  async fail(clip, message) {
    await db.clip.updateMany({
      where: { id: clip.id, claimToken: clip.claimToken },
      data: { processingStatus: 'failed', errorMessage: message, claimToken: null },
    });
  },

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
});
