'use client';

import { useFormatter, useTranslations } from 'use-intl';
import type { UploadItem } from '#app/_client/upload-item.ts';
import { secondsLeft } from '#app/_client/upload-rate.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Progress } from '#app/_ui/progress.tsx';

/** How far an upload has come, how fast it goes and how long it will take. */
export function UploadProgress({ item }: { item: UploadItem }) {
  const t = useTranslations('upload');
  const format = useFormatter();
  const { phase, storedBytes, bytesPerSecond, fingerprint } = item;
  const isFailedMidway = phase === 'failed' && item.problem?.canRetry === true && item.masterId !== null;
  if (phase === 'draft' || phase === 'ready' || (phase === 'failed' && !isFailedMidway)) return null;
  const stored = formatBytes(format, storedBytes);
  const total = formatBytes(format, fingerprint.size);
  const left = secondsLeft(fingerprint.size, storedBytes, bytesPerSecond);
  const percent = fingerprint.size > 0 ? (storedBytes / fingerprint.size) * 100 : 0;
  return (
    <div className="mt-3">
      <Progress
        value={phase === 'checking' ? null : percent}
        label={t('row.progress', { name: fingerprint.name })}
        tone={isFailedMidway ? 'danger' : 'info'}
      />
      <p className="mt-1.5 flex flex-wrap gap-x-3 text-xs text-muted">
        {phase === 'checking' ? (
          <span role="status">{t('checkingHint')}</span>
        ) : phase === 'file_needed' ? (
          <span>{t('fileNeededHint', { stored, total })}</span>
        ) : (
          <>
            <span>{t('row.sent', { stored, total })}</span>
            {item.isRetrying ? <span role="status">{t('row.retrying')}</span> : null}
            {phase === 'uploading' && bytesPerSecond !== null ? (
              <span>{t('row.speed', { speed: formatBytes(format, bytesPerSecond) })}</span>
            ) : null}
            {phase === 'uploading' && left !== null ? (
              <span>{t('row.left', { time: formatDuration(left) })}</span>
            ) : null}
          </>
        )}
      </p>
    </div>
  );
}
