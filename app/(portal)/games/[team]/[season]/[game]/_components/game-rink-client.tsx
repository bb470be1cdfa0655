'use client';

import type { GameName } from '#app/_client/game-href.ts';
import { Rink } from '#app/(portal)/_games/rink-client.tsx';
import { boxOfText } from '#app/(portal)/_games/rink-geometry.ts';
import { rinkText } from '#lib/plays/rink-schemas.ts';
import { useGamePlays } from './use-game-plays.ts';
import type { GameUrlState } from './use-game-url-state.ts';
import type { PlayChoice } from './use-play-choice.ts';

interface GameRinkProps {
  game: GameName;
  state: GameUrlState;
  choice: PlayChoice;
}

/** Where the game's plays happened, under all filters but the box: what lies beside it is still seen. */
export function GameRink({ game, state, choice }: GameRinkProps) {
  const { rink = '', ...others } = state.filters;
  const { plays } = useGamePlays(game, others, state.words);
  return (
    <div className="game-panel scroll-thin">
      <Rink
        plays={plays.filter(({ kind }) => kind === 'event')}
        box={boxOfText(rink)}
        onBox={(box) => state.setFilters({ rink: box && rinkText(box) })}
        onPlay={(id) => {
          const play = plays.find((each) => each.id === id);
          if (play) choice.choose(play);
        }}
        selectedId={choice.selected?.id ?? null}
      />
    </div>
  );
}
