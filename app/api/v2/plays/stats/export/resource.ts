import { signedIn } from '#lib/http/define-resource.ts';
import { exportPlayStats } from '#lib/plays/get-play-stats.ts';
import { exportPlayStatsQuerySchema } from '#lib/plays/play-stats-schemas.ts';
import { headersOfExport } from '#lib/plays/time-line.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'exportPlayStats',
      tag: 'Plays',
      summary: 'One of the tables of statistics, for a spreadsheet',
      description:
        'CSV, RFC 4180, in which a cell that a spreadsheet would calculate has an apostrophe in front of it. A table that ' +
        'the files do not tell of has no rows.',
    },
    auth: 'plays.read',
    query: exportPlayStatsQuerySchema,
    answers: { 200: { media: ['text/csv'] } },
    handle: async ({ deps, user, query }) => ({
      status: 200,
      text: await exportPlayStats(deps, signedIn(user), query),
      headers: headersOfExport('csv', `plays-${query.table.replaceAll('_', '-')}`),
    }),
  }),
});
