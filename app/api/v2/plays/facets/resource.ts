import { signedIn } from '#lib/http/define-resource.ts';
import { listPlayFacets } from '#lib/plays/list-plays.ts';
import { playFacetsQuerySchema, playFacetsSchema } from '#lib/plays/play-list-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listPlayFacets',
      tag: 'Plays',
      summary: 'For each filter of plays the values in reach, counted under the other filters',
    },
    auth: 'plays.read',
    query: playFacetsQuerySchema,
    answers: { 200: playFacetsSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listPlayFacets(deps, signedIn(user), query) }),
  }),
});
