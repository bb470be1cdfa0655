import { clipFacetsSchema, facetsQuerySchema } from '#lib/clips/clip-schemas.ts';
import { listFacets } from '#lib/clips/list-facets.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  GET: defineRoute({
    auth: 'clips.read',
    query: facetsQuerySchema,
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: await listFacets(deps, signedIn(user), query),
      schema: clipFacetsSchema,
    }),
  }),
});
