import { clipFacetsSchema, facetsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listFacets } from '#lib/clips/list-facets.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listFacets',
      tag: 'Clips',
      summary: 'For each filter the values in reach, counted under the other filters',
    },
    auth: 'clips.read',
    query: facetsQuerySchema,
    answers: { 200: clipFacetsSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listFacets(deps, signedIn(user), query) }),
  }),
});
