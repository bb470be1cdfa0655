import { signedIn } from '#lib/http/define-resource.ts';
import { gameParamsSchema, gameWithRostersSchema } from '#lib/plays/game-schemas.ts';
import { getGame } from '#lib/plays/list-games.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getGame', tag: 'Plays', summary: 'One game, with its rosters as far as files name them' },
    auth: 'plays.read',
    params: gameParamsSchema,
    answers: { 200: gameWithRostersSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, params }) => ({ status: 200, json: await getGame(deps, signedIn(user), params) }),
  }),
});
