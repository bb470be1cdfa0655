import type { AuditActor, AuditEntry } from '#lib/audit/audit-entry.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { requestFacts } from '#lib/request-facts.ts';
import { changesSql } from './bulk-repo.ts';
import type { BulkAction, BulkClips } from './bulk-schemas.ts';
import { columnSql, GIVEN_COLUMNS } from './clip-columns-sql.ts';

const WRITTEN_DOWN = Prisma.join(
  GIVEN_COLUMNS.map((column) => Prisma.sql`${Prisma.raw(`'${column}'`)}, ${columnSql(column)}`),
);

/** The facts of a clip, with its tags, as they are written down. */
export async function selectClipFacts(tx: DbOrTx, id: number): Promise<Record<string, unknown>> {
  const [row] = await tx.$queryRaw<{ facts: Record<string, unknown> }[]>`
    SELECT jsonb_build_object(${WRITTEN_DOWN}, 'tags', (
      SELECT coalesce(jsonb_agg(t.tag ORDER BY t.tag), '[]') FROM media.clip_tags t WHERE t.clip_id = c.id
    )) AS facts FROM media.clips c WHERE c.id = ${id}`;
  return row?.facts ?? {};
}

const AUDIT_ACTIONS: Readonly<Record<BulkAction, AuditEntry['action']>> = {
  add_tags: 'tag.add',
  remove_tags: 'tag.remove',
  replace_tag: 'tag.replace',
  delete: 'clip.delete',
  restore: 'clip.restore',
};

/** What the change takes away, and what it brings, of one clip `c`. */
function bulkFactsSql(bulk: BulkClips): { before: Prisma.Sql; after: Prisma.Sql } {
  const none = Prisma.sql`NULL::jsonb`;
  const tagged = (held: boolean, tags: readonly string[]) => Prisma.sql`jsonb_build_object('tags', (
    SELECT jsonb_agg(given.tag ORDER BY given.tag) FROM unnest(${[...tags]}::text[]) AS given(tag)
    WHERE ${held ? Prisma.empty : Prisma.sql`NOT`} EXISTS (
      SELECT FROM media.clip_tags t WHERE t.clip_id = c.id AND t.tag = given.tag)))`;
  switch (bulk.action) {
    case 'add_tags':
      return { before: none, after: tagged(false, bulk.tags) };
    case 'remove_tags':
      return { before: tagged(true, bulk.tags), after: none };
    case 'replace_tag':
      return {
        before: Prisma.sql`jsonb_build_object('tag', ${bulk.tag}::text)`,
        after: Prisma.sql`jsonb_build_object('tag', ${bulk.with}::text)`,
      };
    default:
      return { before: none, after: none };
  }
}

/** Writes down, clip by clip and in one statement, what a bulk change is about to do; clips that are so already are not. */
export async function insertBulkEntries(
  tx: DbOrTx,
  actor: AuditActor,
  bulk: BulkClips,
  ids: readonly number[],
): Promise<void> {
  const request = requestFacts();
  const { before, after } = bulkFactsSql(bulk);
  await tx.$executeRaw`
    INSERT INTO media.audit_log (actor_user_id, actor_name, api_key_id, action, target_type, target_id, team_codes,
      ip, request_id, before, after)
    SELECT ${actor.userId}::uuid, ${actor.name}, ${actor.apiKeyId ?? null}::uuid, ${AUDIT_ACTIONS[bulk.action]}, 'clip',
      c.clip_id, ARRAY[c.team_code], ${request?.ip ?? null}, ${request?.requestId ?? null}, ${before}, ${after}
    FROM media.clips c WHERE c.id = ANY(${[...ids]}::int[]) AND ${changesSql(bulk)}`;
}
