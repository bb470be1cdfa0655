import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { listDeliveries } from '#lib/webhooks/manage-deliveries.ts';
import { deliveryListSchema, listDeliveriesQuerySchema, webhookParamsSchema } from '#lib/webhooks/webhook-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listWebhookDeliveries',
      tag: 'Webhooks',
      summary: 'The newest messages of a webhook and how their sending went; kept for 30 days',
    },
    auth: 'clips.read',
    params: webhookParamsSchema,
    query: listDeliveriesQuerySchema,
    answers: { 200: deliveryListSchema },
    handle: async ({ deps, user, params, query }) => ({
      status: 200,
      json: { deliveries: await listDeliveries(deps, signedIn(user), params.webhook_id, query.limit) },
    }),
  }),
});
