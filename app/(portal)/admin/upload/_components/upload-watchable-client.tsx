'use client';

import { useQuery } from '@tanstack/react-query';
import { MonitorPlay } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { masterDetailOptions } from '#app/_client/master-queries.ts';
import type { UploadItem } from '#app/_client/upload-item.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { FilmState, isWatchableWhole } from '#app/(portal)/_masters/film-state-client.tsx';

/** What can be watched already of a finished upload. It grows by itself: every event of a master asks for it again. */
export function WatchableText({ item: { phase, masterId } }: { item: UploadItem }) {
  return phase === 'ready' && masterId ? <Watchable masterId={masterId} /> : null;
}

function Watchable({ masterId }: { masterId: string }) {
  const t = useTranslations('film');
  const { data: master } = useQuery(masterDetailOptions(masterId));
  const preparation = master?.preparation;
  if (!master || !preparation) return null;
  const { duration_s: durationS } = master;
  const at = formatDuration(preparation.playable_to_s);
  const duration = formatDuration(durationS ?? 0);
  const isWhole = isWatchableWhole(preparation, durationS);
  return (
    <p className="mt-2 flex min-h-6 items-center gap-2 text-sm" data-testid="watchable">
      {preparation.playable_to_s > 0 ? (
        <Link
          href={`/masters/${masterId}`}
          className="inline-flex min-h-6 items-center gap-1.5 rounded underline decoration-line-strong underline-offset-3 hover:decoration-current pointer-coarse:min-h-11"
        >
          <MonitorPlay aria-hidden className="size-4" />
          {isWhole ? t('watchableWhole') : t('watchable', { at, duration })}
        </Link>
      ) : (
        <FilmState preparation={preparation} durationS={durationS} />
      )}
    </p>
  );
}
