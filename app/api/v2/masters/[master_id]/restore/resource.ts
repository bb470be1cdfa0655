import { signedIn } from '#lib/http/define-resource.ts';
import { restoreMaster } from '#lib/masters/delete-master.ts';
import { masterParamsSchema, masterSchema } from '#lib/masters/master-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'restoreMaster',
      tag: 'Masters',
      summary: 'Takes a master out of the trash',
      problems: { 409: 'The master is not in the trash.' },
    },
    auth: 'masters.delete',
    params: masterParamsSchema,
    answers: { 200: masterSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await restoreMaster(deps, signedIn(user), params.master_id),
    }),
  }),
});
