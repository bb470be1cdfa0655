import Link from 'next/link';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { getFormatter, getTranslator } from '#app/_i18n/server.ts';
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import type { OwnViewsJson } from '#lib/views/view-schemas.ts';

/** What is kept of one's own watching, and for how long. */
export async function OwnViews({ own }: { own: OwnViewsJson }) {
  const [t, format] = await Promise.all([getTranslator('views'), getFormatter()]);
  const dateOf = (text: string) => format.dateTime(new Date(text), { dateStyle: 'medium' });
  return (
    <section aria-labelledby="own-views">
      <h2 id="own-views" className="text-base font-semibold">
        {t('mine.heading')}
      </h2>
      <p className="mt-1 mb-3 text-sm text-muted">
        {t('mine.lead', { days: own.kept_days })}{' '}
        {own.since ? t('mine.total', { time: formatDuration(own.seconds), date: dateOf(own.since) }) : t('mine.none')}
      </p>
      {own.views.length > 0 ? (
        <Table label={t('mine.table')}>
          <TableHead>
            <tr>
              <TableHeaderCell>{t('mine.what')}</TableHeaderCell>
              <TableHeaderCell className="text-right">{t('seconds')}</TableHeaderCell>
              <TableHeaderCell className="text-right">{t('repeats')}</TableHeaderCell>
              <TableHeaderCell>{t('last')}</TableHeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {own.views.map((view) => (
              <TableRow key={`${view.clip_id} ${view.reel_id} ${view.last_at}`}>
                <TableCell className="break-words">
                  {view.clip_id ? (
                    <Link href={`/clips/${encodeURIComponent(view.clip_id)}`} prefetch={false} className="underline">
                      {view.clip_id}
                    </Link>
                  ) : (
                    t('mine.hiddenClip')
                  )}
                  {view.reel_title ? <span className="block text-xs text-muted">{view.reel_title}</span> : null}
                </TableCell>
                <TableCell className="text-right tabular-nums">{formatDuration(view.seconds)}</TableCell>
                <TableCell className="text-right tabular-nums">
                  {view.repeats > 0 ? formatDuration(view.repeats) : '–'}
                </TableCell>
                <TableCell className="text-muted">{view.last_at ? dateOf(view.last_at) : null}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </section>
  );
}
