import { authorize, reachOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { type AuditReport, auditReportSchema } from './library-audit-schemas.ts';
import { type AuditRecord, selectLatestAudits } from './report-repo.ts';

/** What the masters' page shows of the audit. */
export interface LibraryAudit {
  /** How the newest run stands. */
  state: 'never' | 'running' | 'broken_off' | 'failed' | 'done';
  /** When it began; `null` when there was none. */
  startedAt: Date | null;
  /** The newest run that looked at everything. */
  last: { finishedAt: Date; report: AuditReport } | null;
}

function stateOf(newest: AuditRecord | null): LibraryAudit['state'] {
  if (!newest) return 'never';
  if (newest.finishedAt) return newest.error === null ? 'done' : 'failed';
  return newest.isSilent ? 'broken_off' : 'running';
}

/**
 * How the library's last audit went. Its findings name objects of every team: `null` for an admin who has not all of
 * them. @throws AppError 403.
 */
export async function getLibraryAudit(deps: Pick<PortalDeps, 'db'>, user: UserContext): Promise<LibraryAudit | null> {
  authorize(user, 'masters.delete');
  const reach = reachOf(user);
  if (reach.kind !== 'rows' || reach.teams !== 'ALL') return null;
  const { newest, complete } = await withinReach(deps.db, user, selectLatestAudits);
  return {
    state: stateOf(newest),
    startedAt: newest?.startedAt ?? null,
    last: complete?.finishedAt
      ? { finishedAt: complete.finishedAt, report: auditReportSchema.parse(complete.report) }
      : null,
  };
}
