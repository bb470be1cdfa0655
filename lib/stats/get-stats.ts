import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { ClipFilter } from '#lib/clips/clip-filter-schemas.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { selectBreakdown, selectOverview } from './stats-repo.ts';
import type { StatsBreakdownJson, StatsOverviewJson } from './stats-schemas.ts';

type Deps = Pick<PortalDeps, 'db'>;

/** Totals over the clips in the caller's reach, under the same filters as the list. */
export async function getStatsOverview(deps: Deps, user: UserContext, filter: ClipFilter): Promise<StatsOverviewJson> {
  authorize(user, 'clips.read');
  return readWithinReach(deps.db, user, (reads) => selectOverview(reads, user, filter));
}

/** The same clips counted by player, by game and by game date. */
export async function getStatsBreakdown(
  deps: Deps,
  user: UserContext,
  filter: ClipFilter,
): Promise<StatsBreakdownJson> {
  authorize(user, 'clips.read');
  return readWithinReach(deps.db, user, (reads) => selectBreakdown(reads, user, filter));
}
