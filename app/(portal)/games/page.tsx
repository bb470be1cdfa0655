import type { Metadata } from 'next';
import { gameListInput, readGameQuery } from '#app/_client/game-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { GameImport } from '#app/(portal)/_games/game-import-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listGamesQuerySchema } from '#lib/plays/game-schemas.ts';
import { listGames } from '#lib/plays/list-games.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { GamesPage } from './_components/games-page-client.tsx';

interface GamesRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('games');
  return { title: t('title') };
}

export default async function GamesRoute({ searchParams }: GamesRouteProps) {
  const [{ deps }, search] = await Promise.all([getWebRuntime(), searchParams]);
  const user = await requirePageUser(pathWithQuery('/games', search));
  const query = readGameQuery(search);
  const list = await listGames(deps, user, listGamesQuerySchema.parse(gameListInput(query)));
  const { canManageMasters, canWatchMasters, canWritePlays } = capabilitiesOf(user);
  return (
    <GameImport game={null} ownTeams={user.teamAccess} canImport={canWritePlays}>
      <GamesPage
        query={query}
        first={{ list, loadedAtMs: Date.now() }}
        isPlayer={user.role === 'player'}
        seesFilm={canWatchMasters}
        canManageMasters={canManageMasters}
      />
    </GameImport>
  );
}
