'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { retryClipOptions } from '#app/_client/clip-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toast.ts';

/** Puts a failed clip in line again. */
export function RetryButton({ clipId }: { clipId: string }) {
  const t = useTranslations('clips');
  const retry = useMutation(retryClipOptions(useQueryClient()));
  const start = () =>
    retry.mutate(clipId, {
      onSuccess: () => toast.success(t('retried')),
      onError: (error) => toast.error(error.message),
    });
  return (
    <Button size="sm" busy={retry.isPending} onClick={start} className="relative z-10">
      {retry.isPending ? null : <RotateCcw aria-hidden />}
      {t('retry')}
    </Button>
  );
}
