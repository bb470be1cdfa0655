import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import type { ClipFilter, ClipSort } from './clip-filter-schemas.ts';
import { type Neighbours, selectNeighbours } from './neighbours-repo.ts';

/** The clips right before and after one clip, in the list that the viewer came from. */
export function findNeighbours(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  clipId: string,
  list: ClipFilter & { sort: ClipSort },
): Promise<Neighbours> {
  authorize(user, 'clips.read');
  const { sort, ...filter } = list;
  return readWithinReach(deps.db, user, (reads) => selectNeighbours(reads, user, clipId, { filter, sort }));
}
