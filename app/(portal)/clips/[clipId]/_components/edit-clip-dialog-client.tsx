'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { ApiError } from '#app/_client/api-fetch.ts';
import { patchClipOptions } from '#app/_client/clip-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { draftOf, patchOfDraft } from './fact-draft.ts';
import { FactFields } from './fact-fields-client.tsx';
import { useFactFaults } from './use-fact-faults.ts';

interface EditClipDialogProps {
  clip: ClipJson;
  onClose: () => void;
}

/** Corrects the facts of a clip; the cut stays. Rendered while it is open, so that it starts from the clip each time. */
export function EditClipDialog({ clip, onClose }: EditClipDialogProps) {
  const t = useTranslations('clip.edit');
  const common = useTranslations('common.action');
  const formId = useId();
  const faultWords = useFactFaults();
  const [draft, setDraft] = useState(() => draftOf(clip));
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const patch = useMutation(patchClipOptions(useQueryClient(), clip.clip_id));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const result = patchOfDraft(draft, clip);
    if (result.kind === 'unchanged') return onClose();
    if (result.kind === 'faults') return setRefused(result.fields);
    patch.mutate(result.patch, {
      onSuccess: () => {
        toast.success(t('saved'));
        onClose();
      },
      onError: (error) => {
        const fields = error instanceof ApiError ? (error.problem.errors ?? []).map(({ path }) => path) : [];
        setRefused(new Set(fields));
        toast.error(error.message);
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('description')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={patch.isPending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <FactFields
          draft={draft}
          onChange={(field, value) => setDraft((old) => ({ ...old, [field]: value }))}
          faults={faultWords(refused)}
        />
      </form>
    </Dialog>
  );
}
