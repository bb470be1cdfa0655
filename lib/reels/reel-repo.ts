import { reelReachSql, rolesThatMay } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import { saysWordsSql } from '#lib/db/words-sql.ts';
import {
  type Audience,
  type CreateReel,
  type ListReelsQuery,
  type PatchReel,
  plainAudience,
  type ReelSummaryJson,
} from './reel-schemas.ts';

/** A reel as the caller sees it. */
export type ReelRow = Omit<ReelSummaryJson, 'audience' | 'owner' | 'may_edit' | 'poster_url'> & {
  audience: 'private' | 'staff' | 'team' | 'players';
  /** The chosen ones that the caller is told of. */
  players: string[];
  owner_id: string;
  owner_name: string;
  /** Whether the policies let the caller change it. */
  is_changed: boolean;
  /** The first clip that it shows. */
  first_clip: string | null;
};

/** A reel's place in the list. */
export interface ReelPlace {
  at: string;
  id: string;
}

/** Those whose reels show clips: `media.clips_of_reel` asks. */
export const makersSql = (): Prisma.Sql => Prisma.sql`${rolesThatMay('reels.write')}::text[]`;

const timeSql = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Reels `r` that others show to the caller, who has not opened them. */
const newSql = ({ userId }: UserContext): Prisma.Sql => Prisma.sql`r.owner_id <> ${userId}::uuid AND NOT EXISTS (
  SELECT FROM media.reel_opens p WHERE p.reel_id = r.id AND p.user_id = ${userId}::uuid)`;

/** What is shown of reels `r`, as `s`. The items are named by their reel, too: else all of all reels would be looked through. */
const shownSql = (): Prisma.Sql => Prisma.sql`LATERAL (
  SELECT coalesce(sum(c.length_s), 0) AS duration_s, (array_agg(c.clip_id ORDER BY i.position, i.id))[1] AS first_clip
  FROM media.clips_of_reel(r.id, ${makersSql()}) c JOIN media.reel_items i ON i.id = c.item_id
    WHERE i.reel_id = r.id) s`;

/** What is told of reels `r`, whose makers are `o`, and which show `s`. */
const factsSql = (user: UserContext): Prisma.Sql => Prisma.sql`
  r.id::text, r.team_code, r.title, r.description, r.owner_id::text AS owner_id, o.name AS owner_name, r.audience, r.version,
  ${timeSql(Prisma.sql`r.created_at`)} AS created_at, ${timeSql(Prisma.sql`r.updated_at`)} AS updated_at,
  ARRAY(SELECT p.player_id FROM media.reel_players p WHERE p.reel_id = r.id ORDER BY p.player_id COLLATE "C") AS players,
  (SELECT count(*)::int FROM media.reel_items i WHERE i.reel_id = r.id) AS item_count,
  s.duration_s, s.first_clip, (${newSql(user)}) AS is_new,
  media.changes_reel(r.id, r.team_code, r.owner_id, r.audience) AS is_changed`;

function listSql(user: UserContext, query: ListReelsQuery, after: ReelPlace | null): Prisma.Sql {
  const conditions = [Prisma.sql`(${reelReachSql(user)})`];
  if (query.team_code) conditions.push(Prisma.sql`r.team_code = ${query.team_code}`);
  if (query.audience) conditions.push(Prisma.sql`r.audience = ${query.audience}`);
  if (query.for_me === 'true') conditions.push(Prisma.sql`r.owner_id <> ${user.userId}::uuid`);
  if (query.mine === 'true') conditions.push(Prisma.sql`r.owner_id = ${user.userId}::uuid`);
  if (query.q) conditions.push(saysWordsSql(Prisma.sql`concat_ws(' ', r.title, r.description, o.name)`, query.q));
  if (after) conditions.push(Prisma.sql`(r.created_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  return Prisma.join(conditions, ' AND ');
}

/** One page of the reels that the caller sees, the newest first. */
export async function selectReelPage(
  reads: Reads,
  user: UserContext,
  query: ListReelsQuery,
  after: ReelPlace | null,
): Promise<{ reels: ReelRow[]; next: ReelPlace | null }> {
  const { limit } = query;
  // What is seen is decided by set, and what is told of it under the policies again.
  const rows = await reads.$queryRaw<(ReelRow & { at: string })[]>`
    WITH page AS MATERIALIZED (
      SELECT r.id FROM media.reels_in_sight() r JOIN media.users o ON o.id = r.owner_id
      WHERE ${PLANNED_EACH_TIME} ${listSql(user, query, after)}
      ORDER BY r.created_at DESC, r.id DESC LIMIT ${writtenOut(limit + 1)}
    )
    SELECT ${factsSql(user)}, r.created_at::text AS at
    FROM page JOIN media.reels r ON r.id = page.id JOIN media.users o ON o.id = r.owner_id CROSS JOIN ${shownSql()}
    ORDER BY r.created_at DESC, r.id DESC`;
  const reels = rows.slice(0, limit);
  const last = rows.length > limit ? reels.at(-1) : undefined;
  return { reels: reels.map(({ at: _, ...row }) => row), next: last ? { at: last.at, id: last.id } : null };
}

/** How many reels are counted as new. */
const MOST_NEW = 100;

/** How many reels are new to the caller. */
export async function countNewReels(reads: Reads, user: UserContext): Promise<number> {
  const [row] = await reads.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM media.reels_in_sight() r WHERE (${reelReachSql(user)}) AND ${newSql(user)} LIMIT ${writtenOut(MOST_NEW)}
    ) new`;
  return row?.count ?? 0;
}

/** Notes that the caller has opened a reel that they see. False where there is none. */
export async function insertOpen(tx: DbOrTx, user: UserContext, id: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id::text FROM media.reels r WHERE r.id = ${id}::uuid AND (${reelReachSql(user)})`;
  if (!row) return false;
  await tx.$executeRaw`INSERT INTO media.reel_opens (reel_id, user_id) VALUES (${id}::uuid, ${user.userId}::uuid)
    ON CONFLICT DO NOTHING`;
  return true;
}

/** One reel that the caller sees, or `null`. */
export async function selectReel(reads: Reads, user: UserContext, id: string): Promise<ReelRow | null> {
  const [row] = await reads.$queryRaw<ReelRow[]>`
    SELECT ${factsSql(user)} FROM media.reels r JOIN media.users o ON o.id = r.owner_id CROSS JOIN ${shownSql()}
    WHERE r.id = ${id}::uuid AND (${reelReachSql(user)})`;
  return row ?? null;
}

/** A reel that is being changed. */
export interface LockedReel {
  team_code: string;
  owner_id: string;
  title: string;
  description: string | null;
  audience: ReelRow['audience'];
  players: string[];
  version: number;
}

/** Locks a reel that the caller may change, or `null`: the policy says which. */
export async function lockReel(tx: DbOrTx, user: UserContext, id: string): Promise<LockedReel | null> {
  const [row] = await tx.$queryRaw<LockedReel[]>`
    SELECT r.team_code, r.owner_id::text AS owner_id, r.title, r.description, r.audience, r.version,
      ARRAY(SELECT p.player_id FROM media.reel_players p WHERE p.reel_id = r.id ORDER BY p.player_id COLLATE "C") AS players
    FROM media.reels r WHERE r.id = ${id}::uuid AND (${reelReachSql(user)}) FOR UPDATE OF r`;
  return row ?? null;
}

/** The column, and the chosen ones. */
function storedAudience(given: Audience): Pick<ReelRow, 'audience' | 'players'> {
  const audience = plainAudience(given);
  return typeof audience === 'string' ? { audience, players: [] } : { audience: 'players', ...audience };
}

async function replacePlayers(tx: DbOrTx, id: string, players: readonly string[]): Promise<void> {
  await tx.reelPlayer.deleteMany({ where: { reelId: id } });
  if (players.length > 0)
    await tx.reelPlayer.createMany({ data: players.map((playerId) => ({ reelId: id, playerId })) });
}

/** Writes a new reel of the caller's. */
export async function insertReel(tx: DbOrTx, user: UserContext, id: string, reel: CreateReel): Promise<void> {
  const { audience, players } = storedAudience(reel.audience);
  const { team_code: teamCode, title, description = null } = reel;
  await tx.reel.createMany({ data: [{ id, teamCode, title, description, audience, ownerId: user.userId }] });
  await replacePlayers(tx, id, players);
}

/** Changes what is named; the version says so. */
export async function updateReel(tx: DbOrTx, id: string, { audience, ...words }: PatchReel): Promise<void> {
  const stored = audience && storedAudience(audience);
  const { title, description } = words;
  await tx.$executeRaw`
    UPDATE media.reels SET version = version + 1, updated_at = now(),
      title = CASE WHEN ${title !== undefined} THEN ${title ?? null} ELSE title END,
      description = CASE WHEN ${description !== undefined} THEN ${description ?? null} ELSE description END,
      audience = coalesce(${stored?.audience ?? null}, audience)
    WHERE id = ${id}::uuid`;
  if (stored) await replacePlayers(tx, id, stored.players);
}

/** A change of its items is one of the reel; its new version. */
export async function raiseVersion(tx: DbOrTx, id: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    UPDATE media.reels SET version = version + 1, updated_at = now() WHERE id = ${id}::uuid RETURNING version`;
  return row?.version ?? 0;
}

export async function deleteReelRow(tx: DbOrTx, id: string): Promise<void> {
  await tx.reel.deleteMany({ where: { id } });
}
