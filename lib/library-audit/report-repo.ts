import type { DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { AuditReport } from './library-audit-schemas.ts';

export type AuditOrigin = 'worker' | 'command';

/** One run as it is kept. */
export interface AuditRecord {
  id: bigint;
  origin: string;
  startedAt: Date;
  finishedAt: Date | null;
  /** By the database's clock: no sign of life for a while. */
  isSilent: boolean;
  report: unknown;
  error: string | null;
}

/** Runs that are kept; the nightly ones of a month. */
const KEPT = 30;
const SILENT_AFTER_SECONDS = 120;

const asJson = (report: AuditReport) => report as unknown as Prisma.InputJsonObject;

export async function insertAudit(db: DbOrTx, origin: AuditOrigin, report: AuditReport): Promise<bigint> {
  const { id } = await db.libraryAudit.create({ data: { origin, report: asJson(report) } });
  return id;
}

/** A sign of life, with what is known so far. */
export const beatAudit = (db: DbOrTx, id: bigint, report: AuditReport): Promise<unknown> => db.$executeRaw`
  UPDATE media.library_audits SET beat_at = now(), report = ${JSON.stringify(report)}::jsonb
  WHERE id = ${id} AND finished_at IS NULL`;

/** The end of a run; older ones than the newest thirty are forgotten. @param error why it could not go on. */
export async function finishAudit(
  db: DbOrTx,
  id: bigint,
  end: { report: AuditReport; error: string | null },
): Promise<void> {
  await db.$executeRaw`UPDATE media.library_audits SET beat_at = now(), finished_at = now(),
    report = ${JSON.stringify(end.report)}::jsonb, error = left(${end.error}, 300) WHERE id = ${id}`;
  await db.$executeRaw`DELETE FROM media.library_audits
    WHERE id NOT IN (SELECT id FROM media.library_audits ORDER BY started_at DESC, id DESC LIMIT ${KEPT})`;
}

/** The newest run, and the newest that looked at everything; under the table's policy. */
export async function selectLatestAudits(
  tx: DbOrTx,
): Promise<{ newest: AuditRecord | null; complete: AuditRecord | null }> {
  const rows = await tx.$queryRaw<AuditRecord[]>`
    SELECT id, origin, started_at AS "startedAt", finished_at AS "finishedAt", report, error,
      finished_at IS NULL AND beat_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS}) AS "isSilent"
    FROM media.library_audits ORDER BY started_at DESC, id DESC LIMIT ${KEPT}`;
  const complete = rows.find(({ finishedAt, error }) => finishedAt !== null && error === null);
  return { newest: rows[0] ?? null, complete: complete ?? null };
}
