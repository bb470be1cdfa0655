'use client';

import { X } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import { factsOfMaster } from '#app/(portal)/_masters/new-clip.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';

/** A film is this far prepared where nothing of it is missing: its end is rounded. */
const END_S = 0.5;

/** Where clips lie in the film, and where the next one begins; seen, not read out: the list says it in words. */
export function FilmTicks({
  clips,
  durationS,
  inS,
}: {
  clips: readonly ClipJson[];
  durationS: number;
  inS: number | null;
}) {
  if (!(durationS > 0)) return null;
  const percent = (seconds: number) => `${(Math.min(seconds, durationS) / durationS) * 100}%`;
  return (
    <div className="film-ticks" aria-hidden>
      {clips.map(({ clip_id, start_timecode_s, duration_s }) => (
        <span key={clip_id} style={{ left: percent(start_timecode_s), width: percent(duration_s) }} />
      ))}
      {inS === null ? null : <span data-begun style={{ left: percent(inS) }} />}
    </div>
  );
}

/** Over the picture: that it is a clip, and the way back. */
export function ClipShowing({ clip, onBack }: { clip: ClipJson; onBack: () => void }) {
  const t = useTranslations('film');
  const common = useTranslations('common.key');
  const write = (seconds: number) => formatDuration(seconds);
  return (
    <div className="film-showing">
      <span className="tabular-nums">
        {t('showing', { from: write(clip.start_timecode_s), to: write(clip.end_timecode_s) })}
      </span>
      <Button size="sm" variant="ghost" className="text-white hover:bg-white/15 hover:text-white" onClick={onBack}>
        <X aria-hidden />
        {t('toFilm')} <Kbd>{common('Esc')}</Kbd>
      </Button>
    </div>
  );
}

/** Which game, and which part of it. */
export function FilmTitle({ film }: { film: FilmJson }) {
  const t = useTranslations('film');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const { opponent_code: opponent, game_date: date, period } = factsOfMaster(film);
  const { team_code: team, season, game_id: game } = film;
  return (
    <div className="mt-3">
      <h1 className="text-xl font-semibold tracking-tight">
        <GameTeams team={team} opponent={opponent || null} />
        {period ? ` · ${periodName(hockey, Number(period))}` : null}
      </h1>
      <p className="mt-0.5 text-sm text-muted">
        {[date ? formatGameDate(format, date) : null, t('game', { season, game })].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}

interface FilmProgressProps {
  film: FilmJson;
  playableToS: number;
  isWaiting: boolean;
}

/** How far it can be watched, while that is not all of it. */
export function FilmProgress({ film: { duration_s, preparation }, playableToS, isWaiting }: FilmProgressProps) {
  const t = useTranslations('film');
  if (isWaiting || duration_s === null || playableToS >= duration_s - END_S) return null;
  const times = { at: formatDuration(playableToS), duration: formatDuration(duration_s) };
  return (
    <p role="status" className="mt-1 text-sm text-info">
      {preparation?.status === 'failed' ? t('cutShort', times) : t('growing', times)}
    </p>
  );
}
