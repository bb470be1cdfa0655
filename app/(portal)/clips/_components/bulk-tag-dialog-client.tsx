'use client';

import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { tagSchema } from '#lib/word-schemas.ts';
import type { AskedChange } from './bulk-confirm-client.tsx';

export type TagChange = Exclude<AskedChange, { action: 'delete' }>;

interface BulkTagDialogProps {
  action: TagChange['action'];
  /** Tags that are in use, to choose from. */
  known: readonly string[];
  onTag: (change: TagChange) => void;
  onClose: () => void;
}

/** Asks which tag many clips get or lose, or which one is put in the place of another. */
export function BulkTagDialog({ action, known, onTag, onClose }: BulkTagDialogProps) {
  const t = useTranslations('clips.bulk');
  const common = useTranslations('common.action');
  const [formId, listId] = [useId(), useId()];
  const [texts, setTexts] = useState({ tag: '', by: '' });
  const [refused, setRefused] = useState<readonly string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [tag, by] = [tagSchema.safeParse(texts.tag), tagSchema.safeParse(texts.by)];
    const isRenamed = action === 'replace_tag';
    setRefused([...(tag.success ? [] : ['tag']), ...(isRenamed && !by.success ? ['by'] : [])]);
    if (!tag.success) return;
    if (!isRenamed) onTag({ action, tags: [tag.data] });
    else if (by.success) onTag({ action, tag: tag.data, with: by.data });
  };
  const field = (name: 'tag' | 'by') => (
    <TagField
      label={t(name)}
      value={texts[name]}
      isRefused={refused.includes(name)}
      listId={listId}
      onChange={(value) => setTexts((old) => ({ ...old, [name]: value }))}
    />
  );
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
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {field('tag')}
        {action === 'replace_tag' ? field('by') : null}
        <datalist id={listId}>
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </form>
    </Dialog>
  );
}

interface TagFieldProps {
  label: string;
  value: string;
  isRefused: boolean;
  listId: string;
  onChange: (value: string) => void;
}

function TagField({ label, value, isRefused, listId, onChange }: TagFieldProps) {
  const words = useTranslations('clip.tags');
  return (
    <Field label={label} error={isRefused ? words('bad') : undefined}>
      {(control) => (
        <Input
          {...control}
          value={value}
          maxLength={100}
          list={listId}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
