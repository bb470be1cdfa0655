import { retryClip } from '#lib/clips/change-clip.ts';
import { clipParamsSchema, clipSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  POST: defineRoute({
    auth: 'clips.write',
    params: clipParamsSchema,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await retryClip(deps, signedIn(user), params.clipId),
      schema: clipSchema,
    }),
  }),
});
