import { signedIn } from '#lib/http/define-resource.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import { getMaster } from '#lib/masters/get-master.ts';
import { masterParamsSchema, masterSchema } from '#lib/masters/master-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getMaster', tag: 'Masters', summary: 'One master' },
    auth: 'masters.read',
    params: masterParamsSchema,
    answers: { 200: masterSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getMaster(deps, signedIn(user), params.master_id),
    }),
  }),
  DELETE: defineRoute({
    operation: {
      id: 'deleteMaster',
      tag: 'Masters',
      summary: 'Deletes a master, or gives up an upload',
      problems: { 409: 'Clips are cut from it, or the lake lets nobody delete.' },
    },
    auth: 'masters.delete',
    params: masterParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await deleteMaster(deps, signedIn(user), params.master_id);
      return { status: 204 };
    },
  }),
});
