'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { clockText } from '#app/_i18n/clip-formats.ts';
import { periodShortName } from '#app/_i18n/hockey-words.ts';
import { type ClipClock, clockAt } from '#lib/plays/clip-clock-schemas.ts';
import { watchFrames } from './frame-clock.ts';

interface GameClockProps {
  clock: ClipClock;
  /** Where the clip begins to be watched. */
  startS: number;
  videoOf: () => HTMLVideoElement | null;
}

/**
 * The period and its clock as the picture has it, elapsed as on the game's page. Past React: sixty times a second is too often
 * to render.
 */
export function GameClock({ clock, startS, videoOf }: GameClockProps) {
  const t = useTranslations('clip');
  const hockey = useTranslations('hockey');
  const shownRef = useRef<HTMLSpanElement>(null);
  const isTied = clock.stretches.length > 0;
  useEffect(() => {
    const video = isTied ? videoOf() : null;
    if (!video) return;
    return watchFrames(video, (frameS) => {
      const text = clockText(clockAt(clock, frameS ?? video.currentTime));
      if (shownRef.current && shownRef.current.textContent !== text) shownRef.current.textContent = text;
    });
  }, [clock, isTied, videoOf]);
  return (
    <span className="text-lg leading-tight font-semibold tabular-nums">
      {periodShortName(hockey, clock.period)} <span className="sr-only">{t('gameClock')}</span>
      <span ref={shownRef} suppressHydrationWarning>
        {clockText(clockAt(clock, startS))}
      </span>
    </span>
  );
}
