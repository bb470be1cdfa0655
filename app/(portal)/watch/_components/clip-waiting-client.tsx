'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { retryClipOptions } from '#app/_client/clip-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';
import { Progress } from '#app/_ui/progress.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

/** What stands where the video will be, or would have been: waiting, being cut, failed, without a file. */
export function ClipWaiting({ clip, canEdit }: { clip: ClipJson; canEdit: boolean }) {
  const t = useTranslations('clip.state');
  if (clip.processing_status === 'failed') return <Failed clip={clip} canEdit={canEdit} />;
  if (clip.processing_status === 'ready') {
    return <ErrorState className="py-4" title={t('noVideoTitle')} description={t('noVideoDescription')} />;
  }
  const isPending = clip.processing_status === 'pending';
  return (
    <div role="status" className="w-full">
      <EmptyState
        className="py-4"
        icon={<Clock />}
        title={isPending ? t('pendingTitle') : t('processingTitle')}
        description={isPending ? t('pendingDescription') : t('processingDescription')}
        actions={
          isPending ? (
            clip.place_in_line !== undefined && (
              <p className="text-sm text-muted">{t('placeInLine', { place: clip.place_in_line })}</p>
            )
          ) : (
            <div className="w-56">
              <Progress value={clip.progress} label={t('progressLabel')} />
              <p className="mt-2 text-xs text-muted">{t('progress', { percent: Math.round(clip.progress) })}</p>
            </div>
          )
        }
      />
    </div>
  );
}

function Failed({ clip, canEdit }: { clip: ClipJson; canEdit: boolean }) {
  const t = useTranslations('clip.state');
  const common = useTranslations('common.action');
  const retry = useMutation(retryClipOptions(useQueryClient()));
  const tryAgain = () =>
    retry.mutate(clip.clip_id, {
      onSuccess: () => toast.success(t('retrying')),
      onError: (error) => toast.error(error.message),
    });
  return (
    <ErrorState
      className="py-4"
      title={t('failedTitle')}
      description={clip.error_message ?? t('failedUnknown')}
      actions={
        canEdit ? (
          <Button variant="primary" busy={retry.isPending} onClick={tryAgain}>
            {common('retry')}
          </Button>
        ) : (
          <p className="text-sm text-muted">{t('failedAsk')}</p>
        )
      }
    />
  );
}
