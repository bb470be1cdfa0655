'use client';

import { useIsMutating, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { queryKeys } from '#app/_client/query-keys.ts';
import { removalKey } from '#app/_client/webhook-mutations.ts';
import { DELIVERIES_LIMIT, deliveriesOptions } from '#app/_client/webhook-queries.ts';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { ApiFault } from '#app/(portal)/_components/api-fault-client.tsx';
import type { DeliveryJson, WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { DeliveriesTable } from './deliveries-table-client.tsx';
import { eventKeyOf } from './webhook-words.ts';

/** An attempt may have switched its webhook off, or told that it works again. */
function useFreshWebhook(webhook: WebhookJson, deliveries: readonly DeliveryJson[] | undefined): void {
  const client = useQueryClient();
  const seen = useRef<number | null>(null);
  const attempts = deliveries?.reduce((sum, delivery) => sum + delivery.attempts, 0) ?? null;
  useEffect(() => {
    if (attempts === null || attempts === seen.current) return;
    const isFirst = seen.current === null;
    seen.current = attempts;
    if (!isFirst) void client.invalidateQueries({ queryKey: queryKeys.webhooks(webhook.api_key_id) });
  }, [client, webhook.api_key_id, attempts]);
}

/** The newest messages of a webhook. */
export function Deliveries({ webhook }: { webhook: WebhookJson }) {
  const t = useTranslations('webhooks');
  const isGoing = useIsMutating({ mutationKey: removalKey(webhook.id) }) > 0;
  const { data, error, refetch } = useQuery({ ...deliveriesOptions(webhook.id), enabled: !isGoing });
  useFreshWebhook(webhook, data);
  if (error) return <ApiFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <DeliverySkeletons />;
  const [newest] = data;
  if (!newest) return <p className="px-1 py-4 text-sm text-muted">{t('deliveries.empty')}</p>;
  const words = { event: t(`event.${eventKeyOf(newest.type)}`), state: t(`deliveries.state.${newest.state}`) };
  return (
    <div className="pt-2">
      <p role="status" className="sr-only">
        {t('deliveries.latest', words)}
      </p>
      <DeliveriesTable webhook={webhook} deliveries={data} />
      {data.length >= DELIVERIES_LIMIT ? (
        <p className="mt-2 text-xs text-muted">{t('deliveries.newest', { count: DELIVERIES_LIMIT })}</p>
      ) : null}
    </div>
  );
}

function DeliverySkeletons() {
  const common = useTranslations('common');
  return (
    <div className="flex flex-col gap-2 pt-2">
      <span role="status" className="sr-only">
        {common('loading')}
      </span>
      {['head', 'first', 'second'].map((row) => (
        <Skeleton key={row} className="h-9" />
      ))}
    </div>
  );
}
