import { clipBatchResultSchema, createClipBatchSchema } from '#lib/clips/clip-schemas.ts';
import { createClips } from '#lib/clips/create-clip.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  POST: defineRoute({
    auth: 'clips.write',
    body: createClipBatchSchema,
    handle: async ({ deps, user, body }) => ({
      status: 201,
      json: { clips: await createClips(deps, signedIn(user), body.clips) },
      schema: clipBatchResultSchema,
    }),
  }),
});
