'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { deleteMasterOptions } from '#app/_client/master-mutations.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

interface DeleteMasterProps {
  master: Pick<MasterJson, 'id' | 'filename'>;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks before a master leaves the lake; says so when clips hold on to it. */
export function DeleteMaster({ master, onClose, onDeleted }: DeleteMasterProps) {
  const t = useTranslations('masters.delete');
  const common = useTranslations('common.action');
  const remove = useMutation(deleteMasterOptions(useQueryClient()));
  const confirm = () =>
    remove.mutate(master.id, {
      onSuccess: () => {
        toast.success(t('done'));
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
      description={<span className="break-all">{t('description', { name: master.filename })}</span>}
      confirmLabel={t('confirm')}
      cancelLabel={common('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={confirm}
    />
  );
}
