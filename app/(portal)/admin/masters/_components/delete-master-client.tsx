'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { deleteMasterOptions, restoreMasterOptions } from '#app/_client/master-mutations.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

interface DeleteMasterProps {
  master: Pick<MasterJson, 'id' | 'filename' | 'status'>;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks before a master goes into the trash, or a failed upload for good; says so when clips hold on to it. */
export function DeleteMaster({ master, onClose, onDeleted }: DeleteMasterProps) {
  const t = useTranslations('masters.delete');
  const common = useTranslations('common.action');
  const client = useQueryClient();
  const remove = useMutation(deleteMasterOptions(client));
  const isKept = master.status === 'ready';
  // Run on the client's cache: the toast outlives this page.
  const undo = () =>
    client
      .getMutationCache()
      .build(client, restoreMasterOptions(client))
      .execute(master.id)
      .then(() => toast.success(t('restored')))
      .catch((error: Error) => toast.error(error.message));
  const confirm = () =>
    remove.mutate(master.id, {
      onSuccess: () => {
        toast.success(t('done'), isKept ? { action: { label: t('undo'), onClick: () => void undo() } } : {});
        onClose();
        onDeleted?.();
      },
      onError: (error) => {
        const isInUse = isApiError(error) && error.problem.code === 'master_in_use';
        toast.error(isInUse ? t('inUse') : error.message);
        onClose();
      },
    });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={
        <span className="break-all">{t(isKept ? 'description' : 'goneDescription', { name: master.filename })}</span>
      }
      confirmLabel={t('confirm')}
      cancelLabel={common('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={confirm}
    />
  );
}
