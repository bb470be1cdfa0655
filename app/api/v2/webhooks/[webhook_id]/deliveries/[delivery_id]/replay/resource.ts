import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { replayDelivery } from '#lib/webhooks/manage-deliveries.ts';
import { deliveryParamsSchema, deliverySchema } from '#lib/webhooks/webhook-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'replayWebhookDelivery',
      tag: 'Webhooks',
      summary: 'Sends a message again, under its old message id',
      problems: { 409: 'The message has not ended yet.' },
    },
    auth: 'account.write',
    params: deliveryParamsSchema,
    answers: { 202: deliverySchema },
    handle: async ({ deps, user, params }) => ({
      status: 202,
      json: await replayDelivery(deps, signedIn(user), params.webhook_id, params.delivery_id),
    }),
  }),
});
