import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { revokeKey } from '#lib/users/api-keys.ts';
import { keyParamsSchema } from '#lib/users/people-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  DELETE: defineRoute({
    operation: { id: 'revokeKey', tag: 'People', summary: 'Ends an API key at once' },
    auth: 'account.write',
    params: keyParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await revokeKey(deps, signedIn(user), params.key_id);
      return { status: 204 };
    },
  }),
});
