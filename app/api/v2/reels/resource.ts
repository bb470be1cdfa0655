import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { createReel } from '#lib/reels/change-reel.ts';
import { listReels } from '#lib/reels/get-reel.ts';
import { createReelSchema, listReelsQuerySchema, reelListSchema, reelSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listReels',
      tag: 'Reels',
      summary: 'The reels that are shown to the caller, newest first, one page',
      description: 'Follow `next_cursor` until it is null.',
    },
    auth: 'reels.read',
    query: listReelsQuerySchema,
    answers: { 200: reelListSchema },
    etag: () => null,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listReels(deps, signedIn(user), query) }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createReel',
      tag: 'Reels',
      summary: 'Makes an empty reel',
      description: 'It is its maker’s alone until it is shown to somebody.',
      problems: { 409: 'The reel that the key made was deleted since.' },
    },
    auth: 'reels.write',
    body: createReelSchema,
    idempotent: true,
    answers: { 201: reelSchema, 200: reelSchema },
    etag: (reel) => String(reel.version),
    handle: async ({ deps, user, body, idempotency }) => {
      const { reel, isReplay } = await createReel(deps, signedIn(user), body, idempotency);
      const headers = { Location: `/api/v2/reels/${reel.id}`, ...replayHeaders(isReplay) };
      return { status: isReplay ? 200 : 201, json: reel, headers };
    },
  }),
});
