'use client';

import { CloudUpload } from 'lucide-react';
import { useDropzone } from 'react-dropzone';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';

/** Takes any files: what is wrong with one is said in its row, not by turning it away in silence. */
export function UploadDropzone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations('upload.drop');
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDrop: onFiles,
    noClick: true,
    noKeyboard: true,
  });
  return (
    <div
      {...getRootProps()}
      className={cn(
        'flex flex-col items-center justify-center rounded-lg border-2 border-dashed px-6 py-10 text-center transition-colors',
        isDragActive ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
      )}
    >
      <input {...getInputProps()} aria-label={t('choose')} />
      <CloudUpload aria-hidden className="size-8 text-faint" />
      <p className="mt-3 font-medium">{isDragActive ? t('active') : t('title')}</p>
      <p className="mt-1 text-xs text-muted">{t('hint')}</p>
      <Button className="mt-4" onClick={open}>
        {t('choose')}
      </Button>
    </div>
  );
}
