import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { recordViews } from '#lib/views/record-views.ts';
import {
  recordedViewsSchema,
  recordViewsSchema,
  teamViewsQuerySchema,
  teamViewsSchema,
} from '#lib/views/view-schemas.ts';
import { getTeamViews } from '#lib/views/who-watched.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getTeamViews', tag: 'Views', summary: 'Who of a team watched which of its newest reels' },
    auth: 'reels.write',
    query: teamViewsQuerySchema,
    answers: { 200: teamViewsSchema },
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: await getTeamViews(deps, signedIn(user), query.team_code),
    }),
  }),
  POST: defineRoute({
    operation: {
      id: 'recordViews',
      tag: 'Views',
      summary: 'Tells which parts of clips the caller has watched',
      description:
        'In seconds of the clip that were really played. Each part is judged by itself: what is refused is not to be sent ' +
        'again, and what came before counts once. Sent again after anything but an answer of 2xx or 4xx.',
    },
    auth: 'reels.read',
    body: recordViewsSchema,
    answers: { 200: recordedViewsSchema },
    handle: async ({ deps, user, body }) => ({ status: 200, json: await recordViews(deps, signedIn(user), body) }),
  }),
});
