import { signedIn } from '#lib/http/define-resource.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { viewsSchema } from '#lib/views/view-schemas.ts';
import { getReelViews } from '#lib/views/who-watched.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getReelViews',
      tag: 'Views',
      summary: 'Who watched a reel, how much, and which seconds',
      description:
        'With the players to whom it is shown and who have not yet. Whoever has a link is counted as the link.',
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    answers: { 200: viewsSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getReelViews(deps, signedIn(user), params.reel_id),
    }),
  }),
});
