import { messageOf } from '#lib/errors.ts';
import { auditLibrary } from './audit-library.ts';
import type { AuditDeps, AuditOptions } from './audit-run.ts';
import { type AuditReport, emptyReport } from './library-audit-schemas.ts';
import { type AuditOrigin, beatAudit, finishAudit, insertAudit } from './report-repo.ts';

const BEAT_EVERY_MS = 10_000;

/**
 * An audit whose result is kept, for the masters' page to show. One that fails is kept with its reason, and the failure
 * goes on to the caller.
 */
export async function runLibraryAudit(
  deps: AuditDeps,
  options: AuditOptions & { origin: AuditOrigin },
): Promise<AuditReport> {
  let known = emptyReport(options.fix);
  const id = await insertAudit(deps.db, options.origin, known);
  const beat = setInterval(() => {
    // A sign of life that is lost is followed by another.
    beatAudit(deps.db, id, known).catch(() => undefined);
  }, BEAT_EVERY_MS);
  const onProgress = (report: AuditReport) => {
    known = report;
    options.onProgress?.(report);
  };
  let error: string | null = null;
  try {
    known = await auditLibrary(deps, { ...options, onProgress });
    return known;
  } catch (failure) {
    error = messageOf(failure) || 'failed without a word';
    throw failure;
  } finally {
    clearInterval(beat);
    await finishAudit(deps.db, id, { report: known, error });
  }
}
