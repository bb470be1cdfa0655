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
import { cn } from '#app/_ui/cn.ts';
import { TableCell, TableRow } from '#app/_ui/table.tsx';
import { isPlayable, pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import { ClipThumbnail } from '#app/(portal)/_clips/clip-thumbnail-client.tsx';
import { OutcomeMark } from '#app/(portal)/_clips/outcome-mark.tsx';
import type { ProcessingStatus } from '#lib/clips/clip-field-schemas.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { ROOM } from './clip-table-room.ts';
import { RetryButton } from './retry-button-client.tsx';
import { SelectBox } from './select-box-client.tsx';

const TONES: Record<ProcessingStatus, BadgeTone> = {
  pending: 'neutral',
  processing: 'info',
  ready: 'neutral',
  failed: 'danger',
};

/** The columns that are plain facts, in their order. */
const FACTS = ['period', 'strength', 'outcome', 'zone', 'team_code', 'opponent_code', 'game_date'] as const;
/** Those of them that a coach looks for first. */
const LOUD: readonly string[] = ['period', 'strength', 'outcome'];

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
    game_date: clip.game_date ? formatGameDate(format, clip.game_date) : null,
    period: clip.period === null ? null : periodShortName(hockey, clip.period),
    strength: clip.strength ? strengthName(hockey, clip.strength) : null,
    zone: clip.zone ? zoneName(hockey, clip.zone) : null,
    outcome: clip.outcome ? outcomeName(hockey, clip.outcome) : null,
  };
  return (
    <TableRow className="relative hover:bg-raised has-checked:bg-raised">
      {onSelect ? (
        <TableCell className="px-0 @lg:px-1">
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
          <div className="min-w-0">
            <Link
              href={href}
              data-clip={clip.clip_id}
              prefetch={false}
              className="outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
            >
              {eventName(hockey, clip.event_type)}
              <span className="sr-only">, {player}</span>
            </Link>
            {/* Until there is a column for it. */}
            <OutcomeMark outcome={clip.outcome} className="ml-1.5 hidden align-[-0.15em] @lg:inline-flex @2xl:hidden" />
            <RowInShort clip={clip} player={player} canRetry={canRetry} />
          </div>
        </div>
      </th>
      <TableCell className={ROOM.player_id}>{player}</TableCell>
      {FACTS.map((fact) => (
        <TableCell
          key={fact}
          className={cn(
            LOUD.includes(fact) ? 'font-medium' : 'text-muted',
            fact === 'game_date' && 'whitespace-nowrap',
            ROOM[fact],
          )}
        >
          {fact === 'outcome' ? <OutcomeMark outcome={clip.outcome} isBeside className="mr-1 align-[-0.15em]" /> : null}
          {facts[fact] ?? '–'}
        </TableCell>
      ))}
      <TableCell className="text-right text-muted">{formatDuration(clip.duration_s)}</TableCell>
      <TableCell className={ROOM.status}>
        <StatusCell clip={clip} canRetry={canRetry} />
      </TableCell>
      <TableCell className={cn('max-w-48 truncate text-muted', ROOM.tag)}>{clip.tags.join(', ') || '–'}</TableCell>
      <TableCell className={cn('text-muted', ROOM.game_id)}>{clip.game_id}</TableCell>
      <TableCell className={cn('whitespace-nowrap text-muted', ROOM.season)}>{clip.season ?? '–'}</TableCell>
      <TableCell className={cn('whitespace-nowrap text-muted', ROOM.created_at)}>
        {formatDay(format, clip.created_at)}
      </TableCell>
    </TableRow>
  );
});

/** On a phone: what has no column of its own there. */
function RowInShort({ clip, player, canRetry }: { clip: ClipJson; player: string; canRetry: boolean }) {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const moment = [
    clip.period === null ? null : periodShortName(hockey, clip.period),
    clip.strength ? strengthName(hockey, clip.strength) : null,
  ];
  const game = [
    clip.opponent_code ? t('versus', { opponent: clip.opponent_code }) : null,
    clip.game_date ? formatGameDate(format, clip.game_date) : null,
  ];
  return (
    <div className="flex flex-col gap-0.5 text-xs font-normal text-muted @lg:hidden">
      <span aria-hidden className="text-text">
        {player}
      </span>
      <span className="flex items-center gap-1.5">
        <span className="font-semibold text-text">{moment.filter(Boolean).join(' · ')}</span>
        <OutcomeMark outcome={clip.outcome} />
      </span>
      <span className="text-faint">{game.filter(Boolean).join(' · ')}</span>
      {/* When the file of a clip comes is nothing to those who watch it. */}
      {clip.processing_status === 'ready' || (isPlayable(clip) && clip.processing_status !== 'failed') ? null : (
        <StatusCell clip={clip} canRetry={canRetry} />
      )}
    </div>
  );
}

function StatusCell({ clip, canRetry }: { clip: ClipJson; canRetry: boolean }) {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const status = clip.processing_status;
  return (
    <div className="flex max-w-72 flex-wrap items-center gap-2">
      <Badge tone={TONES[status]}>
        {status === 'processing'
          ? t('processingProgress', { percent: Math.round(clip.progress) })
          : statusName(hockey, status)}
      </Badge>
      {status === 'failed' ? (
        <>
          <span className="line-clamp-2 min-w-32 flex-1 text-xs text-muted">
            {clip.error_message ?? t('failedUnknown')}
          </span>
          {canRetry ? <RetryButton clipId={clip.clip_id} /> : null}
        </>
      ) : null}
    </div>
  );
}
