import { clipParamsSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { viewsSchema } from '#lib/views/view-schemas.ts';
import { getClipViews } from '#lib/views/who-watched.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getClipViews',
      tag: 'Views',
      summary: 'Who watched a clip, how much, and which seconds, in reels and outside of them',
    },
    auth: 'reels.write',
    params: clipParamsSchema,
    answers: { 200: viewsSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getClipViews(deps, signedIn(user), params.clip_id),
    }),
  }),
});
