import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { addUser } from '#lib/users/change-user.ts';
import { listUsers } from '#lib/users/list-users.ts';
import { listUsersQuerySchema, newUserSchema, userListSchema, userSchema } from '#lib/users/people-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listUsers',
      tag: 'People',
      summary: 'The accounts that see something of the caller’s teams, by name',
    },
    auth: 'people.read',
    query: listUsersQuerySchema,
    answers: { 200: userListSchema },
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listUsers(deps, signedIn(user), query) }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createUser',
      tag: 'People',
      summary: 'Makes an account',
      description: 'It has no password: invite its person, or let them sign in by a provider.',
      problems: { 409: 'There is an account of this address already.' },
    },
    auth: 'people.manage',
    body: newUserSchema,
    answers: { 201: userSchema },
    handle: async ({ deps, user, body }) => {
      const made = await addUser(deps, signedIn(user), body);
      return { status: 201, json: made, headers: { Location: `/api/v2/users/${made.id}` } };
    },
  }),
});
