import { addTag, removeTag } from '#lib/clips/change-clip.ts';
import { clipSchema, clipTagParamsSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  PUT: defineRoute({
    auth: 'clips.write',
    params: clipTagParamsSchema,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await addTag(deps, signedIn(user), params.clipId, params.tag),
      schema: clipSchema,
    }),
  }),
  DELETE: defineRoute({
    auth: 'clips.write',
    params: clipTagParamsSchema,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await removeTag(deps, signedIn(user), params.clipId, params.tag),
      schema: clipSchema,
    }),
  }),
});
