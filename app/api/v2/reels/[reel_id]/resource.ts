import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { deleteReel, patchReel } from '#lib/reels/change-reel.ts';
import { getReel } from '#lib/reels/get-reel.ts';
import { patchReelSchema, reelParamsSchema, reelSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getReel',
      tag: 'Reels',
      summary: 'One reel with what it shows',
      description:
        'Its clips are shown here and nowhere else to those who do not reach them: no list, count or search has them. ' +
        'Their playlists end when the reel does not show them any more.',
    },
    auth: 'reels.read',
    params: reelParamsSchema,
    answers: { 200: reelSchema },
    etag: (reel) => String(reel.version),
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getReel(deps, signedIn(user), params.reel_id),
    }),
  }),
  PATCH: defineRoute({
    operation: {
      id: 'updateReel',
      tag: 'Reels',
      summary: 'Changes the words of a reel, and to whom it is shown',
      description: 'Fields left out stay; null empties. What was shown ends at once for those who are left out.',
      ...IF_MATCH,
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    body: patchReelSchema,
    answers: { 200: reelSchema },
    etag: (reel) => String(reel.version),
    handle: async ({ deps, user, params, body, request }) => {
      const target = { reelId: params.reel_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await patchReel(deps, signedIn(user), target, body) };
    },
  }),
  DELETE: defineRoute({
    operation: { id: 'deleteReel', tag: 'Reels', summary: 'Deletes a reel; its clips stay', ...IF_MATCH },
    auth: 'reels.write',
    params: reelParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params, request }) => {
      await deleteReel(deps, signedIn(user), { reelId: params.reel_id, ifMatch: readIfMatch(request) });
      return { status: 204 };
    },
  }),
});
