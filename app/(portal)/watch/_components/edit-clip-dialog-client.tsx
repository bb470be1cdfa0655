'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { patchClipOptions } from '#app/_client/clip-mutations.ts';
import { clipDetailOptions } from '#app/_client/clip-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { draftOf, type FactField, patchOfDraft, rebaseDraft } from './fact-draft.ts';
import { FactFields } from './fact-fields-client.tsx';
import { useFactFaults } from './use-fact-faults.ts';

interface EditClipDialogProps {
  clip: ClipJson;
  onClose: () => void;
}

/** Corrects the facts of a clip; the cut stays. Rendered while it is open, so that it starts from the clip each time. */
export function EditClipDialog({ clip: shown, onClose }: EditClipDialogProps) {
  const t = useTranslations('clip.edit');
  const common = useTranslations('common.action');
  const formId = useId();
  const faultWords = useFactFaults();
  const client = useQueryClient();
  // The clip as the form was filled from it: the page's own may be newer by now.
  const [clip, setClip] = useState(shown);
  const [draft, setDraft] = useState(() => draftOf(clip));
  const [contested, setContested] = useState<Partial<Record<FactField, string>> | null>(null);
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const patch = useMutation(patchClipOptions(client, clip.clip_id));

  /** Somebody else was faster: their facts come in under what was typed, which is sent with the next click. */
  const takeTheirs = async () => {
    const fresh = await client.fetchQuery({ ...clipDetailOptions(clip.clip_id), staleTime: 0 });
    const rebased = rebaseDraft(draft, clip, fresh);
    setClip(fresh);
    setDraft(rebased.draft);
    setContested(rebased.contested);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const result = patchOfDraft(draft, clip);
    if (result.kind === 'unchanged') return onClose();
    if (result.kind === 'faults') return setRefused(result.fields);
    patch.mutate(
      { patch: result.patch, version: clip.version },
      {
        onSuccess: () => {
          toast.success(t('saved'));
          onClose();
        },
        onError: (error) => {
          if (isApiError(error) && error.problem.code === 'stale_edit') {
            takeTheirs().catch((fault: Error) => toast.error(fault.message));
            return;
          }
          const fields = isApiError(error) ? (error.problem.errors ?? []).map(({ path }) => path) : [];
          setRefused(new Set(fields));
          toast.error(error.message);
        },
      },
    );
  };
  const theirs = Object.entries(contested ?? {}).map(([field, value]) => [
    field,
    value === '' ? t('theirsEmpty') : t('theirs', { value }),
  ]);
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
        {contested ? (
          <p role="alert" className="mb-3 rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
            {t('stale')}
          </p>
        ) : null}
        <FactFields
          team={clip.team_code}
          draft={draft}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
          faults={{ ...Object.fromEntries(theirs), ...faultWords(refused) }}
        />
      </form>
    </Dialog>
  );
}
