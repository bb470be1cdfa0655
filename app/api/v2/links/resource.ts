import { signedIn } from '#lib/http/define-resource.ts';
import { linkListSchema, listLinksQuerySchema } from '#lib/links/link-schemas.ts';
import { listLinks } from '#lib/links/manage-links.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listLinks',
      tag: 'Links',
      summary: 'All links of the caller’s teams that open something still, newest first',
      description: 'Also of reels that the caller is not shown: without their titles.',
    },
    auth: 'people.manage',
    query: listLinksQuerySchema,
    answers: { 200: linkListSchema },
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listLinks(deps, signedIn(user), query) }),
  }),
});
