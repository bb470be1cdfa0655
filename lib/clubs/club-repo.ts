import type { DbOrTx } from '#lib/db/prisma-client.ts';

/** A club without its crest's bytes. */
export interface ClubRow {
  teamCode: string;
  name: string | null;
  color: string | null;
  crestName: string | null;
  version: number;
}

const WITHOUT_BYTES = { teamCode: true, name: true, color: true, crestName: true, version: true } as const;

/** More clubs than a league has. */
const MAX_LISTED = 500;

export const selectClubs = (db: DbOrTx): Promise<ClubRow[]> =>
  db.club.findMany({ select: WITHOUT_BYTES, orderBy: { teamCode: 'asc' }, take: MAX_LISTED });

/** A club, made with nothing said of it where there is none, and locked until the transaction ends. */
export async function lockClub(tx: DbOrTx, teamCode: string): Promise<ClubRow> {
  await tx.club.createMany({ data: { teamCode, version: 0 }, skipDuplicates: true });
  await tx.$queryRaw`SELECT FROM media.clubs WHERE team_code = ${teamCode} FOR UPDATE`;
  return tx.club.findUniqueOrThrow({ where: { teamCode }, select: WITHOUT_BYTES });
}

export const updateClub = (
  tx: DbOrTx,
  teamCode: string,
  data: {
    name?: string | null;
    color?: string | null;
    crest?: Uint8Array<ArrayBuffer> | null;
    crestName?: string | null;
  },
  at: Date,
): Promise<ClubRow> =>
  tx.club.update({
    where: { teamCode },
    data: { ...data, version: { increment: 1 }, updatedAt: at },
    select: WITHOUT_BYTES,
  });

/** The bytes of a crest by its name; `null` where no club has it. */
export async function selectCrest(db: DbOrTx, crestName: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const found = await db.club.findFirst({ where: { crestName }, select: { crest: true } });
  return found?.crest ?? null;
}
