import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { addItems, putItems } from '#lib/reels/change-items.ts';
import {
  addedItemsSchema,
  addItemsSchema,
  putItemsSchema,
  reelParamsSchema,
  reelSchema,
} from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'addReelItems',
      tag: 'Reels',
      summary: 'Puts clips at the end of a reel',
      description: 'Clips of the caller’s reach, of the reel’s team. The same clip twice is two items.',
      headers: IF_MATCH.headers,
      problems: {
        ...IF_MATCH.problems,
        422: 'The reel would have more than 1,000 items (`too_many_items`), or a clip is of another team.',
      },
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    body: addItemsSchema,
    idempotent: true,
    answers: { 201: addedItemsSchema, 200: addedItemsSchema },
    etag: ({ version }) => (version === null ? null : String(version)),
    handle: async ({ deps, user, params, body, idempotency, request }) => {
      const target = { reelId: params.reel_id, ifMatch: readIfMatch(request) };
      const { added, isReplay } = await addItems(deps, signedIn(user), target, body, idempotency);
      return { status: isReplay ? 200 : 201, json: added, headers: replayHeaders(isReplay) };
    },
  }),
  PUT: defineRoute({
    operation: {
      id: 'putReelItems',
      tag: 'Reels',
      summary: 'Puts the items of a reel in order, with their trims and notes',
      description: 'All items that the reel is to keep: those that are not named are taken out.',
      headers: IF_MATCH.headers,
      problems: {
        ...IF_MATCH.problems,
        422: 'The reel has no such item (`unknown_item`), or one ends behind its clip (`beyond_clip`).',
        428: 'There is no `If-Match`: an order that does not know the newest items would lose them.',
      },
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    body: putItemsSchema,
    maxBodyBytes: 8 * 1024 * 1024,
    answers: { 200: reelSchema },
    etag: (reel) => String(reel.version),
    handle: async ({ deps, user, params, body, request }) => {
      const target = { reelId: params.reel_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await putItems(deps, signedIn(user), target, body) };
    },
  }),
});
