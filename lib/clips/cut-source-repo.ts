import type { DbOrTx, Prisma } from '#lib/db/prisma-client.ts';

export type RegisteredMaster = Pick<
  Prisma.MasterGetPayload<object>,
  'id' | 'lakeUri' | 'teamCode' | 'status' | 'durationS' | 'deletedAt' | 'gaps'
>;

/**
 * Keeps registered masters from being deleted until the transaction ends; those that are there still.
 * `FOR KEY SHARE` waits for a deletion under way and lets everybody else create clips meanwhile.
 */
export async function holdMasters(tx: DbOrTx, lakeUris: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ lake_uri: string }[]>`
    SELECT m.lake_uri FROM media.masters m WHERE m.lake_uri = ANY(${[...lakeUris]}::text[]) AND m.deleted_at IS NULL
    ORDER BY m.lake_uri FOR KEY SHARE`;
  return new Set(rows.map((row) => row.lake_uri));
}

/** The registered masters of the caller's reach among those that requests name. */
export const findMastersForCut = (
  db: DbOrTx,
  named: { ids: string[]; lakeUris: string[] },
): Promise<RegisteredMaster[]> =>
  db.master.findMany({
    where: { OR: [{ id: { in: named.ids } }, { lakeUri: { in: named.lakeUris } }] },
    select: { id: true, lakeUri: true, teamCode: true, status: true, durationS: true, deletedAt: true, gaps: true },
  });
