import { z } from 'zod';
import { NO_REPEATS } from '#lib/http/document-schemas.ts';
import { intParam } from '#lib/http/query-schemas.ts';

export const WEBHOOK_EVENTS = ['clip.ready', 'clip.failed', 'master.ready'] as const;

const eventTypesSchema = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1, 'Name at least one event.')
  .max(WEBHOOK_EVENTS.length)
  .refine((types) => new Set(types).size === types.length, 'Each event once.')
  .meta(NO_REPEATS);

const urlSchema = z
  .url({ protocol: /^https?$/, error: 'This is no http(s) address.' })
  .max(2000)
  .meta({
    description: 'Where messages are sent: https, on the public internet.',
    example: 'https://bot.example.com/hook',
    // Another scheme holds for hosts alone that whoever runs the portal has named.
    override: { pattern: '^https://' },
  });

export const createWebhookSchema = z
  .strictObject({
    url: urlSchema,
    event_types: eventTypesSchema,
    api_key_id: z.uuid().optional().meta({ description: 'Whose it is; left out, the key of this call.' }),
  })
  .meta({
    id: 'CreateWebhook',
    examples: [{ url: 'https://bot.example.com/hook', event_types: ['clip.ready', 'clip.failed'] }],
  });
export type CreateWebhook = z.output<typeof createWebhookSchema>;

export const patchWebhookSchema = z
  .strictObject({ url: urlSchema, event_types: eventTypesSchema, enabled: z.boolean() })
  .partial()
  .meta({ id: 'WebhookPatch', examples: [{ enabled: false }] });
export type PatchWebhook = z.output<typeof patchWebhookSchema>;

export const webhookSchema = z
  .object({
    id: z.uuid(),
    api_key_id: z.uuid(),
    url: z.string(),
    event_types: z.array(z.enum(WEBHOOK_EVENTS)),
    enabled: z.boolean(),
    disabled_reason: z
      .enum(['gone', 'failing'])
      .nullable()
      .meta({ description: '`gone`: the receiver answered 410. `failing`: nothing arrived for five days.' }),
    failing_since: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' });
export type WebhookJson = z.output<typeof webhookSchema>;

export const webhookCreatedSchema = webhookSchema
  .extend({ secret: z.string().meta({ description: 'Verifies signatures, `whsec_…`. Shown this one time.' }) })
  .meta({ id: 'WebhookCreated' });
export const webhookListSchema = z.object({ webhooks: z.array(webhookSchema) }).meta({ id: 'WebhookList' });

export const deliverySchema = z
  .object({
    id: z.uuid(),
    message_id: z.string().meta({ description: 'The header `webhook-id`: the same for every attempt and replay.' }),
    type: z.enum([...WEBHOOK_EVENTS, 'webhook.test']),
    data: z.record(z.string(), z.unknown()),
    state: z.enum(['pending', 'delivered', 'failed', 'dropped']).meta({
      description: '`dropped`: the key no longer reaches what it tells of, or no longer holds; nothing was sent.',
    }),
    attempts: z.int(),
    next_attempt_at: z.iso.datetime().nullable(),
    response_status: z.int().nullable(),
    error: z.string().nullable(),
    created_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryJson = z.output<typeof deliverySchema>;
export const deliveryListSchema = z.object({ deliveries: z.array(deliverySchema) }).meta({ id: 'WebhookDeliveryList' });

/** `GET /webhooks` */
export const listWebhooksQuerySchema = z.strictObject({
  api_key_id: z.uuid('This is no key id.').optional().meta({ description: 'Of this key only.' }),
});
export type ListWebhooksQuery = z.output<typeof listWebhooksQuerySchema>;

export const webhookParamsSchema = z.object({ webhook_id: z.uuid('A webhook id is a UUID.') });
export const deliveryParamsSchema = webhookParamsSchema.extend({ delivery_id: z.uuid('A delivery id is a UUID.') });
export const listDeliveriesQuerySchema = z.object({ limit: intParam(1, 200).optional() });
