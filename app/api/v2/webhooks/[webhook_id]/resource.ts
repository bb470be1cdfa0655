import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { deleteWebhook, getWebhook, patchWebhook } from '#lib/webhooks/manage-webhooks.ts';
import { patchWebhookSchema, webhookParamsSchema, webhookSchema } from '#lib/webhooks/webhook-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getWebhook', tag: 'Webhooks', summary: 'One webhook' },
    auth: 'clips.read',
    params: webhookParamsSchema,
    answers: { 200: webhookSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getWebhook(deps, signedIn(user), params.webhook_id),
    }),
  }),
  PATCH: defineRoute({
    operation: {
      id: 'updateWebhook',
      tag: 'Webhooks',
      summary: 'Changes a webhook, or switches it off or on again',
    },
    auth: 'account.write',
    params: webhookParamsSchema,
    body: patchWebhookSchema,
    answers: { 200: webhookSchema },
    handle: async ({ deps, user, params, body }) => ({
      status: 200,
      json: await patchWebhook(deps, signedIn(user), params.webhook_id, body),
    }),
  }),
  DELETE: defineRoute({
    operation: { id: 'deleteWebhook', tag: 'Webhooks', summary: 'Deletes a webhook with its messages' },
    auth: 'account.write',
    params: webhookParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await deleteWebhook(deps, signedIn(user), params.webhook_id);
      return { status: 204 };
    },
  }),
});
