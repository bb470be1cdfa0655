import type { UserContext } from '#lib/auth/user-context.ts';
import { type Database, type DbOrTx, Prisma, type Reads, readsOf } from '#lib/db/prisma-client.ts';
import type { LinkJson, ListLinksQuery } from './link-schemas.ts';

/** A link that opens something still. */
export interface LiveLink {
  id: string;
  reel_id: string;
  team_code: string;
  created_by: string;
  expires_at: Date;
  password_hash: string | null;
  may_download: boolean;
  has_names: boolean;
}

type LinkRow = Omit<LinkJson, 'created_by' | 'is_live'> & { maker_id: string; maker_name: string };

const timeSql = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const factsSql = Prisma.sql`
  l.id::text, l.reel_id::text, l.team_code, r.title AS reel_title, o.id::text AS maker_id, o.name AS maker_name,
  ${timeSql(Prisma.sql`l.created_at`)} AS created_at, ${timeSql(Prisma.sql`l.expires_at`)} AS expires_at,
  l.password_hash IS NOT NULL AS has_password, l.may_download AS download, l.has_names AS names,
  ${timeSql(Prisma.sql`l.revoked_at`)} AS revoked_at, l.view_count, ${timeSql(Prisma.sql`l.last_used_at`)} AS last_used_at
  FROM media.reel_links l JOIN media.users o ON o.id = l.created_by LEFT JOIN media.reels r ON r.id = l.reel_id`;

/** A row as it is told at a moment. */
export const toLinkJson = ({ maker_id: id, maker_name: name, ...row }: LinkRow, now: Date): LinkJson => ({
  ...row,
  created_by: { id, name },
  is_live: row.revoked_at === null && new Date(row.expires_at) > now,
});

/** The links of one reel that the caller sees, the newest first. */
export const selectLinksOfReel = (reads: Reads, reelId: string): Promise<LinkRow[]> => reads.$queryRaw`
  SELECT ${factsSql} WHERE l.reel_id = ${reelId}::uuid ORDER BY l.created_at DESC, l.id LIMIT 200`;

/** All links of the caller's teams that open something still, the newest first. */
export const selectLiveLinks = (reads: Reads, { team_code, limit }: ListLinksQuery, now: Date): Promise<LinkRow[]> =>
  reads.$queryRaw`
    SELECT ${factsSql} WHERE l.revoked_at IS NULL AND l.expires_at > ${now}
      AND (${team_code ?? null}::text IS NULL OR l.team_code = ${team_code ?? null})
    ORDER BY l.created_at DESC, l.id LIMIT ${limit}`;

export async function selectLink(reads: Reads, id: string): Promise<LinkRow | null> {
  const [row] = await reads.$queryRaw<LinkRow[]>`SELECT ${factsSql} WHERE l.id = ${id}::uuid`;
  return row ?? null;
}

/** How many links of a reel open something still. */
export async function countLiveLinks(tx: DbOrTx, reelId: string, now: Date): Promise<number> {
  return tx.reelLink.count({ where: { reelId, revokedAt: null, expiresAt: { gt: now } } });
}

export interface NewLink {
  id: string;
  reelId: string;
  teamCode: string;
  secretHash: string;
  expiresAt: Date;
  passwordHash: string | null;
  mayDownload: boolean;
  hasNames: boolean;
}
export async function insertLink(tx: DbOrTx, user: UserContext, link: NewLink): Promise<void> {
  await tx.reelLink.createMany({ data: [{ ...link, createdBy: user.userId }] });
}

/** Takes a link back that the caller sees; its team, `null` where there is none, or it was taken back before. */
export async function revokeLinkRow(tx: DbOrTx, id: string, now: Date): Promise<{ reel_id: string } | null> {
  const [row] = await tx.$queryRaw<{ reel_id: string }[]>`
    UPDATE media.reel_links SET revoked_at = ${now} WHERE id = ${id}::uuid AND revoked_at IS NULL
    RETURNING reel_id::text`;
  return row ?? null;
}

/** Counts one use, in the reach of who made the link. */
export async function countUse(tx: DbOrTx, id: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE media.reel_links SET view_count = view_count + 1, last_used_at = ${now} WHERE id = ${id}::uuid`;
}

const LIVE = Prisma.sql`id::text, reel_id::text, team_code, created_by::text, expires_at, password_hash, may_download, has_names`;

/** The link that opens something still, by the hash of its secret or by its id; asked for nobody. */
export async function selectLiveLink(
  db: Database,
  by: { secretHash: string } | { id: string },
  now: Date,
): Promise<LiveLink | null> {
  const [hash, id] = 'id' in by ? [null, by.id] : [by.secretHash, null];
  const [row] = await readsOf(db).$queryRaw<LiveLink[]>`
    SELECT ${LIVE} FROM media.live_link(${hash}::text, ${id}::uuid, ${now}::timestamptz)`;
  return row ?? null;
}
