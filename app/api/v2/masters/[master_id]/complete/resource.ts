import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { completeUpload } from '#lib/masters/complete-upload.ts';
import { masterParamsSchema, masterSchema } from '#lib/masters/master-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'completeUpload',
      tag: 'Masters',
      summary: 'Ends an upload: size, checksum and video are checked',
      description:
        'Of an upload that was completed before, by another request at the same moment say, it answers the master.',
      problems: {
        409: 'Bytes are missing still.',
        422: 'The file cannot be a master; the detail says why.',
      },
    },
    auth: 'masters.write',
    params: masterParamsSchema,
    idempotent: true,
    answers: { 200: masterSchema },
    handle: async ({ deps, user, params, idempotency, request }) => {
      const { master, isReplay } = await completeUpload(deps, signedIn(user), params.master_id, {
        request: idempotency,
        signal: request.signal,
      });
      return { status: 200, json: master, headers: replayHeaders(isReplay) };
    },
  }),
});
