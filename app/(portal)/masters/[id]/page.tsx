import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { filmClipsInput } from '#app/_client/master-queries.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { titleWhileThere } from '#app/_session/page-metadata.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { readMoment } from '#app/(portal)/watch/_components/clip-moment.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { listCodeWindows } from '#lib/code-windows/manage-code-windows.ts';
import { isAppError } from '#lib/errors.ts';
import { getFilm } from '#lib/masters/get-film.ts';
import { masterSchema } from '#lib/masters/master-schemas.ts';
import { watchMaster } from '#lib/masters/watch-master.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { FilmPage } from './_components/film-page-client.tsx';

interface FilmRouteProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One read for the page and its title. A master that one may not watch is not there. */
const loadFilm = cache(async (id: string, path: string) => {
  const [user, { deps }] = await Promise.all([requirePageUser(path), getWebRuntime()]);
  if (!capabilitiesOf(user).canWatchMasters || !masterSchema.shape.id.safeParse(id).success) notFound();
  const film = await getFilm(deps, user, id).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
  return { user, deps, film };
});

const loadRoute = async ({ params, searchParams }: FilmRouteProps) => {
  const [{ id }, search] = await Promise.all([params, searchParams]);
  return { ...(await loadFilm(id, pathWithQuery(`/masters/${id}`, search))), search };
};

export function generateMetadata(props: FilmRouteProps): Promise<Metadata> {
  return titleWhileThere(async () => {
    const [{ film }, t] = await Promise.all([loadRoute(props), getTranslator('film')]);
    return { title: `${t('title')} · ${film.filename}` };
  });
}

export default async function FilmRoute(props: FilmRouteProps) {
  const { user, deps, film, search } = await loadRoute(props);
  const [playback, clips, codeWindows] = await Promise.all([
    watchMaster(deps, user, film.id).catch((error: unknown) => {
      // Nothing of it can be played yet.
      if (isAppError(error) && error.status === 404) return null;
      throw error;
    }),
    listClips(deps, user, listClipsQuerySchema.parse(filmClipsInput(film.id))),
    listCodeWindows(deps, user, { team_code: film.team_code }),
  ]);
  return (
    <FilmPage
      key={film.id}
      film={film}
      playback={playback}
      clips={clips}
      codeWindows={codeWindows}
      servedAtMs={Date.now()}
      placeS={readMoment(search, film.duration_s ?? Number.MAX_VALUE).atS}
      canManage={capabilitiesOf(user).canManageMasters}
    />
  );
}
