import { signedIn } from '#lib/http/define-resource.ts';
import { listReelNotes } from '#lib/notes/get-notes.ts';
import { noteListSchema } from '#lib/notes/note-schemas.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listReelNotes',
      tag: 'Notes',
      summary: 'The notes on what a reel shows to the caller',
      description: 'Each with its clip, and only those that lie in what the reel shows of it.',
    },
    auth: 'reels.read',
    params: reelParamsSchema,
    answers: { 200: noteListSchema },
    etag: () => null,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await listReelNotes(deps, signedIn(user), params.reel_id),
    }),
  }),
});
