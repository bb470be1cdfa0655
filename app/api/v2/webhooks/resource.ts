import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { createWebhook, listWebhooks } from '#lib/webhooks/manage-webhooks.ts';
import {
  createWebhookSchema,
  listWebhooksQuerySchema,
  webhookCreatedSchema,
  webhookListSchema,
} from '#lib/webhooks/webhook-schemas.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listWebhooks',
      tag: 'Webhooks',
      summary: 'The webhooks of the key that calls; for a person, those of their keys',
      description: 'An admin’s are, beside their own, those of everybody whose teams all are theirs.',
    },
    auth: 'clips.read',
    query: listWebhooksQuerySchema,
    answers: { 200: webhookListSchema },
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: { webhooks: await listWebhooks(deps, signedIn(user), query) },
    }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createWebhook',
      tag: 'Webhooks',
      summary: 'Has events sent to an address',
      description:
        'Messages are signed as Standard Webhooks 1.0 says, tried eight times over 17 hours, and never sent to a ' +
        'private address. The secret is in this answer and nowhere else. What the key’s user does not reach is not sent.',
      problems: { 404: 'There is no such key.', 409: 'The key has ten webhooks already.' },
    },
    auth: 'account.write',
    body: createWebhookSchema,
    answers: { 201: webhookCreatedSchema },
    handle: async ({ deps, user, body }) => {
      const webhook = await createWebhook(deps, signedIn(user), body);
      return { status: 201, json: webhook, headers: { Location: `/api/v2/webhooks/${webhook.id}` } };
    },
  }),
});
