import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { userLinkSchema, userParamsSchema } from '#lib/users/people-schemas.ts';
import { makeUserLink } from '#lib/users/user-links.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'resetUser',
      tag: 'People',
      summary: 'A link by which a person sets a new password',
      description:
        'Ends the person’s sessions at once. The portal sends no mail: hand the link over. It is good once, for 7 days.',
      problems: { 409: 'The account is disabled, or has no password yet.' },
    },
    auth: 'people.manage',
    params: userParamsSchema,
    answers: { 201: userLinkSchema },
    handle: async ({ deps, user, params }) => ({
      status: 201,
      json: await makeUserLink(deps, signedIn(user), params.user_id, 'reset'),
    }),
  }),
});
