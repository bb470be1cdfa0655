'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { isUnderWay, reelExportsOptions } from '#app/_client/reel-export-queries.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { formatDuration, formatMoment } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { Progress } from '#app/_ui/progress.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { ReelExportJson } from '#lib/reel-exports/export-schemas.ts';

/** How many films are told; older ones are the API's to list. */
const SHOWN = 5;

/** The films that were made of a reel, and are being made. */
export function ReelFilms({ reelId }: { reelId: string }) {
  const t = useTranslations('reelExport');
  const { data: films, error } = useQuery(reelExportsOptions(reelId));
  return (
    <div className="mt-4 border-t border-line pt-3">
      <h4 className="text-[0.8125rem] font-medium">{t('made')}</h4>
      {error ? (
        <p role="alert" className="mt-2 text-[0.8125rem] text-danger">
          {error.message}
        </p>
      ) : null}
      {films === undefined && !error ? <Skeleton className="mt-2 h-11" /> : null}
      {films?.length === 0 ? <p className="mt-2 min-h-11 text-[0.8125rem] text-muted">{t('none')}</p> : null}
      {films && films.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-3">
          {films.slice(0, SHOWN).map((film) => (
            <Film key={film.id} film={film} />
          ))}
        </ul>
      ) : null}
      <p className="mt-2 text-xs text-muted">{t('keptFor')}</p>
    </div>
  );
}

function Film({ film }: { film: ReelExportJson }) {
  const t = useTranslations('reelExport');
  const format = useFormatter();
  const time = formatMoment(format, film.created_at);
  const state = () => {
    if (film.status === 'pending') return t('waiting');
    if (film.status === 'processing') return t('making', { percent: film.progress });
    if (film.status === 'failed') return film.error_message ?? t('failed');
    return t('ready', {
      length: formatDuration(film.duration_s ?? 0),
      size: formatBytes(format, film.size_bytes ?? 0),
    });
  };
  return (
    <li className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-[0.8125rem]">{t('of', { time })}</p>
        <p role="status" className={film.status === 'failed' ? 'text-xs text-danger' : 'text-xs text-muted'}>
          {state()}
        </p>
        {film.skipped.length > 0 ? (
          <p className="text-xs text-muted">{t('skipped', { count: film.skipped.length })}</p>
        ) : null}
        {isUnderWay(film) ? <Progress className="mt-1" value={film.progress} label={t('progress')} /> : null}
      </div>
      {film.url ? (
        <Button asChild size="sm">
          <a href={film.url} download aria-label={t('save', { time })}>
            <Download aria-hidden />
            {t('open')}
          </a>
        </Button>
      ) : null}
    </li>
  );
}
