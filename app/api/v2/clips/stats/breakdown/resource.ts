import { facetsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { getStatsBreakdown } from '#lib/stats/get-stats.ts';
import { statsBreakdownSchema } from '#lib/stats/stats-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getStatsBreakdown', tag: 'Statistics', summary: 'Clips by player, by game and by day' },
    auth: 'clips.read',
    query: facetsQuerySchema,
    answers: { 200: statsBreakdownSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: await getStatsBreakdown(deps, signedIn(user), query),
    }),
  }),
});
