import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { Registered } from './compare-object.ts';

/** One asset of a clip as it is registered. */
export interface AssetRow extends Registered {
  id: number;
  uri: string;
  clipId: string;
  /** Whether the clip is said to be playable, also one in the trash: it can be had back. */
  isReady: boolean;
}

const SELECT_ASSETS = Prisma.sql`
  SELECT a.id, a.gcs_uri AS uri, a.file_size_bytes::float8 AS "sizeBytes", a.generation, a.crc32c,
    c.clip_id AS "clipId", coalesce(c.processing_status, 'pending') = 'ready' AS "isReady"
  FROM media.clip_assets a JOIN media.clips c ON c.id = a.clip_id`;

/** "/" is followed by "0": every URI of a bucket lies between the two. */
const borders = (bucket: string) => ({ from: `gs://${bucket}/`, to: `gs://${bucket}0` });

const PAGE = 1000;

/** Every asset row that names something in a bucket, in the order of the URIs' bytes, a page at a time. */
export async function* selectAssetsOf(db: DbOrTx, bucket: string): AsyncGenerator<AssetRow> {
  const { from, to } = borders(bucket);
  let after = { uri: from, id: 0 };
  for (;;) {
    const rows = await db.$queryRaw<AssetRow[]>`${SELECT_ASSETS}
      WHERE (a.gcs_uri COLLATE "C", a.id) > (${after.uri}, ${after.id}) AND a.gcs_uri COLLATE "C" < ${to}
      ORDER BY a.gcs_uri COLLATE "C", a.id LIMIT ${PAGE}`;
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { uri: last.uri, id: last.id };
  }
}

/** The same rows once more, as they are now; one that is gone is not among them. */
export const selectAssetsById = (db: DbOrTx, ids: readonly number[]): Promise<AssetRow[]> =>
  db.$queryRaw`${SELECT_ASSETS} WHERE a.id = ANY(${[...ids]}::int[])`;

/** Registers the same bytes under the generation that they have now; false when the row is another by now. */
export async function registerAssetGeneration(db: DbOrTx, row: AssetRow, generation: string): Promise<boolean> {
  const { id, crc32c } = row;
  const { count } = await db.clipAsset.updateMany({
    where: { id, generation: row.generation, crc32c },
    data: { generation },
  });
  return count > 0;
}

/** Writes down checksums of registered generations; a row that changed meanwhile is left as it is. */
export const registerChecksums = (
  db: DbOrTx,
  sums: readonly { id: number; generation: string; crc32c: string }[],
): Promise<number> => db.$executeRaw`
  UPDATE media.clip_assets a SET crc32c = g.crc32c
  FROM jsonb_to_recordset(${JSON.stringify(sums)}::jsonb) AS g(id int, generation text, crc32c text)
  WHERE a.id = g.id AND a.generation = g.generation AND a.crc32c IS NULL`;

/** How many asset rows name something outside a bucket. */
export async function countAssetsBeyond(db: DbOrTx, bucket: string): Promise<number> {
  const { from, to } = borders(bucket);
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM media.clip_assets a
    WHERE a.gcs_uri COLLATE "C" < ${from} OR a.gcs_uri COLLATE "C" >= ${to}`;
  return rows[0]?.count ?? 0;
}

/**
 * Assets of ready clips for a quick look: all of them, or where they are more than `limit`, half the newest and half at
 * random. @returns whether these are all.
 */
export async function selectAssetSample(db: DbOrTx, limit: number): Promise<{ rows: AssetRow[]; isComplete: boolean }> {
  const ready = Prisma.sql`coalesce(c.processing_status, 'pending') = 'ready'`;
  const newest = await db.$queryRaw<AssetRow[]>`${SELECT_ASSETS} WHERE ${ready} ORDER BY a.id DESC LIMIT ${limit + 1}`;
  if (newest.length <= limit) return { rows: newest, isComplete: true };
  const half = Math.floor(limit / 2);
  // Ids have gaps: more are drawn than are wanted.
  const random = await db.$queryRaw<AssetRow[]>`${SELECT_ASSETS} WHERE ${ready} AND a.id IN (
    SELECT (random() * (SELECT max(id) FROM media.clip_assets))::int FROM generate_series(1, ${4 * half}::int)
  ) LIMIT ${half}`;
  return { rows: [...newest.slice(0, half), ...random], isComplete: false };
}
