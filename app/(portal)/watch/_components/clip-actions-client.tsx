'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Link2, Pencil, Timer, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { restoreClipOptions } from '#app/_client/bulk-clips.ts';
import { deleteClipOptions } from '#app/_client/clip-mutations.ts';
import { type ClipQuery, clipQueryText, clipsHref } from '#app/_client/clip-query.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#app/_ui/dropdown-menu.tsx';
import { toast } from '#app/_ui/toast.ts';
import { listLeft } from '#app/(portal)/_clips/use-list-memory.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { type ClipMoment, momentText, NO_MOMENT } from './clip-moment.ts';
import { DownloadButton } from './download-button-client.tsx';
import { EditClipDialog } from './edit-clip-dialog-client.tsx';

export interface ClipRights {
  canEdit: boolean;
  canDelete: boolean;
}

interface ClipActionsProps {
  clip: ClipJson;
  rights: ClipRights;
  /** The list that one came from. */
  query: ClipQuery;
  /** The frame on screen and the loop round it; `null` where nothing plays. */
  momentOf: (() => ClipMoment) | null;
}

/** What can be done with a clip: download, link, and for those who may edit and delete. */
export function ClipActions({ clip, rights, query, momentOf }: ClipActionsProps) {
  const t = useTranslations('clip.actions');
  const watch = useTranslations('watch');
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const copyLink = (moment: ClipMoment) => {
    const text = momentText(moment);
    const link = `${window.location.origin}/clips/${encodeURIComponent(clip.clip_id)}${text && `?${text}`}`;
    navigator.clipboard.writeText(link).then(
      () => toast.success(t('copied')),
      () => toast.error(t('copyFailed')),
    );
  };
  return (
    <div className="flex items-center gap-2">
      <DownloadButton clip={clip} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t('label')} size="sm" variant="secondary">
            <Ellipsis aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => copyLink(NO_MOMENT)}>
            <Link2 aria-hidden />
            {t('copyLink')}
          </DropdownMenuItem>
          {momentOf ? (
            <DropdownMenuItem onSelect={() => copyLink(momentOf())}>
              <Timer aria-hidden />
              {watch('copyMoment')}
            </DropdownMenuItem>
          ) : null}
          {rights.canEdit ? (
            <DropdownMenuItem onSelect={() => setOpen('edit')}>
              <Pencil aria-hidden />
              {t('edit')}
            </DropdownMenuItem>
          ) : null}
          {rights.canDelete ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem destructive onSelect={() => setOpen('delete')}>
                <Trash2 aria-hidden />
                {t('delete')}
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {open === 'edit' ? <EditClipDialog clip={clip} onClose={close} /> : null}
      {open === 'delete' ? (
        <DeleteClip
          clipId={clip.clip_id}
          listHref={listLeft(clipQueryText(query)) ?? clipsHref(query)}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

function DeleteClip({ clipId, listHref, onClose }: { clipId: string; listHref: string; onClose: () => void }) {
  const t = useTranslations('clip.delete');
  const common = useTranslations('common.action');
  const router = useRouter();
  const client = useQueryClient();
  const remove = useMutation(deleteClipOptions(client, clipId));
  // Run on the client's cache: the toast outlives this page.
  const undo = () =>
    client
      .getMutationCache()
      .build(client, restoreClipOptions(client))
      .execute(clipId)
      .then(() => toast.success(t('restored')))
      .catch((error: Error) => toast.error(error.message));
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toast.success(t('done'), { action: { label: t('undo'), onClick: () => void undo() } });
        router.replace(listHref);
      },
      onError: (error) => {
        toast.error(error.message);
        onClose();
      },
    });
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('title')}
      description={t('description')}
      confirmLabel={t('confirm')}
      cancelLabel={common('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={confirm}
    />
  );
}
