import { signedIn } from '#lib/http/define-resource.ts';
import { exportPlays } from '#lib/plays/export-plays.ts';
import { exportPlaysQuerySchema } from '#lib/plays/export-schemas.ts';
import { headersOfExport } from '#lib/plays/time-line.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'exportPlays',
      tag: 'Plays',
      summary: 'The plays of a list as a file that other tools open',
      description:
        'A Sportscode time line (XML), of one game; or a table (CSV, RFC 4180) with start, end and code, then a column for ' +
        'each group of labels, in which a cell that a spreadsheet would calculate has an apostrophe in front of it. The ' +
        'import of plays reads both.',
      problems: {
        422: 'They are of several games (`several_games`), or more than a file may have (`too_many_plays`).',
      },
    },
    auth: 'plays.read',
    query: exportPlaysQuerySchema,
    answers: { 200: { media: ['application/xml', 'text/csv'] } },
    handle: async ({ deps, user, query }) => ({
      status: 200,
      text: await exportPlays(deps, signedIn(user), query),
      headers: headersOfExport(query.format, 'plays'),
    }),
  }),
});
