import { signedIn } from '#lib/http/define-resource.ts';
import { createLinkSchema, linkListSchema, newLinkSchema } from '#lib/links/link-schemas.ts';
import { createLink, listReelLinks } from '#lib/links/manage-links.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listReelLinks',
      tag: 'Links',
      summary: 'The links that show a reel to people without an account, newest first',
      description: 'Those that are revoked or have expired too. Where they lead was told when they were made.',
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    answers: { 200: linkListSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await listReelLinks(deps, signedIn(user), params.reel_id),
    }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createReelLink',
      tag: 'Links',
      summary: 'Makes a link that shows a reel to people without an account',
      description:
        'Its address is answered this once. It shows what its maker is shown in the reel, for as long as they may show it.',
      problems: { 409: 'The reel has as many links as a reel may have.' },
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    body: createLinkSchema,
    answers: { 201: newLinkSchema },
    handle: async ({ deps, user, params, body }) => ({
      status: 201,
      json: await createLink(deps, signedIn(user), params.reel_id, body),
    }),
  }),
});
