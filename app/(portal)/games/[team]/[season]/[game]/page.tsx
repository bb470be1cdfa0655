import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { gameHref } from '#app/_client/game-href.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { titleWhileThere } from '#app/_session/page-metadata.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { GameImport } from '#app/(portal)/_games/game-import-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { listCodeWindows } from '#lib/code-windows/manage-code-windows.ts';
import { isAppError } from '#lib/errors.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import { listFilms } from '#lib/masters/list-films.ts';
import type { MasterPlaybackJson } from '#lib/masters/master-schemas.ts';
import { watchMaster } from '#lib/masters/watch-master.ts';
import { type GameParams, gameParamsSchema } from '#lib/plays/game-schemas.ts';
import { getGame } from '#lib/plays/list-games.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { GamePage } from './_components/game-page-client.tsx';

interface GameRouteProps {
  params: Promise<{ team: string; season: string; game: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const nullWhereNothingIs = (error: unknown): null => {
  if (isAppError(error) && error.status === 404) return null;
  throw error;
};

/** One read for the page and its title. */
const loadGame = cache(async (team: string, season: string, gameId: string, path: string) => {
  const [user, { deps }] = await Promise.all([requirePageUser(path), getWebRuntime()]);
  const named = gameParamsSchema.safeParse({ team_code: team, season, game_id: gameId });
  const game = named.success ? await getGame(deps, user, named.data).catch(nullWhereNothingIs) : null;
  if (!game) notFound();
  return { user, deps, game };
});

const loadRoute = async ({ params, searchParams }: GameRouteProps) => {
  const [{ team, season, game }, search] = await Promise.all([params, searchParams]);
  const path = gameHref({ team_code: team, season, game_id: game });
  return loadGame(team, season, game, pathWithQuery(path, search));
};

/** The game's films with where each is watched, as far as it can be; none for those who watch no masters. */
async function loadFilms(
  deps: Awaited<ReturnType<typeof getWebRuntime>>['deps'],
  user: UserContext,
  { team_code, season, game_id }: GameParams,
): Promise<{ film: FilmJson; playback: MasterPlaybackJson | null }[]> {
  if (!capabilitiesOf(user).canWatchMasters) return [];
  const { films } = await listFilms(deps, user, { team_code, season, game_id });
  return Promise.all(
    films.map(async (film) => ({
      film,
      playback: await watchMaster(deps, user, film.id).catch(nullWhereNothingIs),
    })),
  );
}

export function generateMetadata(props: GameRouteProps): Promise<Metadata> {
  return titleWhileThere(async () => {
    const [{ game }, t] = await Promise.all([loadRoute(props), getTranslator('games')]);
    return { title: `${t('title')} · ${game.team_code} ${game.game_id}` };
  });
}

export default async function GameRoute(props: GameRouteProps) {
  const { user, deps, game } = await loadRoute(props);
  const can = capabilitiesOf(user);
  const { team_code, season, game_id } = game;
  const [films, codeWindows] = await Promise.all([
    loadFilms(deps, user, game),
    can.canEditClips ? listCodeWindows(deps, user, { team_code }) : [],
  ]);
  return (
    <GameImport game={{ team_code, season, game_id }} ownTeams={user.teamAccess} canImport={can.canWritePlays}>
      <GamePage
        key={`${team_code} ${season} ${game_id}`}
        {...{ game, films, codeWindows, can }}
        servedAtMs={Date.now()}
      />
    </GameImport>
  );
}
