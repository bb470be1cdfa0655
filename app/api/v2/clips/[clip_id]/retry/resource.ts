import { retryClip } from '#lib/clips/change-clip.ts';
import { clipParamsSchema, clipSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'retryClip',
      tag: 'Clips',
      summary: 'Puts a failed clip in line again',
      problems: { 409: 'The clip has not failed.' },
    },
    auth: 'clips.write',
    params: clipParamsSchema,
    answers: { 200: clipSchema },
    etag: (clip) => clip.version,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await retryClip(deps, signedIn(user), params.clip_id),
    }),
  }),
});
