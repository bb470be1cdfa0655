import { signedIn } from '#lib/http/define-resource.ts';
import { listMasters } from '#lib/masters/list-masters.ts';
import {
  createMasterSchema,
  listMastersQuerySchema,
  masterCreatedSchema,
  masterListSchema,
} from '#lib/masters/master-schemas.ts';
import { startUpload } from '#lib/masters/start-upload.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  GET: defineRoute({
    auth: 'masters.read',
    query: listMastersQuerySchema,
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: await listMasters(deps, signedIn(user), query),
      schema: masterListSchema,
    }),
  }),
  POST: defineRoute({
    auth: 'masters.write',
    body: createMasterSchema,
    handle: async ({ deps, user, body, request }) => {
      const origin = request.headers.get('origin') ?? undefined;
      const { created, ...started } = await startUpload(deps, signedIn(user), body, origin);
      return {
        status: created ? 201 : 200,
        json: started,
        schema: masterCreatedSchema,
        headers: { Location: `/api/v2/masters/${started.master.id}` },
      };
    },
  }),
});
