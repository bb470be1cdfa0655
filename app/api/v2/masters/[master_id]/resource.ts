import { signedIn } from '#lib/http/define-resource.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import { getMaster } from '#lib/masters/get-master.ts';
import { deleteMasterQuerySchema, masterParamsSchema, masterSchema } from '#lib/masters/master-schemas.ts';
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
      summary: 'Puts a master into the trash, or gives up an upload',
      description:
        'A recording stays in the trash until it is restored or deleted with `permanent=true`; no clip is cut from it ' +
        'meanwhile. An upload that is unfinished, or failed its check, is gone at once.',
      problems: { 409: 'Clips are cut from it, or the lake lets nobody delete.' },
    },
    auth: 'masters.delete',
    params: masterParamsSchema,
    query: deleteMasterQuerySchema,
    answers: { 204: null },
    handle: async ({ deps, user, params, query }) => {
      await deleteMaster(deps, signedIn(user), params.master_id, { permanent: query.permanent === 'true' });
      return { status: 204 };
    },
  }),
});
