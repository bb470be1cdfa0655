'use client';

import Link from 'next/link';
import { memo, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { eventName, periodName, periodShortName, strengthName } from '#app/_i18n/hockey-words.ts';
import { cn } from '#app/_ui/cn.ts';
import { pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import { ClipThumbnail } from '#app/(portal)/_clips/clip-thumbnail-client.tsx';
import { OutcomeMark } from '#app/(portal)/_clips/outcome-mark.tsx';
import { ClubMark } from '#app/(portal)/_clubs/clubs-client.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { ClipState } from './clip-state-client.tsx';
import { SelectBox } from './select-box-client.tsx';
import { useStoryboard } from './use-storyboard.ts';

/**
 * When the tick shows: `hover`, where there is a mouse or the keyboard comes to the card; `shown`, once something is
 * ticked; `whole`, when the card itself is to be pressed.
 */
export type Ticks = 'hover' | 'shown' | 'whole';

const TICKS: Record<Ticks, string> = {
  hover:
    'opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:hidden',
  shown: '',
  whole: 'inset-0 size-auto items-start justify-start rounded-lg bg-transparent p-2.5 pointer-coarse:size-auto',
};

interface ClipCardProps {
  clip: ClipJson;
  href: string;
  loading: 'first' | 'eager' | 'lazy';
  canRetry: boolean;
  /** `undefined` for those who may change nothing. */
  onSelect: ((clipId: string, range: boolean) => void) | undefined;
  selected: boolean;
  ticks: Ticks;
}

/**
 * One clip: its picture, then who did what, when in the game, against whom. The whole card is the link, or the tick
 * while one selects. Nothing lies over the picture's foot, where a broadcast has its clock.
 * Finished pictures out of view cost no layout; others must not be contained, or their button would lie below the link.
 */
export const ClipCard = memo(function ClipCard(props: ClipCardProps) {
  const { clip, href, loading, canRetry, onSelect, selected, ticks } = props;
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const frameRef = useRef<HTMLDivElement>(null);
  const { frame, handlers } = useStoryboard(clip, frameRef);
  const event = eventName(hockey, clip.event_type);
  const player = clip.player_name ?? clip.player_id;
  return (
    <article className="group relative flex flex-col overflow-hidden rounded-lg border border-line bg-surface transition-colors focus-within:border-line-strong hover:border-line-strong has-checked:border-accent">
      <div className={cn('relative aspect-video', clip.processing_status === 'ready' && '[content-visibility:auto]')}>
        <ClipThumbnail thumbnail={pickAssets(clip).thumbnail} loading={loading} frame={frame} frameRef={frameRef} />
        <ClipState clip={clip} canRetry={canRetry} />
      </div>
      <div className="flex h-19 min-w-0 flex-col gap-0.5 overflow-hidden px-3 pt-2">
        <div className="flex items-baseline justify-between gap-2">
          <h2 className="min-w-0 truncate text-sm font-semibold">
            <Link
              href={href}
              data-clip={clip.clip_id}
              prefetch={false}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
              {...handlers}
            >
              {event}
              <span className="sr-only">, {player}</span>
            </Link>
          </h2>
          <span className="shrink-0 text-xs text-faint tabular-nums">{formatDuration(clip.duration_s)}</span>
        </div>
        <CardFacts clip={clip} player={player} />
      </div>
      {onSelect ? (
        <SelectBox
          label={t('bulk.select', { event, player })}
          checked={selected}
          onSelect={(range) => onSelect(clip.clip_id, range)}
          className={cn('absolute top-1 left-1 z-10 rounded-md bg-shade', TICKS[ticks])}
        />
      ) : null}
    </article>
  );
});

/** When in the game, and which one. */
function CardFacts({ clip, player }: { clip: ClipJson; player: string }) {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const opponent = clip.opponent_code ? t('versus', { opponent: clip.opponent_code }) : null;
  const strength = clip.strength ? strengthName(hockey, clip.strength) : null;
  return (
    <>
      <p className="flex justify-between gap-2 text-[0.8125rem]">
        <span aria-hidden className="truncate">
          {player}
        </span>
        <span className="flex shrink-0 items-center gap-1 text-xs leading-5 font-semibold">
          <OutcomeMark outcome={clip.outcome} />
          {clip.period === null ? null : (
            <span title={periodName(hockey, clip.period)}>{periodShortName(hockey, clip.period)}</span>
          )}
          {clip.period !== null && strength ? <span aria-hidden>·</span> : null}
          {strength}
        </span>
      </p>
      <p className="flex justify-between gap-2 text-xs text-faint">
        <span className="flex min-w-0 items-center gap-1">
          <ClubMark team={clip.team_code} size="small" />
          <span className="truncate">{[clip.team_code, opponent].filter(Boolean).join(' ')}</span>
          <ClubMark team={clip.opponent_code} size="small" />
        </span>
        {clip.game_date ? (
          <time dateTime={clip.game_date} className="shrink-0">
            {formatGameDate(format, clip.game_date)}
          </time>
        ) : null}
      </p>
    </>
  );
}
