'use client';

import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { WebhookFields } from '#app/_client/webhook-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { ToggleChips } from '#app/_ui/toggle-chips.tsx';
import { FormFault, fieldFault } from '#app/(portal)/_components/api-fault-client.tsx';
import { WEBHOOK_EVENTS, type WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { eventKeyOf } from './webhook-words.ts';

interface WebhookFormProps {
  /** What is changed; `null` for a new one. */
  webhook: WebhookJson | null;
  error: Error | null;
  busy: boolean;
  onSubmit: (fields: WebhookFields) => void;
  onClose: () => void;
}

/** Asks for an address and for what it is told; the server's own words stand where it refuses. */
export function WebhookForm({ webhook, error, busy, onSubmit, onClose }: WebhookFormProps) {
  const t = useTranslations('webhooks.form');
  const common = useTranslations('common.action');
  const form = useId();
  const [events, setEvents] = useState<readonly string[]>(webhook?.event_types ?? ['clip.ready', 'clip.failed']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = String(new FormData(event.currentTarget).get('url') ?? '').trim();
    onSubmit({ url, event_types: WEBHOOK_EVENTS.filter((type) => events.includes(type)) });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(webhook ? 'editTitle' : 'addTitle')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t(webhook ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <FormFault error={error} />
        <Field label={t('url')} hint={t('urlHint')} required error={fieldFault(error, 'url')}>
          {(control) => (
            <Input
              {...control}
              name="url"
              type="url"
              defaultValue={webhook?.url}
              placeholder="https://"
              autoComplete="off"
              maxLength={2000}
            />
          )}
        </Field>
        <EventChoice events={events} onChange={setEvents} fault={fieldFault(error, 'event_types')} />
      </form>
    </Dialog>
  );
}

interface EventChoiceProps {
  events: readonly string[];
  onChange: (events: string[]) => void;
  fault: string | undefined;
}

function EventChoice({ events, onChange, fault }: EventChoiceProps) {
  const t = useTranslations('webhooks');
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-hint ${id}-fault`} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-[0.8125rem] font-medium text-muted">{t('form.events')}</legend>
      <ToggleChips
        label={t('form.events')}
        values={events}
        onChange={onChange}
        options={WEBHOOK_EVENTS.map((type) => {
          const name = t(`event.${eventKeyOf(type)}`);
          return { value: type, label: name, name };
        })}
      />
      <p id={`${id}-hint`} className="text-xs text-faint">
        {t('form.eventsHint')}
      </p>
      <p id={`${id}-fault`} className="text-xs text-danger empty:hidden">
        {fault}
      </p>
    </fieldset>
  );
}
