import Link from 'next/link';
import { statusName } from '#app/_i18n/hockey-words.ts';
import { getFormatter, getTranslator } from '#app/_i18n/server.ts';
import { cn } from '#app/_ui/cn.ts';
import type { ProcessingStatus } from '#lib/clips/clip-field-schemas.ts';
import type { StatsOverviewJson } from '#lib/stats/stats-schemas.ts';
import { behind, type StatsFilter } from './stats-href.ts';

/** From done to gone wrong. */
const STATUSES: readonly ProcessingStatus[] = ['ready', 'processing', 'pending', 'failed'];

const DOTS = { pending: 'bg-faint', processing: 'bg-info', ready: 'bg-success', failed: 'bg-danger' } as const;

/** The total, and the same by status: five numbers, five links. */
export async function StatusTiles({ filter, overview }: { filter: StatsFilter; overview: StatsOverviewJson }) {
  const [t, hockey, format] = await Promise.all([getTranslator('stats'), getTranslator('hockey'), getFormatter()]);
  const tile = (name: string, count: number, href: string, dot?: string) => (
    <li key={name} className="min-w-0">
      <Link
        href={href}
        className="flex h-full flex-col justify-between gap-1 rounded-lg border border-line bg-surface px-4 py-3 transition-colors hover:border-line-strong"
      >
        <span className="flex items-center gap-2 text-xs text-muted">
          {dot ? <span aria-hidden className={cn('size-2 rounded-full', dot)} /> : null}
          {name}
        </span>
        <span className="text-2xl leading-tight font-semibold tracking-tight">{format.number(count)}</span>
      </Link>
    </li>
  );
  return (
    <section aria-label={t('byStatus')}>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5 [&>:first-child]:col-span-2 sm:[&>:first-child]:col-span-1">
        {tile(t('total'), overview.total_clips, behind(filter))}
        {STATUSES.map((status) =>
          tile(
            statusName(hockey, status),
            overview.by_status[status] ?? 0,
            behind(filter, { status: [status] }),
            DOTS[status],
          ),
        )}
      </ul>
    </section>
  );
}
