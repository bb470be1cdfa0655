import { signedIn } from '#lib/http/define-resource.ts';
import { masterParamsSchema, masterPlaybackSchema } from '#lib/masters/master-schemas.ts';
import { watchMaster } from '#lib/masters/watch-master.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getMasterPlayback',
      tag: 'Masters',
      summary: 'Where a master is watched, as far as it is prepared',
      problems: { 404: 'There is none in reach, or nothing of it can be played yet.' },
    },
    auth: 'masters.watch',
    params: masterParamsSchema,
    answers: { 200: masterPlaybackSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await watchMaster(deps, signedIn(user), params.master_id),
    }),
  }),
});
