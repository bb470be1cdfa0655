import { signedIn } from '#lib/http/define-resource.ts';
import { completeUpload } from '#lib/masters/complete-upload.ts';
import { masterParamsSchema, masterSchema } from '#lib/masters/master-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  POST: defineRoute({
    auth: 'masters.write',
    params: masterParamsSchema,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await completeUpload(deps, signedIn(user), params.masterId),
      schema: masterSchema,
    }),
  }),
});
