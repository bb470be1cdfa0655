import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import type { ClipFilter, ClipSort } from './clip-filter-schemas.ts';
import { selectNeighbours } from './clip-repo.ts';

export interface Neighbours {
  previous: string | null;
  next: string | null;
  /** The clip's place in the list, from 1; `null` when the list does not hold it. */
  position: number | null;
  total: number;
}

/** The clips right before and after one clip, in the list that the viewer came from. */
export function findNeighbours(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  clipId: string,
  list: ClipFilter & { sort: ClipSort },
): Promise<Neighbours> {
  authorize(user, 'clips.read');
  const { sort, ...filter } = list;
  return withinReach(deps.db, user, (tx) => selectNeighbours(tx, user, clipId, { filter, sort }));
}
