import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { addKey, listKeys } from '#lib/users/api-keys.ts';
import { createdKeySchema, keyListSchema, listKeysQuerySchema, newKeySchema } from '#lib/users/people-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listKeys',
      tag: 'People',
      summary: 'One’s own API keys; for an admin, those of everybody in sight',
    },
    auth: 'account.read',
    query: listKeysQuerySchema,
    answers: { 200: keyListSchema },
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listKeys(deps, signedIn(user), query) }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createKey',
      tag: 'People',
      summary: 'Makes an API key, and tells it once',
      description:
        'It acts as its person. A key of the scope `read` changes nothing. A key makes no key that outlives it.',
      problems: {
        404: 'There is no such account in sight.',
        409: 'The account is disabled, or has a hundred keys.',
      },
    },
    auth: 'account.write',
    body: newKeySchema,
    answers: { 201: createdKeySchema },
    handle: async ({ deps, user, body }) => ({ status: 201, json: await addKey(deps, signedIn(user), body) }),
  }),
});
