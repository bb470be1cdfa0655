import { signedIn } from '#lib/http/define-resource.ts';
import { openReel } from '#lib/reels/open-reel.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'openReel',
      tag: 'Reels',
      summary: 'Tells that the caller has opened a reel',
      description: 'It is new to them no more.',
    },
    auth: 'reels.read',
    params: reelParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await openReel(deps, signedIn(user), params.reel_id);
      return { status: 204 };
    },
  }),
});
