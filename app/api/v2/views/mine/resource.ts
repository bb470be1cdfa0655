import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { ownViewsSchema } from '#lib/views/view-schemas.ts';
import { getOwnViews } from '#lib/views/who-watched.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getOwnViews',
      tag: 'Views',
      summary: 'What is kept of the caller’s own watching, and for how long',
    },
    auth: 'account.read',
    answers: { 200: ownViewsSchema },
    handle: async ({ deps, user }) => ({ status: 200, json: await getOwnViews(deps, signedIn(user)) }),
  }),
});
