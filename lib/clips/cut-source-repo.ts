import type { DbOrTx, Prisma } from '#lib/db/prisma-client.ts';

type CutSource = Pick<Prisma.MasterGetPayload<object>, 'lakeUri' | 'teamCode' | 'status' | 'durationS'>;

/**
 * Keeps a registered master from being deleted until the transaction ends. False when it is gone already.
 * `FOR KEY SHARE` waits for a deletion under way and lets everybody else create clips meanwhile.
 */
export async function holdMaster(tx: DbOrTx, lakeUri: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT FROM media.masters m WHERE m.lake_uri = ${lakeUri} FOR KEY SHARE`;
  return rows.length > 0;
}

/** The registered master that a request names, whoever asks. */
export async function findMasterForCut(
  db: DbOrTx,
  named: { master_id?: string | undefined; source_gcs_uri?: string | undefined },
): Promise<CutSource | null> {
  const select = { lakeUri: true, teamCode: true, status: true, durationS: true } as const;
  if (named.master_id) return db.master.findUnique({ where: { id: named.master_id }, select });
  if (named.source_gcs_uri) return db.master.findUnique({ where: { lakeUri: named.source_gcs_uri }, select });
  return null;
}
