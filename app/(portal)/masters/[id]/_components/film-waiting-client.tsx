'use client';

import { Clock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { isPreparing } from '#app/_client/unfinished.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';
import { Progress } from '#app/_ui/progress.tsx';
import { useNewPages } from '#app/(portal)/_masters/use-new-pages.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';

/** What stands where the film will be: why there is nothing of it yet, and what to do. */
export function FilmWaiting({ film: { id, preparation } }: { film: FilmJson }) {
  const t = useTranslations('film.waiting');
  useNewPages(id, isPreparing(preparation));
  if (preparation?.status === 'failed') {
    return <ErrorState className="py-4" title={t('failedTitle')} description={preparation.error_message ?? ''} />;
  }
  const state = preparation === null ? 'none' : preparation.status === 'pending' ? 'pending' : 'running';
  return (
    <div role="status" className="w-full">
      <EmptyState
        className="py-4"
        icon={<Clock />}
        title={t(`${state}Title`)}
        description={t(`${state}Description`)}
        actions={
          state === 'none' ? null : (
            <div className="w-56">
              <Progress value={state === 'pending' ? 0 : null} label={t('progress')} />
            </div>
          )
        }
      />
    </div>
  );
}
