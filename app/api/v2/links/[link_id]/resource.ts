import { signedIn } from '#lib/http/define-resource.ts';
import { linkParamsSchema } from '#lib/links/link-schemas.ts';
import { revokeLink } from '#lib/links/manage-links.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  DELETE: defineRoute({
    operation: {
      id: 'revokeLink',
      tag: 'Links',
      summary: 'Takes a link back',
      description: 'It opens nothing from now on, and what it has shown plays no further than what was signed before.',
    },
    auth: 'reels.write',
    params: linkParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await revokeLink(deps, signedIn(user), params.link_id);
      return { status: 204 };
    },
  }),
});
