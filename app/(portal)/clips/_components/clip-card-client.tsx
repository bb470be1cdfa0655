'use client';

import Link from 'next/link';
import { memo, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { eventName, periodName, periodShortName, strengthName } from '#app/_i18n/hockey-words.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { pickAssets } from './clip-assets.ts';
import { ClipState } from './clip-state-client.tsx';
import { ClipThumbnail } from './clip-thumbnail-client.tsx';
import { SelectBox } from './select-box-client.tsx';
import { useStoryboard } from './use-storyboard.ts';

interface ClipCardProps {
  clip: ClipJson;
  href: string;
  loading: 'first' | 'eager' | 'lazy';
  canRetry: boolean;
  /** `undefined` for those who may change nothing. */
  onSelect: ((clipId: string, range: boolean) => void) | undefined;
  selected: boolean;
}

/**
 * One clip: its picture, then who did what, against whom, when. The whole card is the link.
 * Finished pictures out of view cost no layout; others must not be contained, or their button would lie below the link.
 */
export const ClipCard = memo(function ClipCard(props: ClipCardProps) {
  const { clip, href, loading, canRetry, onSelect, selected } = props;
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const frameRef = useRef<HTMLDivElement>(null);
  const { frame, handlers } = useStoryboard(clip, frameRef);
  const event = eventName(hockey, clip.event_type);
  const player = clip.player_name ?? clip.player_id;
  const opponent = clip.opponent_code ? t('versus', { opponent: clip.opponent_code }) : null;
  return (
    <article className="group relative flex flex-col overflow-hidden rounded-lg border border-line bg-surface transition-colors focus-within:border-line-strong hover:border-line-strong has-checked:border-accent">
      <div className={cn('relative aspect-video', clip.processing_status === 'ready' && '[content-visibility:auto]')}>
        <ClipThumbnail thumbnail={pickAssets(clip).thumbnail} loading={loading} frame={frame} frameRef={frameRef} />
        <ClipState clip={clip} canRetry={canRetry} />
        <CardBadges clip={clip} />
      </div>
      <div className="flex h-19 min-w-0 flex-col gap-0.5 overflow-hidden px-3 pt-2">
        <h2 className="truncate text-sm font-semibold">
          <Link
            href={href}
            prefetch={false}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
            {...handlers}
          >
            {event}
            <span className="sr-only">, {player}</span>
          </Link>
        </h2>
        <p aria-hidden className="truncate text-[0.8125rem] text-muted">
          {player}
        </p>
        <p className="flex justify-between gap-2 text-xs text-faint">
          <span className="truncate">{[clip.team_code, opponent].filter(Boolean).join(' ')}</span>
          {clip.game_date ? (
            <time dateTime={clip.game_date} className="shrink-0">
              {formatGameDate(format, clip.game_date)}
            </time>
          ) : null}
        </p>
      </div>
      {onSelect ? (
        <SelectBox
          label={t('bulk.select', { event, player })}
          checked={selected}
          onSelect={(range) => onSelect(clip.clip_id, range)}
          className="absolute top-1 left-1 z-10 rounded-md bg-shade"
        />
      ) : null}
    </article>
  );
});

function CardBadges({ clip }: { clip: ClipJson }) {
  const hockey = useTranslations('hockey');
  return (
    <div className="pointer-events-none absolute inset-x-1.5 bottom-1.5 flex items-end justify-between gap-1">
      <span className="flex gap-1">
        {clip.period === null ? null : (
          <Badge tone="overlay" title={periodName(hockey, clip.period)}>
            {periodShortName(hockey, clip.period)}
          </Badge>
        )}
        {clip.strength ? <Badge tone="overlay">{strengthName(hockey, clip.strength)}</Badge> : null}
      </span>
      <Badge tone="overlay">{formatDuration(clip.duration_s)}</Badge>
    </div>
  );
}
