import { type Database, type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { JobQueue } from '#lib/jobs/job-queue.ts';
import type {
  ClaimedMaster,
  KnownRendition,
  PreparedSegment,
  PreparedShape,
  PrepareWork,
  RenditionGrowth,
  WrittenObject,
} from '#lib/media/prepare-work.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import { soundOf } from './chunk-repo.ts';
import { enqueueRemoval, holdMaster, PLAYABLE_TO } from './prepared-objects-repo.ts';

interface PrepareRepoDeps {
  db: Database;
  buckets: Buckets;
  queue: Pick<JobQueue, 'enqueueRemoveObjects' | 'enqueuePrepareChunks'>;
}

type ClaimedRow = Omit<ClaimedMaster, 'claimToken' | 'renditions'>;

const claimRow = (tx: DbOrTx, masterId: string, claimToken: string): Promise<ClaimedRow[]> => tx.$queryRaw`
  UPDATE media.master_preparations p SET claim_token = ${claimToken}::uuid, status = 'running', error_message = NULL
  FROM media.masters m
  WHERE p.master_id = ${masterId}::uuid AND m.id = p.master_id AND m.status = 'ready' AND m.deleted_at IS NULL
    AND p.status IN ('pending', 'running')
    AND NOT EXISTS (SELECT FROM media.preparation_chunks c WHERE c.master_id = p.master_id)
  RETURNING p.master_id::text AS "masterId", m.team_code AS "teamCode", m.season, m.game_id AS "gameId",
    m.lake_uri AS "lakeUri", m.generation, m.duration_s AS "durationS", p.kind`;

async function knownRenditions(tx: DbOrTx, masterId: string): Promise<KnownRendition[]> {
  const rows = await tx.preparedRendition.findMany({
    where: { masterId },
    include: { segments: { orderBy: { number: 'asc' } } },
  });
  return rows.map(({ initGeneration, initSizeBytes, initCrc32c, complete, ...row }) => ({
    ...row,
    init: { generation: initGeneration, sizeBytes: initSizeBytes, crc32c: initCrc32c },
    isComplete: complete,
  }));
}

/** The row of a new rendition. */
export const renditionData = (masterId: string, shape: PreparedShape, init: WrittenObject) => ({
  ...{ masterId, ...shape },
  ...{ initGeneration: init.generation, initSizeBytes: init.sizeBytes, initCrc32c: init.crc32c },
});

/** Adds rows of segments, and says what the rendition is by them. */
export async function growRendition(tx: DbOrTx, id: number, growth: RenditionGrowth): Promise<void> {
  const { segments, isComplete, ...facts } = growth;
  await insertSegments(tx, id, segments);
  await tx.preparedRendition.update({ where: { id }, data: { ...facts, complete: isComplete } });
}

/** Adds rows of segments. */
export const insertSegments = (tx: DbOrTx, renditionId: number, segments: readonly PreparedSegment[]) =>
  tx.preparedSegment.createMany({
    data: segments.map(({ number, startS, durationS, firstS, decodedS, sizeBytes, generation, crc32c }) => ({
      ...{ renditionId, number, startS, durationS, firstS, decodedS, sizeBytes, generation, crc32c },
    })),
  });

/** The worker's side of what is prepared: every change asks for the claim, so a worker that lost it changes nothing. */
export function createPrepareWork({ db, buckets, queue }: PrepareRepoDeps): PrepareWork {
  /** Changes the preparation if it is the worker's still, and what hangs on it in the same transaction. */
  const change = <T>(
    { masterId, claimToken }: ClaimedMaster,
    set: Prisma.Sql,
    also: (tx: DbOrTx) => Promise<T>,
    after?: Prisma.Sql,
  ): Promise<T | null> =>
    db.$transaction(async (tx) => {
      await holdMaster(tx, masterId);
      const mine = Prisma.sql`master_id = ${masterId}::uuid AND claim_token = ${claimToken}::uuid`;
      const count = await tx.$executeRaw`UPDATE media.master_preparations SET ${set} WHERE ${mine}`;
      if (count === 0) return null;
      const result = await also(tx);
      if (after) await tx.$executeRaw`UPDATE media.master_preparations SET ${after} WHERE ${mine}`;
      return result;
    });
  const held = Prisma.sql`claim_token = claim_token`;
  const playable = ({ masterId }: ClaimedMaster) => Prisma.sql`playable_to_s = ${PLAYABLE_TO(masterId)}`;
  const leave = async (master: ClaimedMaster, set: Prisma.Sql) => {
    await change(master, Prisma.sql`claim_token = NULL, ${set}`, async () => true);
  };

  return {
    claim: (masterId, claimToken) =>
      db.$transaction(async (tx) => {
        const [row] = await claimRow(tx, masterId, claimToken);
        return row ? { ...row, claimToken, renditions: await knownRenditions(tx, masterId) } : null;
      }),
    holdsClaim: async ({ masterId, claimToken }) =>
      (await db.masterPreparation.count({ where: { masterId, claimToken } })) > 0,
    decide: async (master, kind) => (await change(master, Prisma.sql`kind = ${kind}`, async () => true)) ?? false,
    addRendition: (master, shape, init) =>
      change(master, held, async (tx) => {
        const row = await tx.preparedRendition.create({ data: renditionData(master.masterId, shape, init) });
        return row.id;
      }),
    addSegments: async (master, id, growth) =>
      (await change(
        master,
        held,
        async (tx) => {
          await growRendition(tx, id, growth);
          return true;
        },
        playable(master),
      )) ?? false,
    dropRendition: async (master, name) =>
      (await change(
        master,
        held,
        async (tx) => {
          await enqueueRemoval(tx, { buckets, queue }, { masterId: master.masterId, rendition: name });
          await tx.preparedRendition.deleteMany({ where: { masterId: master.masterId, name } });
          return true;
        },
        playable(master),
      )) ?? false,
    firstSound: ({ masterId }) => soundOf(db, masterId, { startS: 0, endS: 1 }),
    planLadder: async (master, chunks) => {
      const { masterId } = master;
      const planned = await change(master, Prisma.sql`claim_token = NULL`, async (tx) => {
        await tx.preparationChunk.createMany({ data: chunks.map((chunk) => ({ ...chunk, masterId })) });
        const payloads = chunks.map(({ number }) => ({ masterId, number }));
        await queue.enqueuePrepareChunks(tx, payloads, { isAwaited: master.kind === 'ladder' });
        return true;
      });
      return planned ?? false;
    },
    fail: (master, message) => leave(master, Prisma.sql`status = 'failed', error_message = ${message}`),
    release: (master) => leave(master, Prisma.sql`status = 'pending'`),
    failAbandoned: async (masterId, message) => {
      await db.masterPreparation.updateMany({
        where: { masterId, status: { in: ['pending', 'running'] } },
        data: { status: 'failed', errorMessage: message, claimToken: null },
      });
    },
  };
}
