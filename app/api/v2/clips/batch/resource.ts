import { clipBatchResultSchema, createClipBatchSchema } from '#lib/clips/clip-schemas.ts';
import { createClipBatch } from '#lib/clips/create-clip-batch.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'createClips',
      tag: 'Clips',
      summary: 'Cuts up to 1,000 clips, with a result for each',
      description:
        'Answers 200 once the batch was worked on, whatever became of the items: each has its own status, as it would ' +
        'have been answered alone, and its problem. With `atomic`, one fault leaves nothing made, and the sound ones 424.',
    },
    auth: 'clips.write',
    body: createClipBatchSchema,
    maxBodyBytes: 8 * 1024 * 1024,
    judgedLater: 'clips',
    idempotent: true,
    answers: { 200: clipBatchResultSchema },
    handle: async ({ deps, user, body, idempotency }) => {
      const { result, isReplay } = await createClipBatch(deps, signedIn(user), body, idempotency);
      return { status: 200, json: result, headers: replayHeaders(isReplay) };
    },
  }),
});
