import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { type GamePlace, selectFilms } from './film-repo.ts';
import type { FilmListJson, ListFilmsQuery } from './film-schemas.ts';

/** The only order of the list, as its cursors name it. */
const SORT = 'films';
/** A page ends with a game. */
const GAMES_A_PAGE = 20;

/**
 * One page of the films that the caller may watch and mark clips in, the newest game first.
 * @throws AppError 400 for a cursor that was never issued, 403.
 */
export async function listFilms(
  deps: Pick<PortalDeps, 'db' | 'cursorSecret'>,
  user: UserContext,
  { cursor, ...query }: ListFilmsQuery,
  games = GAMES_A_PAGE,
): Promise<FilmListJson> {
  authorize(user, 'masters.watch');
  const issued = cursor === undefined ? null : decodeCursor(deps.cursorSecret, cursor, SORT).value;
  const after = issued === null ? null : (JSON.parse(issued) as GamePlace);
  const { films, next } = await readWithinReach(deps.db, user, (reads) =>
    selectFilms(reads, user, query, { after, games }),
  );
  const position = next && { sort: SORT, value: JSON.stringify(next), id: 0 };
  return { films, next_cursor: position && encodeCursor(deps.cursorSecret, position) };
}
