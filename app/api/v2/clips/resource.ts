import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { clipListSchema, clipSchema, createClipSchema } from '#lib/clips/clip-schemas.ts';
import { createClip } from '#lib/clips/create-clip.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listClips',
      tag: 'Clips',
      summary: 'The clips in reach, newest first, one page',
      description: 'Follow `next_cursor` until it is null; `offset` is kept for older clients.',
    },
    auth: 'clips.read',
    query: listClipsQuerySchema,
    answers: { 200: clipListSchema },
    etag: () => null,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listClips(deps, signedIn(user), query) }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createClip',
      tag: 'Clips',
      summary: 'Cuts a clip out of a master',
      description:
        'Answers at once with the clip `pending`; a worker cuts it. 200 with the clip as it is now, and ' +
        '`Idempotency-Replayed: true`, when the same request came before with the same Idempotency-Key.',
      problems: {
        409: 'The `clip_id` is taken, or the clip that the key made was deleted since.',
        422: 'The master is not one to cut from, or the times lie outside it.',
      },
    },
    auth: 'clips.write',
    body: createClipSchema,
    idempotent: true,
    answers: { 201: clipSchema, 200: clipSchema },
    etag: (clip) => clip.version,
    handle: async ({ deps, user, body, idempotency }) => {
      const { clip, isReplay } = await createClip(deps, signedIn(user), body, idempotency);
      const headers = { Location: `/api/v2/clips/${encodeURIComponent(clip.clip_id)}`, ...replayHeaders(isReplay) };
      return { status: isReplay ? 200 : 201, json: clip, headers };
    },
  }),
});
