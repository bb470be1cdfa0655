import { clipPlaylistsSchema } from '#lib/clips/clip-schemas.ts';
import { getLinkPlaylists, payerOfLink } from '#lib/links/link-media.ts';
import { linkTokenQuerySchema, sharedItemParamsSchema } from '#lib/links/shared-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getSharedPlaylists',
      tag: 'Links',
      summary: 'The texts of the playlists of what a link shows, all at once',
      description: 'By the token of its playlist’s URL. What they name are signed URLs. Asking is no play.',
      problems: { 404: 'The link does not show it (any more), or it cannot be played (yet).' },
    },
    auth: 'public',
    payer: ({ deps, url, params }) => payerOfLink(deps, params, url.searchParams.get('token')),
    params: sharedItemParamsSchema,
    query: linkTokenQuerySchema,
    answers: { 200: clipPlaylistsSchema },
    handle: async ({ deps, params, query }) => ({
      status: 200,
      json: await getLinkPlaylists(deps, params.item_id, query.token),
    }),
  }),
});
