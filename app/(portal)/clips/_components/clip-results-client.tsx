'use client';

import { Clapperboard, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';

export function ClipsError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations('clips');
  const common = useTranslations('common');
  const problem = isApiError(error) ? error.problem : null;
  const detail = problem && problem.status >= 400 && problem.status < 500 ? problem.detail : t('error.description');
  return (
    <ErrorState
      title={t('error.title')}
      description={problem?.status === 0 ? common('error.network') : detail}
      requestIdLabel={common('error.requestId')}
      requestId={problem?.request_id}
      actions={
        <Button variant="primary" onClick={onRetry}>
          {common('action.tryAgain')}
        </Button>
      }
    />
  );
}

/** Who reads, as far as it decides what to do about an empty library. */
export type Audience = 'admin' | 'editor' | 'reader' | 'player';

export function ClipsEmpty({
  filtered,
  audience,
  onClear,
}: {
  filtered: boolean;
  audience: Audience;
  onClear: () => void;
}) {
  const t = useTranslations('clips');
  if (filtered)
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('empty.filteredTitle')}
        description={t('empty.filteredDescription')}
        actions={
          <Button variant="primary" onClick={onClear}>
            {t('clearAll')}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={<Clapperboard />}
      title={t('empty.title')}
      description={t(`empty.${audience}`)}
      actions={
        audience === 'admin' ? (
          <>
            <Button asChild variant="primary">
              <Link href="/admin/upload">{t('empty.upload')}</Link>
            </Button>
            <Button asChild>
              <Link href="/admin/masters">{t('empty.masters')}</Link>
            </Button>
          </>
        ) : null
      }
    />
  );
}
