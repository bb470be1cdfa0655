'use client';

import { Pause, Play, RotateCcw, X } from 'lucide-react';
import Link from 'next/link';
import { useDropzone } from 'react-dropzone';
import { useTranslations } from 'use-intl';
import { isActive, type UploadItem } from '#app/_client/upload-item.ts';
import { uploadQueue } from '#app/_client/upload-queue-store.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';

interface UploadButtonsProps {
  item: UploadItem;
  onFiles: (files: File[]) => void;
  onCancel: () => void;
}

/** Pause, resume, try again, choose again, cancel: whatever fits the moment. */
export function UploadButtons({ item, onFiles, onCancel }: UploadButtonsProps) {
  const t = useTranslations('upload');
  const { name } = item.fingerprint;
  const { phase, problem, masterId } = item;
  const canPause = phase === 'waiting' || phase === 'uploading';
  const canGoOn = phase === 'paused' || (phase === 'failed' && problem?.canRetry === true);
  const isUnderWay = isActive(item) || phase === 'paused' || phase === 'file_needed';
  return (
    <div className="flex items-center gap-1.5">
      {phase === 'ready' && masterId ? (
        <Button asChild size="sm">
          <Link href={`/admin/masters/${masterId}`}>{t('row.open')}</Link>
        </Button>
      ) : null}
      {phase === 'file_needed' ? <ChooseAgain onFiles={onFiles} /> : null}
      {canPause ? (
        <IconButton label={t('row.pause', { name })} onClick={() => uploadQueue().pause(item.id)}>
          <Pause aria-hidden />
        </IconButton>
      ) : null}
      {canGoOn ? (
        <IconButton
          label={phase === 'paused' ? t('row.resume', { name }) : t('row.retry', { name })}
          onClick={() => uploadQueue().resume(item.id)}
        >
          {phase === 'paused' ? <Play aria-hidden /> : <RotateCcw aria-hidden />}
        </IconButton>
      ) : null}
      {phase === 'checking' ? null : (
        <IconButton label={isUnderWay ? t('row.cancel', { name }) : t('row.remove', { name })} onClick={onCancel}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

function ChooseAgain({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations('upload.drop');
  const { getInputProps, open } = useDropzone({ onDrop: onFiles, multiple: false, noClick: true, noKeyboard: true });
  return (
    <>
      <input {...getInputProps()} aria-label={t('chooseAgain')} />
      <Button size="sm" onClick={open}>
        {t('chooseAgain')}
      </Button>
    </>
  );
}
