import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { QUEUE_SCHEMA, REMOVE_OBJECTS } from '#lib/jobs/queues.ts';
import { PREPARED_INIT, preparedOfKey, STORYBOARD } from '#lib/storage/port/prepared-keys.ts';
import type { Registered } from './compare-object.ts';

/** One object of a prepared master as it is registered. */
export interface PreparedRow extends Registered {
  /** Its key. */
  id: string;
  uri: string;
  key: string;
  masterId: string;
  isReady: true;
}

const PREFIX = Prisma.sql`m.team_code || '/' || m.season || '/' || m.game_id || '/master.' || m.id || '/'`;
const KEY = Prisma.sql`${PREFIX} || o.folder || '/' || o.file_name`;

/** @param more a condition about masters `m` and their objects `o`. */
const selectObjects = (db: DbOrTx, bucket: string, more: Prisma.Sql): Promise<PreparedRow[]> => db.$queryRaw`
  SELECT ${KEY} AS id, ${KEY} AS key, 'gs://' || ${bucket}::text || '/' || ${KEY} AS uri, m.id::text AS "masterId",
    true AS "isReady", o.size_bytes::float8 AS "sizeBytes", o.generation, o.crc32c
  FROM media.prepared_objects() o JOIN media.masters m ON m.id = o.master_id
  WHERE ${more} ORDER BY (${KEY}) COLLATE "C"`;

const PAGE = 500;

/** Every registered object of prepared masters in the order of the keys' bytes, a master at a time. */
export async function* selectPreparedOf(db: DbOrTx, bucket: string): AsyncGenerator<PreparedRow> {
  for (let after = ''; ; ) {
    const masters = await db.$queryRaw<{ id: string; prefix: string }[]>`
      SELECT m.id::text AS id, ${PREFIX} AS prefix
      FROM media.master_preparations p JOIN media.masters m ON m.id = p.master_id
      WHERE (${PREFIX}) COLLATE "C" > ${after} ORDER BY (${PREFIX}) COLLATE "C" LIMIT ${PAGE}`;
    for (const { id } of masters) yield* await selectObjects(db, bucket, Prisma.sql`o.master_id = ${id}::uuid`);
    const last = masters.at(-1);
    if (!last || masters.length < PAGE) return;
    after = last.prefix;
  }
}

/** The same rows once more, as they are now; one that is gone is not among them. */
export const selectPreparedById = (db: DbOrTx, bucket: string, ids: readonly string[]): Promise<PreparedRow[]> => {
  const masters = [...new Set(ids.flatMap((key) => preparedOfKey(key)?.masterId ?? []))];
  return selectObjects(
    db,
    bucket,
    Prisma.sql`o.master_id = ANY(${masters}::uuid[]) AND ${KEY} = ANY(${[...ids]}::text[])`,
  );
};

/** Registers the same bytes under the generation that they have now; false when the row is another by now. */
export async function registerPreparedGeneration(db: DbOrTx, row: PreparedRow, generation: string): Promise<boolean> {
  const { crc32c, generation: before } = row;
  const place = preparedOfKey(row.key);
  if (before === null || crc32c === null || !place) return false;
  const { masterId, folder: name, fileName } = place;
  const number = Number.parseInt(fileName, 10);
  const data = { generation };
  const same = { number, generation: before, crc32c };
  if (name === STORYBOARD) {
    return (await db.preparedSheet.updateMany({ where: { masterId, ...same }, data })).count > 0;
  }
  if (fileName !== PREPARED_INIT) {
    const where = { rendition: { masterId, name }, ...same };
    return (await db.preparedSegment.updateMany({ where, data })).count > 0;
  }
  const where = { masterId, name, initGeneration: before, initCrc32c: crc32c };
  return (await db.preparedRendition.updateMany({ where, data: { initGeneration: generation } })).count > 0;
}

/** An object in the media bucket, and the prepared master whose folder it lies in. */
export interface PreparedSuspect {
  uri: string;
  masterId: string;
  folder: string;
  fileName: string;
}

/**
 * Which of some objects nothing owns. Owned is what a row names, what a job is about to remove, and everything of a master
 * that is being prepared.
 */
export async function judgePrepared(db: DbOrTx, suspects: readonly PreparedSuspect[]): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ uri: string }[]>`
    SELECT g.uri FROM jsonb_to_recordset(${JSON.stringify(suspects)}::jsonb)
      AS g(uri text, "masterId" uuid, folder text, "fileName" text)
    LEFT JOIN media.master_preparations p ON p.master_id = g."masterId"
    WHERE (p.status IS NULL OR p.status IN ('ready', 'failed'))
      AND NOT EXISTS (
        SELECT FROM media.prepared_objects() o
        WHERE o.master_id = g."masterId" AND o.folder = g.folder AND o.file_name = g."fileName")
      AND NOT EXISTS (
        SELECT FROM ${Prisma.raw(`${QUEUE_SCHEMA}.job`)} j
        WHERE j.name = ${REMOVE_OBJECTS} AND j.state IN ('created', 'retry', 'active')
          AND j.data->'objects' @> jsonb_build_array(jsonb_build_object('gcsUri', g.uri)))`;
  return new Set(rows.map(({ uri }) => uri));
}
