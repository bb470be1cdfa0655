import { clubListSchema } from '#lib/clubs/club-schemas.ts';
import { listClubs } from '#lib/clubs/manage-clubs.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'listClubs', tag: 'Clubs', summary: 'How clubs look: their names, colours and crests' },
    auth: 'account.read',
    answers: { 200: clubListSchema },
    handle: async ({ deps }) => ({ status: 200, json: { clubs: await listClubs(deps) } }),
  }),
});
