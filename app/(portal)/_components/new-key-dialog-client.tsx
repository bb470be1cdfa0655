'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { createKeyOptions } from '#app/_client/people-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { FormFault, fieldFault } from './api-fault-client.tsx';
import { ShownOnce } from './shown-once-client.tsx';

const FOREVER = 'forever';
const DAYS = [30, 90, 365];

/** Asks what a key is for and how far it goes; then shows it, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('people.keys');
  const common = useTranslations('common.action');
  const form = useId();
  const [scope, setScope] = useState('read');
  const [expires, setExpires] = useState('90');
  const create = useMutation(createKeyOptions(useQueryClient()));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '');
    create.mutate({ name, scope, ...(expires === FOREVER ? {} : { expires_in_days: Number(expires) }) });
  };
  if (create.data) {
    const { key } = create.data;
    return (
      <ShownOnce
        title={t('created.title')}
        description={t('created.description')}
        label={t('created.label')}
        secret={key}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('form.title')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} variant="primary" busy={create.isPending}>
            {t('form.create')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <FormFault error={create.error} />
        <Field label={t('form.name')} required error={fieldFault(create.error, 'name')}>
          {(control) => <Input {...control} name="name" required maxLength={100} autoComplete="off" />}
        </Field>
        <Field label={t('form.scope')}>
          {(control) => (
            <Select
              {...control}
              value={scope}
              onValueChange={setScope}
              options={(['read', 'write'] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('form.expires')}>
          {(control) => (
            <Select
              {...control}
              value={expires}
              onValueChange={setExpires}
              options={[
                ...DAYS.map((days) => ({ value: String(days), label: t('form.days', { days }) })),
                { value: FOREVER, label: t('form.forever') },
              ]}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
