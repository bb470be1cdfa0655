import { authorize, mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { selectFilm, selectFilmAt } from './film-repo.ts';
import type { FilmJson } from './film-schemas.ts';

/** A master to watch and to mark clips in. @throws AppError 403, 404. */
export async function getFilm(deps: Pick<PortalDeps, 'db'>, user: UserContext, id: string): Promise<FilmJson> {
  authorize(user, 'masters.watch');
  const film = await readWithinReach(deps.db, user, (reads) => selectFilm(reads, user, id));
  if (!film) throw notFound('Master');
  return film;
}

/**
 * The film that a clip was marked in, for those who may watch it: its master's id; `null` for others, who are asked nothing
 * more, and where there is none.
 * @param lakeUri `source_gcs_uri` of the clip.
 */
export async function findFilmOf(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  lakeUri: string | null | undefined,
): Promise<string | null> {
  if (!lakeUri || !mayDo(user, 'masters.watch')) return null;
  return readWithinReach(deps.db, user, (reads) => selectFilmAt(reads, user, lakeUri));
}
