import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { csvText } from '#lib/http/csv.ts';
import { type AuditRow, selectAudit } from './audit-repo.ts';
import type { AuditEntryJson, AuditFilter } from './audit-schemas.ts';
import { toAuditJson } from './list-audit.ts';
import { recordAudit } from './record-audit.ts';

/** Rows that are read, and held, at a time. */
const PAGE_ROWS = 1000;

const COLUMNS: readonly (keyof AuditEntryJson)[] = [
  'id',
  'at',
  'actor_user_id',
  'actor_name',
  'api_key_id',
  'action',
  'target_type',
  'target_id',
  'team_codes',
  'ip',
  'request_id',
  'before',
  'after',
];

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const auditCsv = (rows: readonly AuditRow[], options: { header: boolean }): string =>
  csvText(
    COLUMNS,
    rows.map((row) => {
      const entry = toAuditJson(row);
      return COLUMNS.map((column) => cellOf(entry[column]));
    }),
    options,
  );

/**
 * Everything that the filter finds in the caller's reach, as CSV, newest first. Page by page, as fast as it is read: a
 * log of any length takes the memory of one page. That it was exported is written down first.
 * @throws AppError 403
 */
export async function exportAudit(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  filter: AuditFilter,
): Promise<ReadableStream<Uint8Array>> {
  authorize(user, 'people.read');
  const pageBelow = (below: number | null) =>
    withinReach(deps.db, user, (tx) => selectAudit(tx, filter, { below, limit: PAGE_ROWS }));
  const first = await withinReach(deps.db, user, async (tx) => {
    const rows = await selectAudit(tx, filter, { below: null, limit: PAGE_ROWS });
    const target = { type: 'audit', id: 'export' } as const;
    await recordAudit(tx, user, { action: 'audit.export', target, teams: user.teamAccess, after: filter });
    return rows;
  });
  const encoder = new TextEncoder();
  let rows: AuditRow[] | null = null;
  return new ReadableStream({
    async pull(controller) {
      const isFirst = rows === null;
      const last = rows?.at(-1);
      rows = last ? await pageBelow(Number(last.id)) : first;
      if (isFirst || rows.length > 0) controller.enqueue(encoder.encode(auditCsv(rows, { header: isFirst })));
      if (rows.length < PAGE_ROWS) controller.close();
    },
  });
}
