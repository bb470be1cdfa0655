import type { PortalDeps } from '#lib/deps.ts';
import { forgetViewClocks, sumUpOldViews } from './view-repo.ts';
import { KEPT_DAYS, LATEST_DAYS } from './view-schemas.ts';

const DAY_MS = 24 * 3_600_000;

/** Of what is past its time sums are left, and nobody's name; for the worker. Answers how many views that were. */
export async function forgetOldViews(db: PortalDeps['db'], now: Date): Promise<number> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  // A day more than parts are taken late: what was told is known for as long as it can come again.
  await forgetViewClocks(db, daysAgo(LATEST_DAYS + 1));
  return sumUpOldViews(db, daysAgo(KEPT_DAYS));
}
