'use client';

import { Pencil } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Field } from '#app/_ui/field.tsx';
import { CONTROL_CLASSES, Input } from '#app/_ui/input.tsx';
import type { ReelEdits } from './use-reel-edits.ts';

/** Title and description, edited in their place by those who may. */
export function ReelWords({ edits }: { edits: ReelEdits }) {
  const { reel } = edits;
  const t = useTranslations('reels.page');
  const common = useTranslations('common.action');
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) return <WordsForm edits={edits} onClose={() => setIsEditing(false)} />;
  return (
    <>
      <div className="flex min-w-0 items-center gap-1">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{reel.title}</h1>
        {reel.may_edit ? (
          <IconButton size="sm" label={`${common('edit')}: ${t('titleField')}`} onClick={() => setIsEditing(true)}>
            <Pencil aria-hidden />
          </IconButton>
        ) : null}
      </div>
      {reel.description ? (
        <p className="mt-1 text-sm break-words whitespace-pre-line text-muted">{reel.description}</p>
      ) : null}
    </>
  );
}

function WordsForm({ edits, onClose }: { edits: ReelEdits; onClose: () => void }) {
  const { reel, patch } = edits;
  const t = useTranslations('reels.page');
  const common = useTranslations('common.action');
  const [title, setTitle] = useState(reel.title);
  const [description, setDescription] = useState(reel.description ?? '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const said = {
      ...(title.trim() === reel.title ? {} : { title: title.trim() }),
      ...(description.trim() === (reel.description ?? '') ? {} : { description: description.trim() || null }),
    };
    // What could not be saved stays to be read.
    if (Object.keys(said).length === 0 || (await patch(said))) onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} className="flex max-w-2xl flex-col gap-2">
      <Field label={t('titleField')}>
        {(control) => (
          <Input {...control} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <Field label={t('descriptionField')}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            className={cn(CONTROL_CLASSES, 'h-auto py-2')}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="sm" disabled={title.trim() === ''}>
          {t('save')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  );
}
