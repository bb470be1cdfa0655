import { addTag, removeTag } from '#lib/clips/change-clip.ts';
import { clipSchema, clipTagParamsSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  PUT: defineRoute({
    operation: { id: 'addTag', tag: 'Clips', summary: 'Adds a tag; one that is there already stays', ...IF_MATCH },
    auth: 'clips.write',
    params: clipTagParamsSchema,
    answers: { 200: clipSchema },
    etag: (clip) => clip.version,
    handle: async ({ deps, user, params, request }) => {
      const target = { clipId: params.clip_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await addTag(deps, signedIn(user), target, params.tag) };
    },
  }),
  DELETE: defineRoute({
    operation: { id: 'removeTag', tag: 'Clips', summary: 'Takes a tag off', ...IF_MATCH },
    auth: 'clips.write',
    params: clipTagParamsSchema,
    answers: { 200: clipSchema },
    etag: (clip) => clip.version,
    handle: async ({ deps, user, params, request }) => {
      const target = { clipId: params.clip_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await removeTag(deps, signedIn(user), target, params.tag) };
    },
  }),
});
