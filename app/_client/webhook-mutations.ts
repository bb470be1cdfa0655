import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { DeliveryJson, WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';

/** Fields of a webhook as the forms send them; the server's schema has the last word. */
export interface WebhookFields {
  url?: string;
  event_types?: string[];
  enabled?: boolean;
}

export const createWebhookOptions = (client: QueryClient, keyId: string) =>
  mutationOptions({
    mutationFn: (fields: WebhookFields) =>
      apiFetch<WebhookJson & { secret: string }>('/webhooks', {
        method: 'POST',
        body: { ...fields, api_key_id: keyId },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.webhooks(keyId) }),
  });

export const patchWebhookOptions = (client: QueryClient, { id, api_key_id }: WebhookJson) =>
  mutationOptions({
    mutationFn: (fields: WebhookFields) => apiFetch<WebhookJson>(`/webhooks/${id}`, { method: 'PATCH', body: fields }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.webhooks(api_key_id) }),
  });

/** Names the removal of a webhook while it is under way: what it has sent is not asked for meanwhile. */
export const removalKey = (webhookId: string) => ['webhooks', 'remove', webhookId] as const;

export const deleteWebhookOptions = (client: QueryClient, { id, api_key_id }: WebhookJson) =>
  mutationOptions({
    mutationKey: removalKey(id),
    onMutate: () => client.cancelQueries({ queryKey: queryKeys.deliveries(id) }),
    mutationFn: () => apiFetch<void>(`/webhooks/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      const queryKey = queryKeys.webhooks(api_key_id);
      client.setQueryData<WebhookJson[]>(queryKey, (known) => known?.filter((webhook) => webhook.id !== id));
      return client.invalidateQueries({ queryKey });
    },
  });

/** Messages that are sent, or sent again, stand in the list at once. */
const sendOptions = <V>(client: QueryClient, webhookId: string, pathOf: (variable: V) => string) =>
  mutationOptions({
    mutationFn: (variable: V) =>
      apiFetch<DeliveryJson>(`/webhooks/${webhookId}${pathOf(variable)}`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.deliveries(webhookId) }),
  });

export const testWebhookOptions = (client: QueryClient, webhookId: string) =>
  sendOptions<void>(client, webhookId, () => '/test');

/** The variable is the message's id. */
export const replayDeliveryOptions = (client: QueryClient, webhookId: string) =>
  sendOptions<string>(client, webhookId, (deliveryId) => `/deliveries/${deliveryId}/replay`);
