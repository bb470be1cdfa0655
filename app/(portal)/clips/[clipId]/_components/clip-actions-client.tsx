'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, Ellipsis, Link2, Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useFormatter, useTranslations } from 'use-intl';
import { restoreClipOptions } from '#app/_client/bulk-clips.ts';
import { deleteClipOptions } from '#app/_client/clip-mutations.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#app/_ui/dropdown-menu.tsx';
import { pickAssets } from '#app/(portal)/clips/_components/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { EditClipDialog } from './edit-clip-dialog-client.tsx';

export interface ClipRights {
  canEdit: boolean;
  canDelete: boolean;
}

/** What can be done with a clip: download, link, and for those who may edit and delete. */
export function ClipActions({ clip, rights, listHref }: { clip: ClipJson; rights: ClipRights; listHref: string }) {
  const t = useTranslations('clip.actions');
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const copyLink = () => {
    const link = `${window.location.origin}/clips/${encodeURIComponent(clip.clip_id)}`;
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
          <DropdownMenuItem onSelect={copyLink}>
            <Link2 aria-hidden />
            {t('copyLink')}
          </DropdownMenuItem>
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
      {open === 'delete' ? <DeleteClip clipId={clip.clip_id} listHref={listHref} onClose={close} /> : null}
    </div>
  );
}

function DownloadButton({ clip }: { clip: ClipJson }) {
  const t = useTranslations('clip.actions');
  const format = useFormatter();
  const { download } = pickAssets(clip);
  if (!download) return null;
  const size = download.file_size_bytes === null ? '' : formatBytes(format, download.file_size_bytes);
  return (
    <Button asChild size="sm">
      <a
        href={`/api/v2/clips/${encodeURIComponent(clip.clip_id)}/download`}
        download
        title={t('downloadSize', { size })}
      >
        <Download aria-hidden />
        {t('download')}
      </a>
    </Button>
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
