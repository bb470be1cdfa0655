import { signedIn } from '#lib/http/define-resource.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import { getMaster } from '#lib/masters/get-master.ts';
import { masterParamsSchema, masterSchema } from '#lib/masters/master-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  GET: defineRoute({
    auth: 'masters.read',
    params: masterParamsSchema,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getMaster(deps, signedIn(user), params.masterId),
      schema: masterSchema,
    }),
  }),
  DELETE: defineRoute({
    auth: 'masters.delete',
    params: masterParamsSchema,
    handle: async ({ deps, user, params }) => {
      await deleteMaster(deps, signedIn(user), params.masterId);
      return { status: 204 };
    },
  }),
});
