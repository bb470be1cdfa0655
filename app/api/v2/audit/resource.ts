import { auditListSchema, listAuditQuerySchema } from '#lib/audit/audit-schemas.ts';
import { listAudit } from '#lib/audit/list-audit.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listAudit',
      tag: 'People',
      summary: 'Who did what, newest first',
      description:
        'Every change, sign-in, play and download in the caller’s teams. What belongs to no team is for those who ' +
        'have ALL. Entries are never changed.',
    },
    auth: 'people.read',
    query: listAuditQuerySchema,
    answers: { 200: auditListSchema },
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listAudit(deps, signedIn(user), query) }),
  }),
});
