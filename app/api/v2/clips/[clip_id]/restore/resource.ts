import { restoreClip } from '#lib/clips/change-clip.ts';
import { clipParamsSchema, clipSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'restoreClip',
      tag: 'Clips',
      summary: 'Takes a clip out of the trash',
      description: 'What was not cut when it was deleted is put in line again.',
      problems: { 409: 'The clip is not in the trash.' },
    },
    auth: 'clips.delete',
    params: clipParamsSchema,
    answers: { 200: clipSchema },
    etag: (clip) => clip.version,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await restoreClip(deps, signedIn(user), params.clip_id),
    }),
  }),
});
