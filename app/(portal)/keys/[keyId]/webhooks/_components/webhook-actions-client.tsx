'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Power, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { deleteWebhookOptions, patchWebhookOptions, testWebhookOptions } from '#app/_client/webhook-mutations.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Button } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { WebhookForm } from './webhook-form-client.tsx';

interface WebhookActionsProps {
  webhook: WebhookJson;
  isEnded: boolean;
  onTested: () => void;
}

const tell = (error: Error) => void toast.error(error.message);

/** What can be done with one webhook. */
export function WebhookActions({ webhook, isEnded, onTested }: WebhookActionsProps) {
  const t = useTranslations('webhooks');
  const client = useQueryClient();
  const [asking, setAsking] = useState<'edit' | 'remove' | null>(null);
  const test = useMutation(testWebhookOptions(client, webhook.id));
  const power = useMutation(patchWebhookOptions(client, webhook));
  const sendTest = () => {
    const onSuccess = () => {
      toast.success(t('tested'));
      onTested();
    };
    test.mutate(undefined, { onSuccess, onError: tell });
  };
  const turn = () => {
    const onSuccess = ({ enabled }: WebhookJson) => void toast.success(t(enabled ? 'switchedOn' : 'switchedOff'));
    power.mutate({ enabled: !webhook.enabled }, { onSuccess, onError: tell });
  };
  return (
    <>
      {isEnded ? null : (
        <Button size="sm" busy={test.isPending} onClick={sendTest}>
          {test.isPending ? null : <Send aria-hidden />}
          {t('action.test')}
        </Button>
      )}
      <Button size="sm" onClick={() => setAsking('edit')}>
        <Pencil aria-hidden />
        {t('action.edit')}
      </Button>
      <Button size="sm" busy={power.isPending} onClick={turn}>
        {power.isPending ? null : <Power aria-hidden />}
        {t(webhook.enabled ? 'action.off' : 'action.on')}
      </Button>
      <Button size="sm" onClick={() => setAsking('remove')}>
        <Trash2 aria-hidden />
        {t('action.remove')}
      </Button>
      {asking === 'edit' ? <EditWebhook webhook={webhook} onClose={() => setAsking(null)} /> : null}
      {asking === 'remove' ? <RemoveWebhook webhook={webhook} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

function EditWebhook({ webhook, onClose }: { webhook: WebhookJson; onClose: () => void }) {
  const t = useTranslations('webhooks');
  const save = useMutation(patchWebhookOptions(useQueryClient(), webhook));
  const onSuccess = () => {
    toast.success(t('saved'));
    onClose();
  };
  return (
    <WebhookForm
      webhook={webhook}
      error={save.error}
      busy={save.isPending}
      onSubmit={(fields) => save.mutate(fields, { onSuccess })}
      onClose={onClose}
    />
  );
}

function RemoveWebhook({ webhook, onClose }: { webhook: WebhookJson; onClose: () => void }) {
  const t = useTranslations('webhooks.remove');
  const common = useTranslations('common.action');
  const remove = useMutation(deleteWebhookOptions(useQueryClient(), webhook));
  const confirm = () =>
    remove.mutate(undefined, { onSuccess: () => void toast.success(t('done')), onError: tell, onSettled: onClose });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={<span className="break-all">{t('description', { url: webhook.url })}</span>}
      confirmLabel={t('confirm')}
      cancelLabel={common('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={confirm}
    />
  );
}
