import { exportAuditQuerySchema } from '#lib/audit/audit-schemas.ts';
import { exportAudit } from '#lib/audit/export-audit.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

const HEADERS = {
  'Content-Type': 'text/csv; charset=utf-8; header=present',
  'Content-Disposition': 'attachment; filename="audit.csv"',
};

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'exportAudit',
      tag: 'People',
      summary: 'Who did what, as CSV',
      description:
        'RFC 4180, with the filters of the list and all that they find. A cell that a spreadsheet would calculate has ' +
        'an apostrophe in front of it.',
    },
    auth: 'people.read',
    query: exportAuditQuerySchema,
    answers: { 200: { media: ['text/csv'] } },
    handle: async ({ deps, user, query }) => ({
      status: 200,
      stream: await exportAudit(deps, signedIn(user), query),
      headers: HEADERS,
    }),
  }),
});
