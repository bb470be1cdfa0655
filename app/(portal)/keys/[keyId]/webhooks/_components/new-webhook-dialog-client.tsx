'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { createWebhookOptions } from '#app/_client/webhook-mutations.ts';
import { ShownOnce } from '#app/(portal)/_components/shown-once-client.tsx';
import { WebhookForm } from './webhook-form-client.tsx';

/** Makes a webhook; then shows its secret, once. */
export function NewWebhookDialog({ keyId, onClose }: { keyId: string; onClose: () => void }) {
  const t = useTranslations('webhooks.secret');
  const create = useMutation(createWebhookOptions(useQueryClient(), keyId));
  if (create.data) {
    return (
      <ShownOnce
        title={t('title')}
        description={t('description')}
        label={t('label')}
        secret={create.data.secret}
        onClose={onClose}
      />
    );
  }
  return (
    <WebhookForm
      webhook={null}
      error={create.error}
      busy={create.isPending}
      onSubmit={(fields) => create.mutate(fields)}
      onClose={onClose}
    />
  );
}
