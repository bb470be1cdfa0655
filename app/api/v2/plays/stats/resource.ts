import { signedIn } from '#lib/http/define-resource.ts';
import { getPlayStats } from '#lib/plays/get-play-stats.ts';
import { playStatsQuerySchema, playStatsSchema } from '#lib/plays/play-stats-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getPlayStats',
      tag: 'Plays',
      summary: 'Shots, entries, face-offs and time on ice, each number with the parameters that list its plays',
      description:
        'The tables are of one format of files, the one that tells most, since two formats tell of the same plays; ' +
        '`source` chooses another. A play that a file has twice, for either side, counts once for each side.',
    },
    auth: 'plays.read',
    query: playStatsQuerySchema,
    answers: { 200: playStatsSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await getPlayStats(deps, signedIn(user), query) }),
  }),
});
