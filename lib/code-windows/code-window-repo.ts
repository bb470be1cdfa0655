import { codeWindowReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { CodeButton, CreateCodeWindow, PatchCodeWindow } from './code-window-schemas.ts';

export interface CodeWindowRow {
  id: string;
  owner_id: string | null;
  owner_name: string | null;
  team_code: string;
  name: string;
  is_shared: boolean;
  buttons: CodeButton[];
  version: number;
  created_at: Date;
  updated_at: Date;
}

/** More than anybody reaches who is not everywhere. */
const MAX_LISTED = 500;

const columns = Prisma.sql`w.id::text, w.owner_id::text, u.name AS owner_name, w.team_code, w.name, w.is_shared, w.buttons,
  w.version, w.created_at, w.updated_at`;
const source = Prisma.sql`media.code_windows w LEFT JOIN media.users u ON u.id = w.owner_id`;

/** The windows in reach: one's own first, then those that others share, by name. */
export const selectCodeWindows = (reads: Reads, user: UserContext, team?: string): Promise<CodeWindowRow[]> => {
  const ofTeam = team === undefined ? Prisma.empty : Prisma.sql`AND w.team_code = ${team}`;
  return reads.$queryRaw<CodeWindowRow[]>`
    SELECT ${columns} FROM ${source} WHERE ${codeWindowReachSql(user)} ${ofTeam}
    ORDER BY w.owner_id IS DISTINCT FROM ${user.userId}::uuid, lower(w.name), w.id LIMIT ${MAX_LISTED}`;
};

/** One window in reach, or `null`. */
export async function selectCodeWindow(reads: Reads, user: UserContext, id: string): Promise<CodeWindowRow | null> {
  const [row] = await reads.$queryRaw<CodeWindowRow[]>`
    SELECT ${columns} FROM ${source} WHERE w.id = ${id}::uuid AND ${codeWindowReachSql(user)}`;
  return row ?? null;
}

/** The same, held until the transaction ends. */
export async function lockCodeWindow(tx: DbOrTx, user: UserContext, id: string): Promise<CodeWindowRow | null> {
  await tx.$queryRaw`
    SELECT FROM media.code_windows w WHERE w.id = ${id}::uuid AND ${codeWindowReachSql(user)} FOR UPDATE`;
  return selectCodeWindow(tx, user, id);
}

export const countOwnCodeWindows = (tx: DbOrTx, ownerId: string): Promise<number> =>
  tx.codeWindow.count({ where: { ownerId } });

export async function insertCodeWindow(
  tx: DbOrTx,
  { id, ownerId, ...window }: CreateCodeWindow & { id: string; ownerId: string },
): Promise<void> {
  const { team_code: teamCode, name, is_shared: isShared, buttons } = window;
  await tx.codeWindow.createMany({ data: { id, ownerId, teamCode, name, isShared, buttons } });
}

export async function updateCodeWindow(tx: DbOrTx, id: string, patch: PatchCodeWindow, at: Date): Promise<void> {
  const { name, is_shared: isShared, buttons } = patch;
  await tx.codeWindow.updateMany({
    where: { id },
    data: {
      ...(name === undefined ? {} : { name }),
      ...(isShared === undefined ? {} : { isShared }),
      ...(buttons === undefined ? {} : { buttons }),
      version: { increment: 1 },
      updatedAt: at,
    },
  });
}

export async function deleteCodeWindowRow(tx: DbOrTx, id: string): Promise<void> {
  await tx.codeWindow.deleteMany({ where: { id } });
}
