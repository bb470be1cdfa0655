import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { Registered } from './compare-object.ts';

/** One master as it is registered. */
export interface MasterRow extends Registered {
  id: string;
  uri: string;
  filename: string;
  /** One that is being uploaded, or was refused, owns its place and promises nothing. */
  isReady: boolean;
}

const SELECT_MASTERS = Prisma.sql`
  SELECT m.id::text, m.lake_uri AS uri, m.filename, m.size_bytes::float8 AS "sizeBytes", m.generation, m.crc32c,
    m.status = 'ready' AS "isReady"
  FROM media.masters m`;

const PAGE = 1000;

/** Every master, in the order of the URIs' bytes, a page at a time. */
export async function* selectMasters(db: DbOrTx): AsyncGenerator<MasterRow> {
  for (let after = ''; ; ) {
    const rows = await db.$queryRaw<MasterRow[]>`${SELECT_MASTERS}
      WHERE m.lake_uri COLLATE "C" > ${after} ORDER BY m.lake_uri COLLATE "C" LIMIT ${PAGE}`;
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.uri;
  }
}

/** The same rows once more, as they are now. */
export const selectMastersById = (db: DbOrTx, ids: readonly string[]): Promise<MasterRow[]> =>
  db.$queryRaw`${SELECT_MASTERS} WHERE m.id = ANY(${[...ids]}::uuid[])`;

/** Registers the same bytes under the generation that they have now; false when the row is another by now. */
export async function registerMasterGeneration(db: DbOrTx, row: MasterRow, generation: string): Promise<boolean> {
  const { id, crc32c } = row;
  const { count } = await db.master.updateMany({
    where: { id, generation: row.generation, crc32c },
    data: { generation },
  });
  return count > 0;
}

/** The newest ready masters. */
export const selectNewestMasters = (db: DbOrTx, limit: number): Promise<MasterRow[]> =>
  db.$queryRaw`${SELECT_MASTERS} WHERE m.status = 'ready' ORDER BY m.created_at DESC, m.id DESC LIMIT ${limit}`;

/** Those of some URIs that nothing names: no master, and no clip that is cut from them. */
export async function selectUnnamedMasters(db: DbOrTx, uris: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ uri: string }[]>`
    SELECT g.uri FROM unnest(${[...uris]}::text[]) AS g(uri)
    WHERE NOT EXISTS (SELECT FROM media.masters m WHERE m.lake_uri = g.uri)
      AND NOT EXISTS (SELECT FROM media.clips c WHERE c.source_gcs_uri = g.uri)`;
  return new Set(rows.map(({ uri }) => uri));
}
