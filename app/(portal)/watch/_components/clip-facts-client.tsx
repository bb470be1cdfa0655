'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { clipsHref, oneFilter } from '#app/_client/clip-query.ts';
import { formatDuration, formatGameDate, formatMoment } from '#app/_i18n/clip-formats.ts';
import { statusName } from '#app/_i18n/hockey-words.ts';
import { Badge, type BadgeTone } from '#app/_ui/badge.tsx';
import { Card, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import { filterValueName } from '#app/(portal)/_clips/filter-words.ts';
import type { ProcessingStatus } from '#lib/clips/clip-field-schemas.ts';
import { FILTER_NAMES, type FilterName, isFacetColumn } from '#lib/clips/clip-filter-schemas.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

const STATUS_TONES: Record<ProcessingStatus, BadgeTone> = {
  pending: 'neutral',
  processing: 'info',
  ready: 'neutral',
  failed: 'danger',
};

interface ClipFactsProps {
  clip: ClipJson;
  /** Writes a moment of the master. */
  timecode: (seconds: number) => string;
  actions?: ReactNode;
}

/** What is known of a clip; each value leads to the clips that share it. */
export function ClipFacts({ clip, timecode, actions }: ClipFactsProps) {
  const t = useTranslations('clip.facts');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const shared = (name: FilterName) => {
    if (name === 'date_from') {
      const { game_date: date } = clip;
      return (
        <Fact key={name} label={hockey('field.game_date')}>
          {date === null ? null : formatGameDate(format, date)}
        </Fact>
      );
    }
    if (!isFacetColumn(name)) return null;
    const value = clip[name] === null ? null : String(clip[name]);
    const label = name === 'player_id' ? clip.player_name : null;
    return (
      <Fact key={name} label={hockey(`field.${name}`)}>
        {value === null ? null : (
          <FactLink name={name} value={value}>
            {filterValueName(name, value, label, hockey, format)}
          </FactLink>
        )}
      </Fact>
    );
  };
  return (
    <Card className="self-start">
      <CardHeader>
        <CardTitle>{t('heading')}</CardTitle>
        {actions}
      </CardHeader>
      <dl className="divide-y divide-line px-4 text-sm sm:max-lg:columns-2 sm:max-lg:gap-8">
        {FILTER_NAMES.map(shared)}
        <Fact label={hockey('field.status')}>
          <Badge tone={STATUS_TONES[clip.processing_status]}>{statusName(hockey, clip.processing_status)}</Badge>
        </Fact>
        <Fact label={t('in')}>
          <span className="font-mono text-[0.8125rem]">{timecode(clip.start_timecode_s)}</span>
        </Fact>
        <Fact label={t('out')}>
          <span className="font-mono text-[0.8125rem]">{timecode(clip.end_timecode_s)}</span>
        </Fact>
        <Fact label={hockey('field.duration_s')}>{formatDuration(clip.duration_s, { exact: true })}</Fact>
        {clip.audio_note ? (
          <Fact label={t('audio')}>
            <span className="text-xs">{hockey(`audioNote.${clip.audio_note}`)}</span>
          </Fact>
        ) : null}
        <Fact label={hockey('field.created_at')}>{formatMoment(format, clip.created_at)}</Fact>
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  const t = useTranslations('clip.facts');
  return (
    <div className="flex min-h-8 pointer-coarse:min-h-11 break-inside-avoid items-center justify-between gap-4 py-1 pointer-coarse:py-0">
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 text-right break-words">{children ?? <span className="text-faint">{t('none')}</span>}</dd>
    </div>
  );
}

function FactLink({ name, value, children }: { name: FilterName; value: string; children: string }) {
  const t = useTranslations('clip.facts');
  return (
    <Link
      href={clipsHref({ filters: oneFilter(name, value) })}
      title={t('allOf', { value: children })}
      prefetch={false}
      className="inline-flex min-h-6 pointer-coarse:min-h-11 pointer-coarse:min-w-11 pointer-coarse:justify-end items-center rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
    >
      {children}
    </Link>
  );
}
