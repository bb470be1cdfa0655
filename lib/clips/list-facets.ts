import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import type { ClipFacetsJson, ClipFilter } from './clip-filter-schemas.ts';
import { selectFacets } from './facet-repo.ts';

/** For each filter its values in the caller's reach, counted under all the other filters. */
export async function listFacets(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  filter: ClipFilter,
): Promise<ClipFacetsJson> {
  authorize(user, 'clips.read');
  return readWithinReach(deps.db, user, (reads) => selectFacets(reads, user, filter));
}
