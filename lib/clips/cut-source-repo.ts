import type { DbOrTx, Prisma } from '#lib/db/prisma-client.ts';

type CutSource = Pick<Prisma.MasterGetPayload<object>, 'lakeUri' | 'teamCode' | 'status' | 'durationS'>;

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
