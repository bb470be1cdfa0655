'use client';

import Link from 'next/link';
import { memo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { formatDay, formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import {
  eventName,
  outcomeName,
  periodShortName,
  statusName,
  strengthName,
  zoneName,
} from '#app/_i18n/hockey-words.ts';
import { Badge, type BadgeTone } from '#app/_ui/badge.tsx';
import { TableCell, TableRow } from '#app/_ui/table.tsx';
import type { ClipJson, ProcessingStatus } from '#lib/clips/clip-schemas.ts';
import { pickAssets } from './clip-assets.ts';
import { ClipThumbnail } from './clip-thumbnail-client.tsx';
import { RetryButton } from './retry-button-client.tsx';
import { SelectBox } from './select-box-client.tsx';

const TONES: Record<ProcessingStatus, BadgeTone> = {
  pending: 'neutral',
  processing: 'info',
  ready: 'success',
  failed: 'danger',
};

interface ClipTableRowProps {
  clip: ClipJson;
  href: string;
  loading: 'eager' | 'lazy';
  canRetry: boolean;
  /** `undefined` for those who may change nothing. */
  onSelect: ((clipId: string, range: boolean) => void) | undefined;
  selected: boolean;
}

export const ClipTableRow = memo(function ClipTableRow(props: ClipTableRowProps) {
  const { clip, href, loading, canRetry, onSelect, selected } = props;
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const player = clip.player_name ?? clip.player_id;
  const facts = {
    team_code: clip.team_code,
    opponent_code: clip.opponent_code,
    date: clip.game_date ? formatGameDate(format, clip.game_date) : null,
    period: clip.period === null ? null : periodShortName(hockey, clip.period),
    strength: clip.strength ? strengthName(hockey, clip.strength) : null,
    zone: clip.zone ? zoneName(hockey, clip.zone) : null,
    outcome: clip.outcome ? outcomeName(hockey, clip.outcome) : null,
  };
  return (
    <TableRow className="relative hover:bg-raised has-checked:bg-raised">
      {onSelect ? (
        <TableCell>
          <SelectBox
            label={t('bulk.select', { event: eventName(hockey, clip.event_type), player })}
            checked={selected}
            onSelect={(range) => onSelect(clip.clip_id, range)}
            className="relative z-10"
          />
        </TableCell>
      ) : null}
      <th scope="row" className="py-1.5 pr-3 pl-2 font-medium">
        <div className="flex items-center gap-3">
          <ClipThumbnail thumbnail={pickAssets(clip).thumbnail} loading={loading} className="w-18 shrink-0 rounded" />
          <Link
            href={href}
            prefetch={false}
            className="whitespace-nowrap outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
          >
            {eventName(hockey, clip.event_type)}
            <span className="sr-only">, {player}</span>
          </Link>
        </div>
      </th>
      <TableCell className="whitespace-nowrap">{player}</TableCell>
      {Object.entries(facts).map(([fact, text]) => (
        <TableCell key={fact} className="whitespace-nowrap text-muted">
          {text ?? '–'}
        </TableCell>
      ))}
      <TableCell className="text-right text-muted">{formatDuration(clip.duration_s)}</TableCell>
      <TableCell>
        <StatusCell clip={clip} canRetry={canRetry} />
      </TableCell>
      <TableCell className="max-w-48 truncate text-muted">{clip.tags.join(', ') || '–'}</TableCell>
      <TableCell className="text-muted">{clip.game_id}</TableCell>
      <TableCell className="whitespace-nowrap text-muted">{clip.season ?? '–'}</TableCell>
      <TableCell className="whitespace-nowrap text-muted">{formatDay(format, clip.created_at)}</TableCell>
    </TableRow>
  );
});

function StatusCell({ clip, canRetry }: { clip: ClipJson; canRetry: boolean }) {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const status = clip.processing_status;
  return (
    <div className="flex max-w-72 items-center gap-2">
      <Badge tone={TONES[status]}>
        {status === 'processing'
          ? t('processingProgress', { percent: Math.round(clip.progress) })
          : statusName(hockey, status)}
      </Badge>
      {status === 'failed' ? (
        <>
          <span className="line-clamp-2 min-w-40 text-xs text-muted">{clip.error_message ?? t('failedUnknown')}</span>
          {canRetry ? <RetryButton clipId={clip.clip_id} /> : null}
        </>
      ) : null}
    </div>
  );
}
