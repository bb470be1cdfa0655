'use client';

import { useQuery } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { viewsOptions } from '#app/_client/link-queries.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { GIVES_WAY, Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import type { CurveJson, ViewerJson, ViewsJson } from '#lib/views/view-schemas.ts';
import { SeenCurve } from './seen-curve.tsx';

interface WhoWatchedProps {
  /** Of a reel, or of a clip wherever it was watched. */
  of: { reelId: string } | { clipId: string };
  /** What a clip is called here. */
  nameOf: (clipId: string) => string;
}

/** Who watched, how much, how often again, and which seconds. For those who make reels. */
export function WhoWatched({ of, nameOf }: WhoWatchedProps) {
  const t = useTranslations('views');
  const { data, isError, refetch } = useQuery(viewsOptions(of));
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{t('heading')}</h2>
      {isError ? (
        <p className="flex flex-wrap items-center gap-3 text-sm text-muted">
          {t('failed')}
          <Button size="sm" onClick={() => void refetch()}>
            {t('again')}
          </Button>
        </p>
      ) : data ? (
        <Watched views={data} nameOf={nameOf} />
      ) : (
        <Skeleton className="h-40 w-full" />
      )}
    </section>
  );
}

function Watched({ views, nameOf }: { views: ViewsJson; nameOf: (clipId: string) => string }) {
  const t = useTranslations('views');
  const { viewers, curves, before, kept_days: days } = views;
  return (
    <>
      {curves.some(({ viewers: count }) => count > 0) ? (
        <div className="flex flex-col gap-2">
          <h3 className="text-xs font-medium text-muted">{t('curve')}</h3>
          {curves.map((curve) => (
            <Curve key={curve.clip_id} curve={curve} name={nameOf(curve.clip_id)} isAlone={curves.length === 1} />
          ))}
        </div>
      ) : null}
      {viewers.length > 0 ? (
        <Viewers viewers={viewers} />
      ) : (
        <EmptyState className="py-8" icon={<Eye />} title={t('none')} description={t('noneHint')} />
      )}
      <p className="text-xs text-faint">
        {before.views > 0 ? `${t('before', { days, time: formatDuration(before.seconds) })} ` : null}
        {t('kept', { days })}
      </p>
    </>
  );
}

function Curve({ curve, name, isAlone }: { curve: CurveJson; name: string; isAlone: boolean }) {
  const t = useTranslations('views');
  const { seen, viewers } = curve;
  const most = Math.max(0, ...seen);
  const label =
    viewers > 0
      ? t('curveOf', { clip: name, viewers, most, at: formatDuration(seen.indexOf(most)) })
      : t('unseen', { clip: name });
  return (
    <div>
      {isAlone ? null : <p className="mb-0.5 truncate text-xs text-muted">{name}</p>}
      <SeenCurve seen={seen} label={label} />
    </div>
  );
}

function Viewers({ viewers }: { viewers: readonly ViewerJson[] }) {
  const t = useTranslations('views');
  const format = useFormatter();
  const momentOf = (at: string | null) =>
    at ? format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' }) : t('notYet');
  return (
    <Table label={t('table')}>
      <TableHead>
        <tr>
          <TableHeaderCell>{t('person')}</TableHeaderCell>
          <TableHeaderCell className="text-right">{t('seconds')}</TableHeaderCell>
          <TableHeaderCell className="text-right">{t('repeats')}</TableHeaderCell>
          <TableHeaderCell className={GIVES_WAY[32]}>{t('last')}</TableHeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {viewers.map(({ id, name, seconds, repeats, last_at }) => (
          <TableRow key={id}>
            <TableCell className="break-words">
              {name ?? t('link')}
              <span className="block text-xs text-muted @lg:hidden">{momentOf(last_at)}</span>
            </TableCell>
            <TableCell className="text-right tabular-nums">{formatDuration(seconds)}</TableCell>
            <TableCell className="text-right tabular-nums">{repeats > 0 ? formatDuration(repeats) : '–'}</TableCell>
            <TableCell className={cn('text-muted', GIVES_WAY[32])}>{momentOf(last_at)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
