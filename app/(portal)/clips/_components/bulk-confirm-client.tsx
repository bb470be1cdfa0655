'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type BulkChange, type BulkTarget, bulkClipsOptions, countChange } from '#app/_client/bulk-clips.ts';
import { newIdempotencyKey } from '#app/_client/idempotency-key.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { toast } from '#app/_ui/toast.ts';

export type AskedChange = Exclude<BulkChange, { action: 'restore' | 'delete' }> | { action: 'delete' };

interface BulkConfirmProps {
  target: BulkTarget;
  change: AskedChange;
  onClose: () => void;
  onDone: () => void;
}

/** What the words about a change name. */
const tagsIn = (change: AskedChange): { tag: string; by: string } => {
  if (change.action === 'delete') return { tag: '', by: '' };
  return change.action === 'replace_tag'
    ? { tag: change.tag, by: change.with }
    : { tag: change.tags.join(', '), by: '' };
};

/** Gives a deletion back. Run on the client's cache: the toast that offers it outlives the page. */
function useUndo(): (deletions: readonly string[]) => () => void {
  const t = useTranslations('clips.bulk');
  const client = useQueryClient();
  return (deletions) => {
    const key = newIdempotencyKey();
    return () =>
      void client
        .getMutationCache()
        .build(client, bulkClipsOptions(client))
        .execute({ target: { deletions }, change: { action: 'restore' }, key })
        .then(({ changed }) => toast.success(t('restored', { count: changed })))
        .catch((error: Error) => toast.error(error.message));
  };
}

/** Says how many clips the server would change, by a dry run, and changes them when that is confirmed. */
export function BulkConfirm({ target, change, onClose, onDone }: BulkConfirmProps) {
  const t = useTranslations('clips.bulk');
  const common = useTranslations('common.action');
  const undo = useUndo();
  // One for as long as the question stands: whoever confirms again after a fault means the same.
  const [key] = useState(newIdempotencyKey);
  const dryRun = useQuery({
    queryKey: queryKeys.bulkCount(target, change),
    queryFn: () => countChange(target, change),
    gcTime: 0,
    staleTime: 0,
  });
  const bulk = useMutation(bulkClipsOptions(useQueryClient()));
  const words = tagsIn(change);
  const counts = dryRun.data;
  const fault = bulk.error ?? dryRun.error;

  const confirm = () => {
    if (dryRun.isError) return void dryRun.refetch();
    if (!counts || counts.changed === 0) return onClose();
    bulk.mutate(
      { target, change, key },
      {
        onSuccess: ({ changed, deletions }) => {
          const action = deletions.length > 0 ? { action: { label: t('undo'), onClick: undo(deletions) } } : {};
          toast.success(t(`done.${change.action}`, { count: changed, ...words }), action);
          onDone();
        },
      },
    );
  };
  const text = counts ? t(`confirm.${change.action}`, { ...counts, ...words }) : t('counting');
  const label = counts?.changed === 0 ? common('close') : t(`button.${change.action}`);
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(`title.${change.action}`)}
      description={<span aria-live="polite">{fault ? fault.message : text}</span>}
      confirmLabel={fault ? common('tryAgain') : label}
      cancelLabel={common('cancel')}
      destructive={change.action === 'delete'}
      busy={bulk.isPending || dryRun.isFetching}
      onConfirm={confirm}
    />
  );
}
