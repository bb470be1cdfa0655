import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { selectPlayFacets } from './play-facet-repo.ts';
import type { PlayFilter } from './play-field-schemas.ts';
import { type PlayPlace, selectPlayPage } from './play-list-repo.ts';
import type { ListPlaysQuery, PlayFacetsJson, PlayListJson } from './play-list-schemas.ts';

/**
 * One page of the plays that the caller may see, with the total.
 * @throws AppError 400 for a cursor that was never issued, 403.
 */
export async function listPlays(
  deps: Pick<PortalDeps, 'db' | 'cursorSecret'>,
  user: UserContext,
  { sort, limit, cursor, ...filter }: ListPlaysQuery,
): Promise<PlayListJson> {
  authorize(user, 'plays.read');
  const order = `plays ${sort}`;
  const issued = cursor === undefined ? null : decodeCursor(deps.cursorSecret, cursor, order);
  const after = issued && (JSON.parse(issued.value) as PlayPlace);
  const page = await readWithinReach(deps.db, user, (reads) =>
    selectPlayPage(reads, user, { filter, sort, limit, after }),
  );
  const position = page.next && { sort: order, value: JSON.stringify(page.next), id: page.next.id };
  return {
    plays: page.plays,
    total: page.total,
    total_capped: page.totalCapped,
    next_cursor: position && encodeCursor(deps.cursorSecret, position),
  };
}

/** For each filter its values in the caller's reach, counted under the other filters. @throws AppError 403. */
export async function listPlayFacets(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  filter: PlayFilter,
): Promise<PlayFacetsJson> {
  authorize(user, 'plays.read');
  return readWithinReach(deps.db, user, (reads) => selectPlayFacets(reads, user, filter));
}
