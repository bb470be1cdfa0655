import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { userLinkSchema, userParamsSchema } from '#lib/users/people-schemas.ts';
import { makeUserLink } from '#lib/users/user-links.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'inviteUser',
      tag: 'People',
      summary: 'A link by which a new person sets a password',
      description:
        'The portal sends no mail: hand the link over. It is good once, for 7 days, until the next one is made.',
      problems: { 409: 'The account is disabled, or has a password already.' },
    },
    auth: 'people.manage',
    params: userParamsSchema,
    answers: { 201: userLinkSchema },
    handle: async ({ deps, user, params }) => ({
      status: 201,
      json: await makeUserLink(deps, signedIn(user), params.user_id, 'invite'),
    }),
  }),
});
