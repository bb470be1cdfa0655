'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { purgeMasterOptions, restoreMasterOptions } from '#app/_client/master-mutations.ts';
import { masterTrashOptions } from '#app/_client/master-queries.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { formatDay } from '#app/_i18n/clip-formats.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import {
  GIVES_WAY,
  Table,
  TableActionsHeaderCell,
  TableBody,
  TableCell,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '#app/_ui/table.tsx';
import { toast } from '#app/_ui/toast.ts';
import { TrashTabs } from '#app/(portal)/admin/trash/_components/trash-tabs-client.tsx';
import type { MasterJson, MasterListJson } from '#lib/masters/master-schemas.ts';

/** The deleted masters: to be had back, or to be deleted for good. */
export function MasterTrash({ first, servedAtMs }: { first: MasterListJson; servedAtMs: number }) {
  const t = useTranslations('masters.trash');
  const trash = useTranslations('clips.trash');
  const [leaving, setLeaving] = useState<MasterJson | null>(null);
  const { data } = useQuery({ ...masterTrashOptions(), initialData: first, initialDataUpdatedAt: servedAtMs });
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={trash('title')} description={t('description')} />
      <TrashTabs />
      <p role="status" className="text-[0.8125rem] font-medium text-muted">
        {t('count', { count: data.total })}
      </p>
      {data.masters.length === 0 ? (
        <EmptyState icon={<Trash2 />} title={t('count', { count: 0 })} description={t('empty')} />
      ) : (
        <Table label={trash('title')} className="text-[0.8125rem]">
          <TableHead>
            <tr>
              <TableHeaderCell>{t('file')}</TableHeaderCell>
              <TableHeaderCell className={GIVES_WAY[42]}>{t('size')}</TableHeaderCell>
              <TableHeaderCell className={GIVES_WAY[42]}>{t('deleted')}</TableHeaderCell>
              <TableActionsHeaderCell label={trash('actions')} />
            </tr>
          </TableHead>
          <TableBody>
            {data.masters.map((master) => (
              <TrashedMaster key={master.id} master={master} onPurge={() => setLeaving(master)} />
            ))}
          </TableBody>
        </Table>
      )}
      {leaving ? <PurgeMaster master={leaving} onClose={() => setLeaving(null)} /> : null}
    </div>
  );
}

function TrashedMaster({ master, onPurge }: { master: MasterJson; onPurge: () => void }) {
  const t = useTranslations('masters.trash');
  const words = useTranslations('masters');
  const format = useFormatter();
  const restore = useMutation(restoreMasterOptions(useQueryClient()));
  const bringBack = () =>
    restore.mutate(master.id, {
      onSuccess: () => toast.success(words('delete.restored')),
      onError: (error) => toast.error(error.message),
    });
  const { team_code, season, game_id, deleted_at } = master;
  return (
    <TableRow>
      <th scope="row" className="px-3 py-2 text-left font-medium break-all">
        {master.filename}
        <span className="block text-xs font-normal text-muted">
          {team_code} · {words('game', { season, game: game_id })}
        </span>
      </th>
      <TableCell className={cn('whitespace-nowrap text-muted', GIVES_WAY[42])}>
        {formatBytes(format, master.size_bytes)}
      </TableCell>
      <TableCell className={cn('whitespace-nowrap text-muted', GIVES_WAY[42])}>
        {deleted_at ? formatDay(format, deleted_at) : null}
      </TableCell>
      <TableCell>
        <div className="flex flex-wrap justify-end gap-2">
          <Button size="sm" busy={restore.isPending} onClick={bringBack}>
            <Undo2 aria-hidden />
            {t('restore')}
            <span className="sr-only">{master.filename}</span>
          </Button>
          <Button size="sm" variant="danger" onClick={onPurge}>
            {t('purge')}
            <span className="sr-only">{master.filename}</span>
          </Button>
        </div>
      </TableCell>
    </TableRow>
  );
}

function PurgeMaster({ master, onClose }: { master: MasterJson; onClose: () => void }) {
  const t = useTranslations('masters.trash');
  const common = useTranslations('common.action');
  const purge = useMutation(purgeMasterOptions(useQueryClient()));
  const confirm = () =>
    purge.mutate(master.id, {
      onSuccess: () => toast.success(t('purged')),
      onError: (error) => toast.error(error.message),
      onSettled: onClose,
    });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('purgeTitle')}
      description={<span className="break-all">{t('purgeDescription', { name: master.filename })}</span>}
      confirmLabel={t('purge')}
      cancelLabel={common('cancel')}
      destructive
      busy={purge.isPending}
      onConfirm={confirm}
    />
  );
}
