'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { gameHref } from '#app/_client/game-href.ts';
import { formatGameDate } from '#app/_i18n/clip-formats.ts';
import { type HockeyTranslator, periodShortName } from '#app/_i18n/hockey-words.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import type { GameJson } from '#lib/plays/game-schemas.ts';

/**
 * One game: which it is, how it ended, and what there is of it.
 * @param seesFilm whether the reader watches film: to others there is none of any game.
 */
export function GameRow({ game, seesFilm }: { game: GameJson; seesFilm: boolean }) {
  const t = useTranslations('games');
  const format = useFormatter();
  const { team_code: team, opponent_code: opponent, score, home } = game;
  const facts = [
    game.game_date && formatGameDate(format, game.game_date),
    home === null ? null : t(home ? 'list.home' : 'list.away'),
    t('game', { season: game.season, game: game.game_id }),
  ];
  return (
    <li>
      <Link
        href={gameHref(game)}
        className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line bg-surface px-4 py-2.5 transition-colors hover:bg-hover"
      >
        <span className="flex min-w-0 flex-1 basis-56 flex-col">
          <span className="flex items-center gap-2 text-base font-semibold">
            <GameTeams team={team} opponent={opponent} size="large" />
            {score ? <span className="ml-1 text-lg tabular-nums">{`${score.own}–${score.opponent}`}</span> : null}
          </span>
          <span className="text-xs text-muted">{facts.filter(Boolean).join(' · ')}</span>
        </span>
        <span className="text-xs text-muted tabular-nums">
          {t('list.plays', { count: game.plays })} · {t('list.clips', { count: game.clips })}
        </span>
        {seesFilm ? <FilmOfGame game={game} /> : null}
      </Link>
    </li>
  );
}

const named = (periods: readonly number[], hockey: HockeyTranslator): string =>
  [...new Set(periods)].map((period) => periodShortName(hockey, period)).join(', ');

/** Whether there is film, and whether the plays find their place in it. */
function FilmOfGame({ game: { masters, periods, plays } }: { game: GameJson }) {
  const t = useTranslations('games.list');
  const hockey = useTranslations('hockey');
  if (masters === 0) return <Badge>{t('noFilm')}</Badge>;
  const filmed = periods.filter(({ master_id }) => master_id !== null);
  const anchored = new Set(filmed.filter((each) => each.anchored).map(({ period }) => period));
  const loose = periods.map(({ period }) => period).filter((period) => !anchored.has(period));
  const isPart = filmed.length > 0 && filmed.length < periods.length;
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge>
        {isPart
          ? t('partFilm', {
              periods: named(
                filmed.map(({ period }) => period),
                hockey,
              ),
            })
          : t('film')}
      </Badge>
      {plays === 0 || periods.length === 0 ? null : loose.length > 0 ? (
        <Badge tone="warning">{t('unanchored', { periods: named(loose, hockey) })}</Badge>
      ) : (
        <Badge>{t('anchored')}</Badge>
      )}
    </span>
  );
}
