import { getLinkText, payerOfLink } from '#lib/links/link-media.ts';
import { linkTokenQuerySchema, sharedTextParamsSchema } from '#lib/links/shared-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

/** Public to HTTP, because players send no header; the link's token in the URL decides. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getSharedText',
      tag: 'Links',
      summary: 'A playlist of what a link shows',
      description: 'Its token names the link and the item: it ends with the link.',
      problems: { 404: 'The link does not show it (any more), or the token is another’s.' },
    },
    auth: 'public',
    isOpenToPages: true,
    payer: ({ deps, url, params }) => payerOfLink(deps, params, url.searchParams.get('token')),
    params: sharedTextParamsSchema,
    query: linkTokenQuerySchema,
    answers: {
      200: { media: ['application/vnd.apple.mpegurl'] },
      302: { location: 'The clip’s file, while there are no segments to make a playlist of.' },
    },
    handle: async ({ deps, params, query }) => {
      const text = await getLinkText(deps, params, query.token);
      if ('location' in text) return { status: 302, location: text.location };
      return { status: 200, text: text.body, headers: { 'Content-Type': text.contentType } };
    },
  }),
});
