'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { gameHref } from '#app/_client/play-query.ts';
import type { GameJson } from '#lib/plays/game-schemas.ts';

/** One game: which it is, and what there is of it. */
export function GameRow({ game }: { game: GameJson }) {
  const hockey = useTranslations('hockey');
  const { team_code: team, opponent_code: opponent } = game;
  return (
    <li className="rounded-lg border border-line bg-surface">
      <Link href={gameHref(game)} className="flex min-h-11 items-center px-4">
        {opponent ? hockey('game', { team, opponent }) : team}
      </Link>
    </li>
  );
}
