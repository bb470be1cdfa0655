import { clubParamsSchema, clubSchema, MAX_CREST_BYTES, patchClubSchema } from '#lib/clubs/club-schemas.ts';
import { patchClub } from '#lib/clubs/manage-clubs.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  PATCH: defineRoute({
    operation: {
      id: 'updateClub',
      tag: 'Clubs',
      summary: 'Names a club, gives it a colour or a crest, or takes them away',
      description: 'Of a team in reach, whether or not there is anything else of it. `null` takes away.',
      ...IF_MATCH,
    },
    auth: 'people.manage',
    params: clubParamsSchema,
    body: patchClubSchema,
    // A crest in Base64, and the words round it.
    maxBodyBytes: MAX_CREST_BYTES * 2,
    answers: { 200: clubSchema },
    etag: ({ version }) => version,
    handle: async ({ deps, user, params, body, request }) => {
      const target = { teamCode: params.team_code, ifMatch: readIfMatch(request) };
      return { status: 200, json: await patchClub(deps, signedIn(user), target, body) };
    },
  }),
});
