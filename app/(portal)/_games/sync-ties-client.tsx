'use client';

import { X } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import type { Anchor } from '#lib/plays/anchor-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import type { GameSync as Sync } from './use-game-sync.ts';

/** Elapsed time as the clock shows it: whole seconds. */
export const periodClock = (clockS: number): string => formatDuration(Math.floor(clockS));

/** Three plays near the period's end: what drifts has drifted most there. */
export function SyncChecks({ sync, onPlay }: { sync: Sync; onPlay: (play: PlayJson) => void }) {
  const t = useTranslations('playSync');
  const hockey = useTranslations('hockey');
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-medium">{t('checks')}</h3>
      {sync.checks.length > 0 ? (
        <>
          <ul className="flex flex-wrap gap-2">
            {sync.checks.map((play) => (
              <li key={play.id}>
                <Button size="sm" aria-pressed={sync.play?.id === play.id} onClick={() => onPlay(play)}>
                  {eventName(hockey, play.name)}
                  <span className="text-muted tabular-nums">{periodClock(play.clock_s)}</span>
                </Button>
              </li>
            ))}
          </ul>
          <p className="text-xs text-muted">{t('checksHint')}</p>
        </>
      ) : (
        <p className="text-muted">{t('noChecks')}</p>
      )}
    </section>
  );
}

/** The moments of the period that are tied to the film; a press goes there. */
export function SyncTies({ sync, onMoment }: { sync: Sync; onMoment: (atS: number) => void }) {
  const t = useTranslations('playSync');
  const format = useFormatter();
  if (sync.own.length === 0) return null;
  const textOf = ({ clock_s, video_s, rate }: Anchor) => {
    const tie = { clock: periodClock(clock_s), at: formatDuration(video_s, { exact: true }) };
    if (rate === 1) return t('tie', tie);
    return t('tieRate', { ...tie, rate: format.number(rate, { maximumFractionDigits: 3 }) });
  };
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-medium">{t('ties')}</h3>
      <ul className="scroll-thin flex max-h-40 flex-col overflow-y-auto">
        {sync.own.map((tie) => (
          <li key={tie.clock_s} className="flex items-center gap-2">
            <Button size="sm" variant="ghost" className="min-w-0 shrink" onClick={() => onMoment(tie.video_s)}>
              <span className="truncate tabular-nums">{textOf(tie)}</span>
            </Button>
            <IconButton
              size="sm"
              label={t('remove', { clock: periodClock(tie.clock_s) })}
              onClick={() => void sync.remove(tie)}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
