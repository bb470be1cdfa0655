import { deleteClip, patchClip } from '#lib/clips/change-clip.ts';
import { clipParamsSchema, clipSchema, patchClipSchema } from '#lib/clips/clip-schemas.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  GET: defineRoute({
    operation: { id: 'getClip', tag: 'Clips', summary: 'One clip with its signed assets and tags' },
    auth: 'clips.read',
    params: clipParamsSchema,
    answers: { 200: clipSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getClip(deps, signedIn(user), params.clip_id),
    }),
  }),
  PATCH: defineRoute({
    operation: {
      id: 'updateClip',
      tag: 'Clips',
      summary: 'Corrects the facts of a clip',
      description: 'Fields left out stay; null empties. The cut itself cannot be changed: make a new clip.',
    },
    auth: 'clips.write',
    params: clipParamsSchema,
    body: patchClipSchema,
    answers: { 200: clipSchema },
    handle: async ({ deps, user, params, body }) => ({
      status: 200,
      json: await patchClip(deps, signedIn(user), params.clip_id, body),
    }),
  }),
  DELETE: defineRoute({
    operation: { id: 'deleteClip', tag: 'Clips', summary: 'Deletes a clip' },
    auth: 'clips.delete',
    params: clipParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await deleteClip(deps, signedIn(user), params.clip_id);
      return { status: 204 };
    },
  }),
});
