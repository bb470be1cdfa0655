'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { periodShortName, strengthName } from '#app/_i18n/hockey-words.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { pickAssets } from './clip-assets.ts';
import { ClipThumbnail } from './clip-thumbnail-client.tsx';
import { OutcomeMark } from './outcome-mark.tsx';

/** A clip in one line of a list: its picture, what it is called there, and when in which game. */
export function ClipLine({ clip, name }: { clip: ClipJson; name: string }) {
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const facts = [
    clip.period === null ? null : periodShortName(hockey, clip.period),
    clip.strength && strengthName(hockey, clip.strength),
    clip.opponent_code,
    clip.game_date ? formatGameDate(format, clip.game_date) : null,
    formatDuration(clip.duration_s),
  ];
  return (
    <>
      <ClipThumbnail
        thumbnail={pickAssets(clip).thumbnail}
        loading="lazy"
        className="w-16 shrink-0 rounded border border-line sm:w-20"
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5 text-sm font-medium">
          <span className="truncate">{name}</span>
          <OutcomeMark outcome={clip.outcome} />
        </span>
        <span className="block truncate text-xs text-muted">{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </>
  );
}
