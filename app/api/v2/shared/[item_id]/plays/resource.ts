import { payerOfLink, tellLinkPlay } from '#lib/links/link-media.ts';
import { linkTokenQuerySchema, sharedItemParamsSchema } from '#lib/links/shared-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'tellSharedPlay',
      tag: 'Links',
      summary: 'Tells that an item has begun to play through a link',
      description: 'Counts once for clip, link and hour, as asking for a playlist does.',
      problems: { 404: 'The link does not show it (any more).' },
    },
    auth: 'public',
    payer: ({ deps, url, params }) => payerOfLink(deps, params, url.searchParams.get('token')),
    params: sharedItemParamsSchema,
    query: linkTokenQuerySchema,
    answers: { 204: null },
    handle: async ({ deps, params, query }) => {
      await tellLinkPlay(deps, params.item_id, query.token);
      return { status: 204 };
    },
  }),
});
