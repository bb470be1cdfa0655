import { deleteClip, patchClip } from '#lib/clips/change-clip.ts';
import { TRASH_DAYS } from '#lib/clips/clip-field-schemas.ts';
import { clipParamsSchema, clipSchema, patchClipSchema } from '#lib/clips/clip-schemas.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getClip', tag: 'Clips', summary: 'One clip with its signed assets and tags' },
    auth: 'clips.read',
    params: clipParamsSchema,
    answers: { 200: clipSchema },
    etag: (clip) => clip.version,
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
      ...IF_MATCH,
    },
    auth: 'clips.write',
    params: clipParamsSchema,
    body: patchClipSchema,
    answers: { 200: clipSchema },
    etag: (clip) => clip.version,
    handle: async ({ deps, user, params, body, request }) => {
      const target = { clipId: params.clip_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await patchClip(deps, signedIn(user), target, body) };
    },
  }),
  DELETE: defineRoute({
    operation: {
      id: 'deleteClip',
      tag: 'Clips',
      summary: `Puts a clip into the trash: ${TRASH_DAYS} days later it is gone for good`,
      ...IF_MATCH,
    },
    auth: 'clips.delete',
    params: clipParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params, request }) => {
      await deleteClip(deps, signedIn(user), { clipId: params.clip_id, ifMatch: readIfMatch(request) });
      return { status: 204 };
    },
  }),
});
