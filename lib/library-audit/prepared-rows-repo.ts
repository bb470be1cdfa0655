import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { QUEUE_SCHEMA, REMOVE_OBJECTS } from '#lib/jobs/queues.ts';
import type { Registered } from './compare-object.ts';

/** One object of a prepared master as it is registered. */
export interface PreparedRow extends Registered {
  /** Of the rendition, and the number of the segment; the header has none. */
  id: string;
  uri: string;
  key: string;
  masterId: string;
  isReady: true;
}

interface RenditionRow {
  id: number;
  masterId: string;
  prefix: string;
}

const PREFIX = Prisma.sql`
  m.team_code || '/' || m.season || '/' || m.game_id || '/master.' || m.id || '/' || r.name || '/'`;

/** The objects of a rendition `r`: segments by number, then the header, as their names are ordered. */
const OBJECTS = Prisma.sql`
  SELECT s.number, to_char(s.number, 'FM00000') || '.m4s' AS name, s.size_bytes, s.generation, s.crc32c
  FROM media.prepared_segments s WHERE s.rendition_id = r.id
  UNION ALL SELECT NULL, 'init.mp4', r.init_size_bytes, r.init_generation, r.init_crc32c`;

const SELECT_OBJECTS = (bucket: string) => Prisma.sql`
  SELECT r.id || ' ' || coalesce(o.number::text, '') AS id, ${PREFIX} || o.name AS key,
    'gs://' || ${bucket}::text || '/' || ${PREFIX} || o.name AS uri, m.id::text AS "masterId", true AS "isReady",
    o.size_bytes::float8 AS "sizeBytes", o.generation, o.crc32c
  FROM media.prepared_renditions r JOIN media.masters m ON m.id = r.master_id CROSS JOIN LATERAL (${OBJECTS}) o`;

const PAGE = 500;

/** Every registered object of prepared masters in the order of the keys' bytes, a rendition at a time. */
export async function* selectPreparedOf(db: DbOrTx, bucket: string): AsyncGenerator<PreparedRow> {
  for (let after = ''; ; ) {
    const renditions = await db.$queryRaw<RenditionRow[]>`
      SELECT r.id, ${PREFIX} AS prefix FROM media.prepared_renditions r JOIN media.masters m ON m.id = r.master_id
      WHERE (${PREFIX}) COLLATE "C" > ${after} ORDER BY (${PREFIX}) COLLATE "C" LIMIT ${PAGE}`;
    for (const { id } of renditions) {
      yield* await db.$queryRaw<PreparedRow[]>`${SELECT_OBJECTS(bucket)} WHERE r.id = ${id}
        ORDER BY o.name COLLATE "C"`;
    }
    const last = renditions.at(-1);
    if (!last || renditions.length < PAGE) return;
    after = last.prefix;
  }
}

/** The same rows once more, as they are now; one that is gone is not among them. */
export const selectPreparedById = (db: DbOrTx, bucket: string, ids: readonly string[]): Promise<PreparedRow[]> => {
  const renditions = [...new Set(ids.map((id) => Number.parseInt(id, 10)))];
  return db.$queryRaw`${SELECT_OBJECTS(bucket)}
    WHERE r.id = ANY(${renditions}::int[]) AND r.id || ' ' || coalesce(o.number::text, '') = ANY(${[...ids]}::text[])`;
};

/** Registers the same bytes under the generation that they have now; false when the row is another by now. */
export async function registerPreparedGeneration(db: DbOrTx, row: PreparedRow, generation: string): Promise<boolean> {
  const [rendition = '', number = ''] = row.id.split(' ');
  const id = Number(rendition);
  const { crc32c, generation: before } = row;
  if (before === null || crc32c === null) return false;
  const { count } =
    number === ''
      ? await db.preparedRendition.updateMany({
          where: { id, initGeneration: before, initCrc32c: crc32c },
          data: { initGeneration: generation },
        })
      : await db.preparedSegment.updateMany({
          where: { renditionId: id, number: Number(number), generation: before, crc32c },
          data: { generation },
        });
  return count > 0;
}

/** An object in the media bucket, and the prepared master whose folder it lies in. */
export interface PreparedSuspect {
  uri: string;
  masterId: string;
  rendition: string;
  fileName: string;
}

/**
 * Which of some objects nothing owns. Owned is what a row names, what a job is about to remove, and everything of a master
 * that is being prepared.
 */
export async function judgePrepared(db: DbOrTx, suspects: readonly PreparedSuspect[]): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ uri: string }[]>`
    SELECT g.uri FROM jsonb_to_recordset(${JSON.stringify(suspects)}::jsonb)
      AS g(uri text, "masterId" uuid, rendition text, "fileName" text)
    LEFT JOIN media.master_preparations p ON p.master_id = g."masterId"
    WHERE (p.status IS NULL OR p.status IN ('ready', 'failed'))
      AND NOT EXISTS (
        SELECT FROM media.prepared_renditions r CROSS JOIN LATERAL (${OBJECTS}) o
        WHERE r.master_id = g."masterId" AND r.name = g.rendition AND o.name = g."fileName")
      AND NOT EXISTS (
        SELECT FROM ${Prisma.raw(`${QUEUE_SCHEMA}.job`)} j
        WHERE j.name = ${REMOVE_OBJECTS} AND j.state IN ('created', 'retry', 'active')
          AND j.data->'objects' @> jsonb_build_array(jsonb_build_object('gcsUri', g.uri)))`;
  return new Set(rows.map(({ uri }) => uri));
}
