'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { retryClipOptions } from '#app/_client/clip-mutations.ts';
import { clipHref, clipsHref, DEFAULT_SORT } from '#app/_client/clip-query.ts';
import { type FrameRate, formatTimecode } from '#app/_client/timecode.ts';
import { eventName, statusName } from '#app/_i18n/hockey-words.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Progress } from '#app/_ui/progress.tsx';
import { GIVES_WAY, Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';

interface MasterClipsProps {
  masterId: string;
  list: ClipListJson;
  rate: FrameRate | null;
}

/** The clips of a master, newest first, as they come to life. */
export function MasterClips({ masterId, list, rate }: MasterClipsProps) {
  const t = useTranslations('masters.clips');
  const filters = { master_id: masterId };
  return (
    <section aria-labelledby="master-clips" className="mt-6">
      <div className="mb-2 flex items-center justify-between gap-3">
        <h2 id="master-clips" className="text-sm font-semibold">
          {t('heading')}
          <span className="ml-2 font-normal text-muted">{list.total}</span>
        </h2>
        {list.total > 0 ? (
          <Button asChild size="sm" variant="ghost">
            <Link href={clipsHref({ filters })}>{t('all')}</Link>
          </Button>
        ) : null}
      </div>
      {list.clips.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line px-4 py-8 text-center text-sm text-muted">
          {t('empty')}
        </p>
      ) : (
        <Table label={t('heading')}>
          <TableHead>
            <tr>
              <TableHeaderCell>{t('in')}</TableHeaderCell>
              <TableHeaderCell className={GIVES_WAY[32]}>{t('out')}</TableHeaderCell>
              <TableHeaderCell>{t('event')}</TableHeaderCell>
              <TableHeaderCell className={GIVES_WAY[42]}>{t('player')}</TableHeaderCell>
              <TableHeaderCell>{t('status')}</TableHeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {list.clips.map((clip) => (
              <ClipRow key={clip.clip_id} clip={clip} rate={rate} filters={filters} />
            ))}
          </TableBody>
        </Table>
      )}
      {list.total > list.clips.length ? (
        <p className="mt-2 text-xs text-muted">{t('more', { count: list.clips.length })}</p>
      ) : null}
    </section>
  );
}

interface ClipRowProps {
  clip: ClipJson;
  rate: FrameRate | null;
  filters: { master_id: string };
}

function ClipRow({ clip, rate, filters }: ClipRowProps) {
  const hockey = useTranslations('hockey');
  const time = (seconds: number) => (rate ? formatTimecode(seconds, rate) : seconds.toFixed(3));
  return (
    <TableRow className="hover:bg-hover" data-clip-id={clip.clip_id}>
      <TableCell className="font-mono text-[0.8125rem] whitespace-nowrap">{time(clip.start_timecode_s)}</TableCell>
      <TableCell className={cn('font-mono text-[0.8125rem] whitespace-nowrap', GIVES_WAY[32])}>
        {time(clip.end_timecode_s)}
      </TableCell>
      <TableCell>
        <Link
          href={clipHref(clip.clip_id, { filters, sort: DEFAULT_SORT })}
          prefetch={false}
          className="inline-flex min-h-6 pointer-coarse:min-h-11 pointer-coarse:min-w-11 items-center rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {eventName(hockey, clip.event_type)}
        </Link>
        <span className="block text-xs text-muted @2xl:hidden">{clip.player_name ?? clip.player_id}</span>
      </TableCell>
      <TableCell className={GIVES_WAY[42]}>{clip.player_name ?? clip.player_id}</TableCell>
      <TableCell>
        <ClipStatus clip={clip} />
      </TableCell>
    </TableRow>
  );
}

function ClipStatus({ clip }: { clip: ClipJson }) {
  const t = useTranslations('masters.clips');
  const hockey = useTranslations('hockey');
  const retry = useMutation(retryClipOptions(useQueryClient()));
  const status = statusName(hockey, clip.processing_status);
  if (clip.processing_status === 'ready') return <Badge tone="success">{status}</Badge>;
  if (clip.processing_status === 'failed') {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="danger">{status}</Badge>
        <Button
          size="sm"
          busy={retry.isPending}
          onClick={() => retry.mutate(clip.clip_id, { onError: (error) => toast.error(error.message) })}
        >
          {t('retry')}
        </Button>
        {clip.error_message ? <p className="w-full text-xs text-muted">{clip.error_message}</p> : null}
      </div>
    );
  }
  return (
    <div className="flex items-center gap-2">
      <Badge tone={clip.processing_status === 'processing' ? 'info' : 'neutral'}>{status}</Badge>
      {clip.processing_status === 'processing' ? (
        <Progress value={clip.progress} label={t('progress', { name: clip.clip_id })} className="max-w-32" />
      ) : null}
    </div>
  );
}
