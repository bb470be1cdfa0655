import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { type AuditRow, selectAudit } from './audit-repo.ts';
import type { AuditEntryJson, AuditListJson, ListAuditQuery } from './audit-schemas.ts';

const SORT = '-audit';

export const toAuditJson = ({ id, at, ...row }: AuditRow): AuditEntryJson => ({
  id: Number(id),
  at: at.toISOString(),
  actor_user_id: row.actor_user_id,
  actor_name: row.actor_name,
  api_key_id: row.api_key_id,
  action: row.action,
  target_type: row.target_type,
  target_id: row.target_id,
  team_codes: row.team_codes,
  ip: row.ip,
  request_id: row.request_id,
  before: row.before,
  after: row.after,
});

/**
 * One page of what was done in the caller's teams, newest first. Entries that belong to no team are for those who have
 * ALL. @throws AppError 403; 400 for a cursor that was never issued.
 */
export async function listAudit(
  deps: Pick<PortalDeps, 'db' | 'cursorSecret'>,
  user: UserContext,
  query: ListAuditQuery,
): Promise<AuditListJson> {
  authorize(user, 'people.read');
  const { limit, cursor, ...filter } = query;
  const below = cursor === undefined ? null : decodeCursor(deps.cursorSecret, cursor, SORT).id;
  const rows = await readWithinReach(deps.db, user, (reads) => selectAudit(reads, filter, { below, limit: limit + 1 }));
  const entries = rows.slice(0, limit).map(toAuditJson);
  const last = entries.at(-1);
  const more = rows.length > limit && last;
  return {
    entries,
    next_cursor: more ? encodeCursor(deps.cursorSecret, { sort: SORT, value: '', id: last.id }) : null,
  };
}
