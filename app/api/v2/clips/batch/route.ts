import { clipBatchResultSchema, createClipBatchSchema } from '#lib/clips/clip-schemas.ts';
import { createClips } from '#lib/clips/create-clip.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'createClips',
      tag: 'Clips',
      summary: 'Cuts many clips, all or none',
      problems: { 409: 'A `clip_id` is taken.', 422: 'A master is not one to cut from, or the times lie outside it.' },
    },
    auth: 'clips.write',
    body: createClipBatchSchema,
    answers: { 201: clipBatchResultSchema },
    handle: async ({ deps, user, body }) => ({
      status: 201,
      json: { clips: await createClips(deps, signedIn(user), body.clips) },
    }),
  }),
});
