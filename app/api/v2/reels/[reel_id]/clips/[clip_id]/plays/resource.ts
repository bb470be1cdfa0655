import { signedIn } from '#lib/http/define-resource.ts';
import { tellShownPlay } from '#lib/reels/open-reel.ts';
import { reelClipParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'tellReelPlay',
      tag: 'Reels',
      summary: 'Tells that a clip has begun to play in a reel',
      description: 'Counts once for clip, person and hour, wherever it is played.',
    },
    auth: 'reels.read',
    params: reelClipParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await tellShownPlay(deps, signedIn(user), params);
      return { status: 204 };
    },
  }),
});
