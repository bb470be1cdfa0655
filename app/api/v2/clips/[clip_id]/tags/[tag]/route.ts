import { addTag, removeTag } from '#lib/clips/change-clip.ts';
import { clipSchema, clipTagParamsSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  PUT: defineRoute({
    operation: { id: 'addTag', tag: 'Clips', summary: 'Adds a tag; one that is there already stays' },
    auth: 'clips.write',
    params: clipTagParamsSchema,
    answers: { 200: clipSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await addTag(deps, signedIn(user), params.clip_id, params.tag),
    }),
  }),
  DELETE: defineRoute({
    operation: { id: 'removeTag', tag: 'Clips', summary: 'Takes a tag off' },
    auth: 'clips.write',
    params: clipTagParamsSchema,
    answers: { 200: clipSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await removeTag(deps, signedIn(user), params.clip_id, params.tag),
    }),
  }),
});
