import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME } from '#lib/db/statement-names.ts';
import type { AuditFilter } from './audit-schemas.ts';

/** A row as it is read. */
export interface AuditRow {
  id: bigint;
  at: Date;
  actor_user_id: string | null;
  actor_name: string | null;
  api_key_id: string | null;
  action: string;
  target_type: string;
  target_id: string;
  team_codes: string[];
  ip: string | null;
  request_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** A row as it is written; the database gives it its number and its time. */
export interface NewAuditRow {
  actorUserId: string | null;
  actorName: string | null;
  apiKeyId: string | null;
  action: string;
  targetType: string;
  targetId: string;
  teamCodes: string[];
  ip: string | null;
  requestId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  onceKey: string | null;
}

const jsonOf = (facts: Record<string, unknown> | null) => (facts ? (facts as Prisma.InputJsonObject) : Prisma.DbNull);

/** No row comes back: who writes need not be one who may read. A key that was written before is passed over. */
export async function insertAuditEntries(tx: DbOrTx, rows: readonly NewAuditRow[]): Promise<void> {
  const data = rows.map((row) => ({ ...row, before: jsonOf(row.before), after: jsonOf(row.after) }));
  await tx.auditEntry.createMany({ data, skipDuplicates: true });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const actorSql = (actor: string): Prisma.Sql =>
  UUID.test(actor)
    ? Prisma.sql`a.actor_user_id = ${actor}::uuid`
    : Prisma.sql`position(lower(${actor}) IN lower(a.actor_name)) > 0`;

function auditWhereSql(filter: AuditFilter): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (filter.actor) conditions.push(actorSql(filter.actor));
  if (filter.action) conditions.push(Prisma.sql`a.action = ANY(${filter.action}::text[])`);
  if (filter.target_type) conditions.push(Prisma.sql`a.target_type = ${filter.target_type}`);
  if (filter.target) conditions.push(Prisma.sql`a.target_id = ${filter.target}`);
  if (filter.team_code) conditions.push(Prisma.sql`a.team_codes @> ARRAY[${filter.team_code}]::varchar[]`);
  if (filter.date_from) conditions.push(Prisma.sql`a.at >= ${filter.date_from}::date`);
  if (filter.date_to) conditions.push(Prisma.sql`a.at < ${filter.date_to}::date + 1`);
  return Prisma.join(conditions, ' AND ');
}

/** Entries in the caller's reach (the policy of the table), newest first, from below an id on. */
export const selectAudit = (
  reads: Reads,
  filter: AuditFilter,
  page: { below: number | null; limit: number },
): Promise<AuditRow[]> => {
  const below = page.below === null ? Prisma.empty : Prisma.sql`AND a.id < ${page.below}`;
  return reads.$queryRaw<AuditRow[]>`
    SELECT ${PLANNED_EACH_TIME} a.id, a.at, a.actor_user_id, a.actor_name, a.api_key_id, a.action, a.target_type, a.target_id,
      a.team_codes, a.ip, a.request_id, a.before, a.after
    FROM media.audit_log a WHERE ${auditWhereSql(filter)} ${below} ORDER BY a.id DESC LIMIT ${page.limit}`;
};

/** Forgets entries that are older than so many days; for the owner of the tables. The number that went. */
export async function forgetOldAudit(db: DbOrTx, keepDays: number): Promise<number> {
  const [row] = await db.$queryRaw<{ gone: bigint }[]>`SELECT media.forget_old_audit(${keepDays}::int) AS gone`;
  return Number(row?.gone ?? 0);
}
