import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { testWebhook } from '#lib/webhooks/manage-deliveries.ts';
import { deliverySchema, webhookParamsSchema } from '#lib/webhooks/webhook-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: { id: 'testWebhook', tag: 'Webhooks', summary: 'Sends a message that tells nothing, `webhook.test`' },
    auth: 'account.write',
    params: webhookParamsSchema,
    answers: { 202: deliverySchema },
    handle: async ({ deps, user, params }) => ({
      status: 202,
      json: await testWebhook(deps, signedIn(user), params.webhook_id),
    }),
  }),
});
