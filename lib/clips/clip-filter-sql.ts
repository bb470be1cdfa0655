import { clipScopeSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import type { ClipFilter, ProcessingStatus } from './clip-schemas.ts';

/** `%`, `_` and `\` mean themselves in a search. */
const likeLiteral = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Columns that a filter compares for equality. */
const EQUAL_COLUMNS = {
  player_id: 'player_id',
  team_code: 'team_code',
  opponent_code: 'opponent_code',
  game_id: 'game_id',
  season: 'season',
  period: 'period',
  event_type: 'event_type',
  outcome: 'outcome',
  zone: 'zone',
  strength: 'strength',
} as const;

/** HeartBeat's column may be null: such a clip was never picked up, and shows as pending everywhere. */
const statusSql = (status: ProcessingStatus): Prisma.Sql =>
  status === 'pending'
    ? Prisma.sql`(c.processing_status = 'pending' OR c.processing_status IS NULL)`
    : Prisma.sql`c.processing_status = ${status}`;

const searchSql = (q: string): Prisma.Sql => {
  const pattern = likeLiteral(q);
  return Prisma.sql`(c.player_name ILIKE ${pattern} OR c.event_type ILIKE ${pattern} OR c.opponent_code ILIKE ${pattern}
    OR c.clip_id ILIKE ${pattern}
    OR EXISTS (SELECT FROM media.clip_tags t WHERE t.clip_id = c.id AND t.tag ILIKE ${pattern}))`;
};

/**
 * The whole WHERE of a list over `media.clips c`: the caller's reach first, then the filters.
 * @param filter a filter with `status` defaulting to whatever; absent fields do not narrow.
 */
export function clipWhereSql(user: UserContext, filter: ClipFilter): Prisma.Sql {
  const conditions = [Prisma.sql`(${clipScopeSql(user)})`];
  for (const [field, column] of Object.entries(EQUAL_COLUMNS)) {
    const value = filter[field as keyof typeof EQUAL_COLUMNS];
    if (value !== undefined) conditions.push(Prisma.sql`c.${Prisma.raw(column)} = ${value}`);
  }
  if (filter.status) conditions.push(statusSql(filter.status));
  if (filter.date_from) conditions.push(Prisma.sql`c.game_date >= ${filter.date_from}::date`);
  if (filter.date_to) conditions.push(Prisma.sql`c.game_date <= ${filter.date_to}::date`);
  if (filter.tag) {
    conditions.push(
      Prisma.sql`EXISTS (SELECT FROM media.clip_tags t WHERE t.clip_id = c.id AND t.tag = ${filter.tag})`,
    );
  }
  if (filter.master_id) {
    conditions.push(
      Prisma.sql`c.source_gcs_uri = (SELECT m.lake_uri FROM media.masters m WHERE m.id = ${filter.master_id}::uuid)`,
    );
  }
  if (filter.q) conditions.push(searchSql(filter.q));
  return Prisma.join(conditions, ' AND ');
}
