import { queryOptions } from '@tanstack/react-query';
import type { DeliveryJson, WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { nextLookMs } from './next-look.ts';
import { queryKeys } from './query-keys.ts';

/** How many messages of a webhook are shown. */
export const DELIVERIES_LIMIT = 50;

export const webhookListOptions = (keyId: string) =>
  queryOptions({
    queryKey: queryKeys.webhooks(keyId),
    queryFn: async ({ signal }) => {
      const params = new URLSearchParams({ api_key_id: keyId });
      return (await apiFetch<{ webhooks: WebhookJson[] }>(`/webhooks?${params}`, { signal })).webhooks;
    },
  });

/** A webhook's newest messages, looked at again for as long as one of them waits to be sent. */
export const deliveriesOptions = (webhookId: string) =>
  queryOptions({
    queryKey: queryKeys.deliveries(webhookId),
    queryFn: async ({ signal }) => {
      const path = `/webhooks/${webhookId}/deliveries?limit=${DELIVERIES_LIMIT}`;
      return (await apiFetch<{ deliveries: DeliveryJson[] }>(path, { signal })).deliveries;
    },
    staleTime: 0,
    refetchInterval: ({ state }) => nextLookMs(state.data ?? [], Date.now()),
  });
