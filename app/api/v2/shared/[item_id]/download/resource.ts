import { downloadByLink, payerOfLink } from '#lib/links/link-media.ts';
import { linkTokenQuerySchema, sharedItemParamsSchema } from '#lib/links/shared-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'downloadShared',
      tag: 'Links',
      summary: 'The file of one clip that a link shows, to be kept',
      description: 'Of a link without names its name says nothing.',
      problems: { 404: 'The link does not show it (any more), allows no downloads, or there is no file.' },
    },
    auth: 'public',
    payer: ({ deps, url, params }) => payerOfLink(deps, params, url.searchParams.get('token')),
    params: sharedItemParamsSchema,
    query: linkTokenQuerySchema,
    answers: { 302: { location: 'A signed URL of the file.' } },
    handle: async ({ deps, params, query }) => {
      const { url } = await downloadByLink(deps, params.item_id, query.token);
      return { status: 302, location: url };
    },
  }),
});
