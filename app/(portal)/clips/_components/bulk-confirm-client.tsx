'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import {
  type BulkChange,
  type BulkTarget,
  bulkClipsOptions,
  changeClips,
  refreshClips,
} from '#app/_client/bulk-clips.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';

export type AskedChange = Exclude<BulkChange, { action: 'restore' | 'delete' }> | { action: 'delete' };

interface BulkConfirmProps {
  target: BulkTarget;
  change: AskedChange;
  onClose: () => void;
  onDone: () => void;
}

/** Says how many clips the server would change, by a dry run, and changes them when that is confirmed. */
export function BulkConfirm({ target, change, onClose, onDone }: BulkConfirmProps) {
  const t = useTranslations('clips.bulk');
  const common = useTranslations('common.action');
  const client = useQueryClient();
  const dryRun = useQuery({
    queryKey: queryKeys.bulkCount(target, change),
    queryFn: () => changeClips(target, change, true),
    gcTime: 0,
    staleTime: 0,
  });
  const bulk = useMutation(bulkClipsOptions(client, target));
  const tag = change.action === 'delete' ? '' : change.tags.join(', ');
  const counts = dryRun.data;

  const undo = (clipIds: readonly string[]) => () => {
    changeClips({ clipIds }, { action: 'restore' }, false)
      .then(({ changed }) => toast.success(t('restored', { count: changed })))
      .catch((error: Error) => toast.error(error.message))
      .finally(() => void refreshClips(client));
  };
  const confirm = () => {
    if (!counts || counts.changed === 0) return onClose();
    bulk.mutate(change, {
      onSuccess: ({ changed }) => {
        const canUndo = change.action === 'delete' && 'clipIds' in target;
        const action = canUndo ? { action: { label: t('undo'), onClick: undo(target.clipIds) } } : {};
        toast.success(t(`done.${change.action}`, { count: changed, tag }), action);
        onDone();
      },
      onError: (error) => {
        toast.error(error.message);
        onClose();
      },
    });
  };
  const description = dryRun.isError
    ? dryRun.error.message
    : counts
      ? t(`confirm.${change.action}`, { ...counts, tag })
      : t('counting');
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(`title.${change.action}`)}
      description={<span aria-live="polite">{description}</span>}
      confirmLabel={counts?.changed === 0 ? common('close') : t(`button.${change.action}`)}
      cancelLabel={common('cancel')}
      destructive={change.action === 'delete'}
      busy={bulk.isPending || dryRun.isPending}
      onConfirm={confirm}
    />
  );
}
