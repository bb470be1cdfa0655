'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Plus, Webhook } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { webhookListOptions } from '#app/_client/webhook-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { ApiFault } from '#app/(portal)/_components/api-fault-client.tsx';
import type { KeyJson } from '#lib/users/people-schemas.ts';
import type { WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { NewWebhookDialog } from './new-webhook-dialog-client.tsx';
import { WebhookCard } from './webhook-card-client.tsx';

interface WebhooksPageProps {
  apiKey: KeyJson;
  isOwn: boolean;
  /** The key is revoked or has expired. */
  isEnded: boolean;
  first: WebhookJson[];
}

/** Where a key's events are sent, and how the sending goes. */
export function WebhooksPage({ apiKey, isOwn, isEnded, first }: WebhooksPageProps) {
  const t = useTranslations('webhooks');
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, refetch } = useQuery({ ...webhookListOptions(apiKey.id), initialData: first });
  const add = isEnded ? null : (
    <Button variant="primary" onClick={() => setIsAdding(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  const { name, hint, user } = apiKey;
  return (
    <div className="mx-auto max-w-4xl">
      <Link
        href={isOwn ? '/account' : '/admin/keys'}
        className="mb-2 inline-flex h-8 items-center gap-1.5 rounded-md text-sm text-muted hover:text-text"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t(isOwn ? 'back.own' : 'back.all')}
      </Link>
      <PageHeader title={t('title')} description={t('of', { name, hint, user: user.name })} actions={add} />
      {isEnded ? <p className="mb-4 rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">{t('ended')}</p> : null}
      {error ? <ApiFault error={error} onRetry={() => void refetch()} /> : null}
      {!error && data.length === 0 ? (
        <EmptyState icon={<Webhook />} title={t('empty')} description={t('emptyHint')} />
      ) : null}
      {error ? null : (
        <div className="flex flex-col gap-4">
          {data.map((webhook) => (
            <WebhookCard key={webhook.id} webhook={webhook} isEnded={isEnded} startsOpen={data.length === 1} />
          ))}
        </div>
      )}
      {isAdding ? <NewWebhookDialog keyId={apiKey.id} onClose={() => setIsAdding(false)} /> : null}
    </div>
  );
}
