'use client';

import { Clock, Play, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { statusName } from '#app/_i18n/hockey-words.ts';
import { Progress } from '#app/_ui/progress.tsx';
import { isPlayable, pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { RetryButton } from './retry-button-client.tsx';

/**
 * What stands in the picture's place while there is none: how far the clip is, or why it failed. A clip that plays from its
 * master waits for nothing but its picture: when its file comes is nothing to those who watch.
 */
export function ClipState({ clip, canRetry }: { clip: ClipJson; canRetry: boolean }) {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const status = statusName(hockey, clip.processing_status);
  if (clip.processing_status === 'ready') return null;
  if (clip.processing_status === 'failed')
    return (
      <div className="absolute inset-0 flex flex-col items-center justify-center gap-1.5 bg-danger-soft px-4 text-center text-danger">
        <TriangleAlert aria-hidden className="size-5 shrink-0" />
        <p className="text-xs font-medium">{status}</p>
        <p className="line-clamp-2 text-xs text-text" title={clip.error_message ?? undefined}>
          {clip.error_message ?? t('failedUnknown')}
        </p>
        {canRetry ? <RetryButton clipId={clip.clip_id} /> : null}
      </div>
    );
  if (isPlayable(clip))
    return pickAssets(clip).thumbnail ? null : (
      <div className="absolute inset-0 flex items-center justify-center bg-raised text-muted">
        <Play aria-hidden className="size-6" />
      </div>
    );
  const waiting = clip.processing_status === 'pending';
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-2.5 bg-raised px-6 text-muted">
      <Clock aria-hidden className="size-5" />
      <p className="text-xs">{waiting ? status : t('processingProgress', { percent: Math.round(clip.progress) })}</p>
      {waiting ? null : (
        <Progress value={clip.progress} label={t('progressLabel', { clip: clip.clip_id })} className="max-w-40" />
      )}
    </div>
  );
}
