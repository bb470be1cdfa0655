import { clipListSchema, clipSchema, createClipSchema, listClipsQuerySchema } from '#lib/clips/clip-schemas.ts';
import { createClip } from '#lib/clips/create-clip.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { readIdempotencyKey } from '#lib/http/idempotency-key.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  GET: defineRoute({
    auth: 'clips.read',
    query: listClipsQuerySchema,
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: await listClips(deps, signedIn(user), query),
      schema: clipListSchema,
    }),
  }),
  POST: defineRoute({
    auth: 'clips.write',
    body: createClipSchema,
    handle: async ({ deps, user, body, request }) => {
      const { clip, created } = await createClip(deps, signedIn(user), body, readIdempotencyKey(request));
      return {
        status: created ? 201 : 200,
        json: clip,
        schema: clipSchema,
        headers: { Location: `/api/v2/clips/${encodeURIComponent(clip.clip_id)}` },
      };
    },
  }),
});
