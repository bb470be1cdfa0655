'use client';

import './game-page.css';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { GameWithRostersJson } from '#lib/plays/game-schemas.ts';
import { GamePicture } from './game-picture-client.tsx';
import { PlayTable } from './play-table-client.tsx';
import { TimeLine } from './time-line-client.tsx';
import { useGameKeys } from './use-game-keys.ts';
import { type GameFilm, useGamePicture } from './use-game-picture.ts';
import { useGamePlays } from './use-game-plays.ts';
import { TABS, useGameUrlState } from './use-game-url-state.ts';
import { usePlayChoice } from './use-play-choice.ts';

/** What the reader may do here; the use-cases decide again. */
export interface GameRights {
  canEditClips: boolean;
  canWatchMasters: boolean;
  canManageMasters: boolean;
}

interface GamePageProps {
  game: GameWithRostersJson;
  films: readonly GameFilm[];
  servedAtMs: number;
  can: GameRights;
}

/** A game: the picture left, its plays right, one time line under both. */
export function GamePage({ game, films, servedAtMs }: GamePageProps) {
  const t = useTranslations('games');
  const hockey = useTranslations('hockey');
  const playerRef = useRef<PlayerHandle>(null);
  const state = useGameUrlState();
  const { plays } = useGamePlays(game, state.filters, state.words);
  const picture = useGamePicture(films, playerRef);
  const choice = usePlayChoice({
    plays,
    playId: state.playId,
    onChoose: (play) => {
      state.setHere({ play: play.id });
      picture.show(play);
    },
    onFound: picture.show,
  });
  const pageKeys = useGameKeys({ choice, picture, window: state.window });
  const { team_code: team, opponent_code: opponent } = game;

  return (
    <div className="game-page">
      <header className="game-head">
        <Button asChild variant="ghost" size="sm">
          <Link href="/games">
            <ArrowLeft aria-hidden />
            {t('back')}
          </Link>
        </Button>
        <h1 className="min-w-0 truncate font-semibold">{opponent ? hockey('game', { team, opponent }) : team}</h1>
      </header>
      <div className="game-picture">
        <GamePicture
          playerRef={playerRef}
          picture={picture}
          servedAtMs={servedAtMs}
          pageKeys={pageKeys}
          onNeighbour={(which) => choice.move(which === 'next' ? 1 : -1)}
        />
      </div>
      <div className="game-side">
        <ToggleGroup
          label={t('tabs.label')}
          value={state.tab}
          options={TABS.map((tab) => ({ value: tab, label: t(`tabs.${tab}`) }))}
          onChange={(tab) => state.setHere({ tab: TABS.find((known) => known === tab) ?? 'plays' })}
        />
        {state.tab === 'plays' ? <PlayTable plays={plays} index={choice.index} onPick={choice.choose} /> : null}
      </div>
      <TimeLine plays={plays} selected={choice.selected} onPick={choice.choose} />
    </div>
  );
}
