import { enterLink } from '#lib/links/open-link.ts';
import { openLinkSchema, sharedReelSchema } from '#lib/links/shared-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

/** Public: the secret, or the pass that it gave, is the whole permission. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'openLink',
      tag: 'Links',
      summary: 'What a link shows',
      description:
        'With its secret this counts as a use, and is written down; the pass that is answered opens the same again, for URLs ' +
        'that have run out. Whatever opens nothing (any more) answers the same. ' +
        'Who knew a password is given a cookie, too, for the link’s page alone.',
      problems: {
        403: 'The link has a password: none came with it (`password_needed`), or another (`password_wrong`).',
        404: 'There is no such link, it was revoked, has expired, or its maker may not show the reel any more.',
      },
    },
    auth: 'public',
    body: openLinkSchema,
    answers: { 200: sharedReelSchema },
    handle: async ({ deps, body }) => {
      const { reel, setCookie } = await enterLink(deps, body);
      const headers = { 'X-Robots-Tag': 'noindex', ...(setCookie === null ? {} : { 'Set-Cookie': setCookie }) };
      return { status: 200, json: reel, headers };
    },
  }),
});
