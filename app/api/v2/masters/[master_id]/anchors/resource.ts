import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { masterParamsSchema } from '#lib/masters/master-schemas.ts';
import { anchorListSchema, putAnchorsSchema } from '#lib/plays/anchor-schemas.ts';
import { getAnchors, setAnchors } from '#lib/plays/master-anchors.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getAnchors', tag: 'Plays', summary: 'The moments that tie the clocks of periods to a master' },
    auth: 'masters.watch',
    params: masterParamsSchema,
    answers: { 200: anchorListSchema },
    etag: ({ version }) => version,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getAnchors(deps, signedIn(user), params.master_id),
    }),
  }),
  PUT: defineRoute({
    operation: {
      id: 'setAnchors',
      tag: 'Plays',
      summary: 'Ties the clocks of periods to a master',
      description:
        'All anchors of the master: every play of those periods is placed by them at once. From an anchor on the clock ' +
        'and the master go on at one pace until the next stoppage; a file of plays that has a time of its own knows how ' +
        'long that is, so one anchor a period is enough then.',
      headers: IF_MATCH.headers,
      problems: { ...IF_MATCH.problems, 422: 'An anchor lies beyond the end of the master (`beyond_master`).' },
    },
    auth: 'plays.write',
    params: masterParamsSchema,
    body: putAnchorsSchema,
    answers: { 200: anchorListSchema },
    etag: ({ version }) => version,
    handle: async ({ deps, user, params, body, request }) => {
      const target = { masterId: params.master_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await setAnchors(deps, signedIn(user), target, body) };
    },
  }),
});
