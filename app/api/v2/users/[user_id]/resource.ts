import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { changeUser } from '#lib/users/change-user.ts';
import { getUser } from '#lib/users/list-users.ts';
import { patchUserSchema, userParamsSchema, userSchema } from '#lib/users/people-schemas.ts';

const LAST_ADMIN = { 409: 'It is the last admin that can do this work.' };

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getUser', tag: 'People', summary: 'One account' },
    auth: 'people.read',
    params: userParamsSchema,
    answers: { 200: userSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getUser(deps, signedIn(user), params.user_id),
    }),
  }),
  PATCH: defineRoute({
    operation: {
      id: 'updateUser',
      tag: 'People',
      summary: 'Changes an account',
      description:
        'Fields left out stay. New rights count from the next request on. `disabled: true` ends sessions and keys at ' +
        'once; `false` brings neither back.',
      problems: LAST_ADMIN,
    },
    auth: 'people.manage',
    params: userParamsSchema,
    body: patchUserSchema,
    answers: { 200: userSchema },
    handle: async ({ deps, user, params, body }) => ({
      status: 200,
      json: await changeUser(deps, signedIn(user), params.user_id, body),
    }),
  }),
  DELETE: defineRoute({
    operation: {
      id: 'disableUser',
      tag: 'People',
      summary: 'Disables an account',
      description: 'Accounts are never deleted: what they did keeps its name. Sessions and keys end at once.',
      problems: LAST_ADMIN,
    },
    auth: 'people.manage',
    params: userParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await changeUser(deps, signedIn(user), params.user_id, { disabled: true });
      return { status: 204 };
    },
  }),
});
