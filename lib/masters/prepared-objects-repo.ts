import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { JobQueue } from '#lib/jobs/job-queue.ts';
import { MAX_REMOVED_OBJECTS } from '#lib/jobs/queues.ts';
import { type Buckets, toGsUri } from '#lib/storage/port/object-keys.ts';
import { preparedRef } from '#lib/storage/port/prepared-keys.ts';

interface RegisteredObject {
  /** Of its rendition, or of the sheets. */
  folder: string;
  fileName: string;
  generation: string;
  teamCode: string;
  season: string;
  gameId: string;
}

/** Every object that is registered of a prepared master, or in one of its folders. */
const selectRegistered = (reads: Reads, masterId: string, folder: string | null): Promise<RegisteredObject[]> =>
  reads.$queryRaw`
    SELECT o.folder, o.file_name AS "fileName", o.generation, m.team_code AS "teamCode", m.season, m.game_id AS "gameId"
    FROM media.prepared_objects() o JOIN media.masters m ON m.id = o.master_id
    WHERE o.master_id = ${masterId}::uuid AND (${folder}::text IS NULL OR o.folder = ${folder})`;

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
    const ref = preparedRef(buckets, { ...object, masterId }, object);
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
