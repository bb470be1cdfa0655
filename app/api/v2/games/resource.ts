import { signedIn } from '#lib/http/define-resource.ts';
import { gameListSchema, listGamesQuerySchema } from '#lib/plays/game-schemas.ts';
import { listGames } from '#lib/plays/list-games.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listGames',
      tag: 'Plays',
      summary: 'The games in reach, the newest first',
      description: 'A game is there as soon as a master, a clip or a play of it is.',
    },
    auth: 'plays.read',
    query: listGamesQuerySchema,
    answers: { 200: gameListSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listGames(deps, signedIn(user), query) }),
  }),
});
