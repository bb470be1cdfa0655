import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { JobQueue } from '#lib/jobs/job-queue.ts';
import { MAX_REMOVED_OBJECTS } from '#lib/jobs/queues.ts';
import { type Buckets, toGsUri } from '#lib/storage/port/object-keys.ts';
import { PREPARED_INIT, preparedRef, segmentName } from '#lib/storage/port/prepared-keys.ts';

interface RegisteredObject {
  rendition: string;
  /** `null` for the header of the rendition. */
  number: number | null;
  generation: string;
  teamCode: string;
  season: string;
  gameId: string;
}

/** Every object that is registered of a prepared master, or of one of its renditions. */
const selectRegistered = (reads: Reads, masterId: string, rendition: string | null): Promise<RegisteredObject[]> =>
  reads.$queryRaw`
    SELECT r.name AS rendition, o.number, o.generation, m.team_code AS "teamCode", m.season, m.game_id AS "gameId"
    FROM media.prepared_renditions r JOIN media.masters m ON m.id = r.master_id
    CROSS JOIN LATERAL (
      SELECT NULL::int AS number, r.init_generation AS generation
      UNION ALL SELECT s.number, s.generation FROM media.prepared_segments s WHERE s.rendition_id = r.id
    ) o
    WHERE r.master_id = ${masterId}::uuid AND (${rendition}::text IS NULL OR r.name = ${rendition})`;

interface RemovalDeps {
  buckets: Buckets;
  queue: Pick<JobQueue, 'enqueueRemoveObjects'>;
}

/** Puts the removal of what is registered of a prepared master in line: exactly those generations. */
export async function enqueueRemoval(
  tx: DbOrTx,
  { buckets, queue }: RemovalDeps,
  { masterId, rendition = null }: { masterId: string; rendition?: string | null },
): Promise<void> {
  const objects = (await selectRegistered(tx, masterId, rendition)).map((object) => {
    const fileName = object.number === null ? PREPARED_INIT : segmentName(object.number);
    const ref = preparedRef(buckets, { ...object, masterId }, { rendition: object.rendition, fileName });
    return { gcsUri: toGsUri(ref), generation: object.generation };
  });
  for (let first = 0; first < objects.length; first += MAX_REMOVED_OBJECTS) {
    await queue.enqueueRemoveObjects(tx, { objects: objects.slice(first, first + MAX_REMOVED_OBJECTS) });
  }
}

/**
 * Holds a master in place while rows of its preparation are written: whoever deletes it, and what was prepared of it, waits
 * for them, and they for that one.
 */
export const holdMaster = (tx: DbOrTx, masterId: string): Promise<unknown> =>
  tx.$queryRaw`SELECT FROM media.masters m WHERE m.id = ${masterId}::uuid FOR KEY SHARE`;

/** How far it can be played by what there is of it: sound alone does not count. */
export const PLAYABLE_TO = (masterId: string): Prisma.Sql => Prisma.sql`
  (SELECT coalesce(max(r.to_s), 0) FROM media.prepared_renditions r
  WHERE r.master_id = ${masterId}::uuid AND r.width IS NOT NULL)`;
