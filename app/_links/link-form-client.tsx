'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { createLinkOptions } from '#app/_client/link-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { LEAST_PASSWORD, LINK_DAYS, type NewLinkJson } from '#lib/links/link-schemas.ts';

interface LinkFormProps {
  reelId: string;
  onClose: () => void;
  onMade: (link: NewLinkJson) => void;
}

/** Asks for how long, for whom, and with what a link is good. */
export function LinkForm({ reelId, onClose, onMade }: LinkFormProps) {
  const t = useTranslations('links.form');
  const common = useTranslations('common.action');
  const id = useId();
  const [days, setDays] = useState(String(LINK_DAYS.usual));
  const [password, setPassword] = useState('');
  const [download, setDownload] = useState(false);
  const [names, setNames] = useState(true);
  const making = useMutation(createLinkOptions(useQueryClient(), reelId));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const body = { expires_in_days: Number(days), password: password || null, download, names };
    making.mutate(body, { onSuccess: onMade });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('description')}
      closeLabel={common('close')}
      footer={
        <Button type="submit" form={id} variant="primary" busy={making.isPending}>
          {t('make')}
        </Button>
      }
    >
      <form id={id} onSubmit={onSubmit} className="flex flex-col gap-4 pt-1">
        <Field label={t('days')} error={making.isError ? t('failed') : null}>
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              required
              min={1}
              max={LINK_DAYS.most}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('password')} hint={t('passwordHint')}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              minLength={LEAST_PASSWORD}
              maxLength={256}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Choice label={t('download')} checked={download} onChange={setDownload} />
        <Choice label={t('names')} hint={t('namesHint')} checked={names} onChange={setNames} />
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Choice({ label, hint, checked, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex min-h-9 items-start gap-2.5 pointer-coarse:min-h-11">
      <input
        id={id}
        type="checkbox"
        className="mt-0.5 size-4 accent-accent"
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-xs text-faint">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
