'use client';

import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { tagSchema } from '#lib/clips/clip-schemas.ts';

interface BulkTagDialogProps {
  action: 'add_tags' | 'remove_tags';
  /** Tags that are in use, to choose from. */
  known: readonly string[];
  onTag: (tag: string) => void;
  onClose: () => void;
}

/** Asks which tag many clips get, or lose. */
export function BulkTagDialog({ action, known, onTag, onClose }: BulkTagDialogProps) {
  const t = useTranslations('clips.bulk');
  const words = useTranslations('clip.tags');
  const common = useTranslations('common.action');
  const [formId, listId] = [useId(), useId()];
  const [text, setText] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tag = tagSchema.safeParse(text);
    setIsRefused(!tag.success);
    if (tag.success) onTag(tag.data);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`title.${action}`)}
      description={t(`ask.${action}`)}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary">
            {t('continue')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <Field label={t('tag')} error={isRefused ? words('bad') : undefined}>
          {(control) => (
            <Input
              {...control}
              value={text}
              maxLength={100}
              list={listId}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <datalist id={listId}>
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </form>
    </Dialog>
  );
}
