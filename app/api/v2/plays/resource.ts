import { signedIn } from '#lib/http/define-resource.ts';
import { listPlays } from '#lib/plays/list-plays.ts';
import { listPlaysQuerySchema, playListSchema } from '#lib/plays/play-list-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'listPlays', tag: 'Plays', summary: 'The plays in reach, with where each is seen' },
    auth: 'plays.read',
    query: listPlaysQuerySchema,
    answers: { 200: playListSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listPlays(deps, signedIn(user), query) }),
  }),
});
