import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { filmListInput, readFilmQuery } from '#app/_client/film-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { isAppError } from '#lib/errors.ts';
import { listFilmsQuerySchema } from '#lib/masters/film-schemas.ts';
import { listFilms } from '#lib/masters/list-films.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { FilmsPage } from './_components/films-page-client.tsx';

interface FilmsRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('film');
  return { title: t('title') };
}

export default async function FilmsRoute({ searchParams }: FilmsRouteProps) {
  const [{ deps }, search] = await Promise.all([getWebRuntime(), searchParams]);
  const user = await requirePageUser(pathWithQuery('/masters', search));
  if (!capabilitiesOf(user).canWatchMasters) forbidden();
  const query = readFilmQuery(search);
  const list = await listFilms(deps, user, listFilmsQuerySchema.parse(filmListInput(query))).catch((error: unknown) => {
    // An address that somebody has typed, or kept for too long: the list begins at its beginning.
    if (!query.cursor || !isAppError(error) || error.status !== 400) throw error;
    return listFilms(deps, user, listFilmsQuerySchema.parse(filmListInput({ ...query, cursor: '' })));
  });
  return <FilmsPage query={query} list={list} />;
}
