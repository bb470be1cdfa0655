'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import { FilmState } from '#app/(portal)/_masters/film-state-client.tsx';
import type { GameGroup } from '#app/(portal)/_masters/game-groups.ts';
import { factsOfMaster } from '#app/(portal)/_masters/new-clip.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';

/** One game: which it is, and a row for each of its films. */
export function FilmGame({ group }: { group: GameGroup<FilmJson> }) {
  const t = useTranslations('film');
  const format = useFormatter();
  const { team, opponent, season, gameId, gameDate } = group;
  return (
    <li className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 border-b border-line bg-raised px-4 py-2">
        <h2 className="text-sm font-semibold">
          <GameTeams team={team} opponent={opponent} />
        </h2>
        <p className="text-xs text-muted">
          {[gameDate ? formatGameDate(format, gameDate) : null, t('game', { season, game: gameId })]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <ul className="divide-y divide-line">
        {group.masters.map((film) => (
          <FilmRow key={film.id} film={film} />
        ))}
      </ul>
    </li>
  );
}

function FilmRow({ film }: { film: FilmJson }) {
  const t = useTranslations('film');
  const hockey = useTranslations('hockey');
  const { period } = factsOfMaster(film);
  return (
    <li>
      <Link
        href={`/masters/${film.id}`}
        aria-label={t('watch', { name: film.filename })}
        className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-sm outline-offset-[-2px] hover:bg-hover"
      >
        {period ? (
          <span className="w-24 shrink-0 font-medium">{periodName(hockey, Number(period))}</span>
        ) : (
          <span className="w-24 min-w-0 flex-1 truncate font-medium sm:flex-none">{film.filename}</span>
        )}
        <span className="w-14 shrink-0 text-right text-muted tabular-nums">
          {film.duration_s === null ? '' : formatDuration(film.duration_s)}
        </span>
        <span className="hidden min-w-0 flex-1 truncate text-xs text-faint sm:block">{film.filename}</span>
        {period ? <span className="flex-1 sm:hidden" /> : null}
        <FilmState preparation={film.preparation} durationS={film.duration_s} />
      </Link>
    </li>
  );
}
