import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { type BulkClips, deletionOf } from './bulk-schemas.ts';
import { clipWhereSql, placeSql } from './clip-filter-sql.ts';
import { lookUpFilter } from './clip-search-sql.ts';
import { deletedBySql } from './trash-repo.ts';

/** The clips that a request names, within the caller's reach: the library, or for restoring its trash. */
async function targetSql(tx: DbOrTx, user: UserContext, bulk: BulkClips): Promise<Prisma.Sql> {
  const place = bulk.action === 'restore' ? 'trash' : 'library';
  const deletion = deletionOf(bulk);
  if (deletion !== undefined) return Prisma.sql`(${placeSql(user, place)}) AND ${deletedBySql(user, deletion)}`;
  if (bulk.filter) return clipWhereSql(user, await lookUpFilter(tx, user, bulk.filter), place);
  return Prisma.sql`(${placeSql(user, place)}) AND c.clip_id = ANY(${bulk.clip_ids ?? []}::text[])`;
}

/** Whether the action would change a clip that it is meant for. */
export function changesSql(bulk: BulkClips): Prisma.Sql {
  const has = (tag: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT FROM media.clip_tags t WHERE t.clip_id = c.id AND t.tag = ${tag})`;
  switch (bulk.action) {
    case 'add_tags':
      return Prisma.sql`EXISTS (SELECT FROM unnest(${bulk.tags}::text[]) AS given(tag) WHERE NOT ${has(Prisma.sql`given.tag`)})`;
    case 'remove_tags':
      return has(Prisma.sql`ANY(${bulk.tags}::text[])`);
    case 'replace_tag':
      return bulk.tag === bulk.with ? Prisma.sql`FALSE` : has(Prisma.sql`${bulk.tag}`);
    default:
      return Prisma.sql`TRUE`;
  }
}

/** How many clips a request means, and how many of them it would change. */
export async function countBulk(
  tx: DbOrTx,
  user: UserContext,
  bulk: BulkClips,
): Promise<{ matched: number; changed: number }> {
  const rows = await tx.$queryRaw<{ matched: number; changed: number }[]>`
    SELECT count(*)::int AS matched, (count(*) FILTER (WHERE ${changesSql(bulk)}))::int AS changed
    FROM media.clips c WHERE ${await targetSql(tx, user, bulk)}`;
  return rows[0] ?? { matched: 0, changed: 0 };
}

/** Locks the clips that a request means, in one order, so that two requests wait for each other and not in a circle. */
export async function lockBulk(tx: DbOrTx, user: UserContext, bulk: BulkClips): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT c.id FROM media.clips c WHERE ${await targetSql(tx, user, bulk)} ORDER BY c.id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

interface Tagging {
  ids: readonly number[];
  tags: readonly string[];
}

const changedOf = (rows: { changed: number }[]): number => rows[0]?.changed ?? 0;

/** Adds tags; how many clips had one of them not. */
export const addTags = async (tx: DbOrTx, { ids, tags }: Tagging): Promise<number> =>
  changedOf(
    await tx.$queryRaw<{ changed: number }[]>`
      WITH added AS (
        INSERT INTO media.clip_tags (clip_id, tag, tag_type)
        SELECT c.id, given.tag, 'manual' FROM unnest(${[...ids]}::int[]) AS c(id), unnest(${[...tags]}::text[]) AS given(tag)
        ON CONFLICT ON CONSTRAINT uq_clip_tag DO NOTHING RETURNING clip_id
      ) SELECT count(DISTINCT clip_id)::int AS changed FROM added`,
  );

/** Takes tags off; how many clips had one of them. */
export const removeTags = async (tx: DbOrTx, { ids, tags }: Tagging): Promise<number> =>
  changedOf(
    await tx.$queryRaw<{ changed: number }[]>`
      WITH removed AS (
        DELETE FROM media.clip_tags t WHERE t.clip_id = ANY(${[...ids]}::int[]) AND t.tag = ANY(${[...tags]}::text[])
        RETURNING t.clip_id
      ) SELECT count(DISTINCT clip_id)::int AS changed FROM removed`,
  );

/** Puts one tag in another's place, where that stands; on a clip that has both the one goes. How many clips had it. */
export const replaceTag = async (
  tx: DbOrTx,
  { ids, tag, by }: { ids: readonly number[]; tag: string; by: string },
): Promise<number> =>
  changedOf(
    await tx.$queryRaw<{ changed: number }[]>`
      WITH removed AS (
        DELETE FROM media.clip_tags t WHERE t.clip_id = ANY(${[...ids]}::int[]) AND t.tag = ${tag} RETURNING t.clip_id
      ), added AS (
        INSERT INTO media.clip_tags (clip_id, tag, tag_type) SELECT clip_id, ${by}, 'manual' FROM removed
        ON CONFLICT ON CONSTRAINT uq_clip_tag DO NOTHING
      ) SELECT count(*)::int AS changed FROM removed`,
  );
