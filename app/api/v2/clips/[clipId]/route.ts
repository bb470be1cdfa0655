import { deleteClip, patchClip } from '#lib/clips/change-clip.ts';
import { clipParamsSchema, clipSchema, patchClipSchema } from '#lib/clips/clip-schemas.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  GET: defineRoute({
    auth: 'clips.read',
    params: clipParamsSchema,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getClip(deps, signedIn(user), params.clipId),
      schema: clipSchema,
    }),
  }),
  PATCH: defineRoute({
    auth: 'clips.write',
    params: clipParamsSchema,
    body: patchClipSchema,
    handle: async ({ deps, user, params, body }) => ({
      status: 200,
      json: await patchClip(deps, signedIn(user), params.clipId, body),
      schema: clipSchema,
    }),
  }),
  DELETE: defineRoute({
    auth: 'clips.delete',
    params: clipParamsSchema,
    handle: async ({ deps, user, params }) => {
      await deleteClip(deps, signedIn(user), params.clipId);
      return { status: 204 };
    },
  }),
});
