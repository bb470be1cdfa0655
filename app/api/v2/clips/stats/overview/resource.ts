import { facetsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { getStatsOverview } from '#lib/stats/get-stats.ts';
import { statsOverviewSchema } from '#lib/stats/stats-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getStatsOverview', tag: 'Statistics', summary: 'How many clips there are, by status and event' },
    auth: 'clips.read',
    query: facetsQuerySchema,
    answers: { 200: statsOverviewSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: await getStatsOverview(deps, signedIn(user), query),
    }),
  }),
});
