'use client';

import './game-page.css';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { playFacetsOptions } from '#app/_client/play-queries.ts';
import { formatGameDate } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import { ImportPlaysButton } from '#app/(portal)/_games/game-import-client.tsx';
import { GameSync } from '#app/(portal)/_games/game-sync-client.tsx';
import { SyncPanel } from '#app/(portal)/_games/sync-panel-client.tsx';
import { useGameSync } from '#app/(portal)/_games/use-game-sync.ts';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import type { GameWithRostersJson } from '#lib/plays/game-schemas.ts';
import { ClipPlaysDialog } from './clip-plays-dialog-client.tsx';
import { GameCodes } from './game-codes-client.tsx';
import { GamePicture } from './game-picture-client.tsx';
import type { GameRights } from './game-rights.ts';
import { GameRink } from './game-rink-client.tsx';
import { GameStats } from './game-stats-client.tsx';
import { PlayPanel } from './play-panel-client.tsx';
import { PlayToolbar } from './play-toolbar-client.tsx';
import type { GameFilm } from './seen-in.ts';
import { TimeLine } from './time-line-client.tsx';
import { useGameDesk } from './use-game-desk.ts';
import { useGameTabs } from './use-game-tabs.ts';
import { WindowFields } from './window-fields-client.tsx';

interface GamePageProps {
  game: GameWithRostersJson;
  films: readonly GameFilm[];
  codeWindows: CodeWindowJson[];
  servedAtMs: number;
  can: GameRights;
}

/** A game: the picture left, its plays right, one time line under both. */
export function GamePage(props: GamePageProps) {
  const { game, films, servedAtMs, can } = props;
  const t = useTranslations('games');
  const playerRef = useRef<PlayerHandle>(null);
  const [isMaking, setIsMaking] = useState(false);
  const desk = useGameDesk({ ...props, playerRef });
  const { searchRef, state, query, all, plays, isWaiting, picture, choice, marks, keeping, pageKeys, pick } = desk;
  const { playSelected } = desk;
  const { selected } = choice;
  const facets = useQuery(playFacetsOptions(game, state.filters));
  const canKeep = can.canEditClips;
  const shownIds = plays.map(({ id }) => id);
  const sync = useGameSync({ game, picture, playerRef, selected, canTie: can.canWritePlays });
  const { tabs, tab, clocksRef, openClocks } = useGameTabs(state, can.canWritePlays && films.length > 0);

  return (
    <div className="game-page">
      <GameHead game={game} />
      <div className="game-picture">
        <GamePicture
          playerRef={playerRef}
          picture={picture}
          missing={picture.missingOf(selected)}
          servedAtMs={servedAtMs}
          pageKeys={[...pageKeys, ...sync.pageKeys]}
          can={can}
          onNeighbour={(which) => choice.move(which === 'next' ? 1 : -1)}
        />
        <GameCodes codes={desk.codes} />
        <WindowFields state={state} onPlay={playSelected} />
        <GameSync sync={sync} onAdjust={openClocks} />
      </div>
      <div className="game-side">
        <ToggleGroup
          label={t('tabs.label')}
          value={tab}
          options={tabs.map((each) => ({ value: each, label: t(`tabs.${each}`) }))}
          onChange={(next) => state.setHere({ tab: tabs.find((each) => each === next) ?? 'plays' })}
          className="self-start"
        />
        {tab === 'clocks' ? (
          <SyncPanel ref={clocksRef} sync={sync} films={films} onFilm={picture.open} onPlay={choice.choose} />
        ) : null}
        <PlayToolbar
          state={state}
          facets={facets.data}
          searchRef={searchRef}
          pageKeys={[...pageKeys, ...sync.pageKeys]}
          count={isWaiting ? undefined : plays.length}
          marked={marks.marks.size}
          onMake={canKeep ? () => setIsMaking(true) : null}
          onClearMarks={marks.clear}
        />
        {tab === 'plays' || tab === 'clocks' ? (
          <PlayPanel
            query={query}
            plays={plays}
            index={choice.index}
            marks={canKeep ? marks.marks : null}
            hasPlays={game.plays > 0}
            can={can}
            onPick={pick}
            onMark={marks.toggle}
            onClear={state.clearFilters}
          />
        ) : null}
        {tab === 'rink' ? <GameRink game={game} state={state} choice={choice} /> : null}
        {tab === 'stats' ? <GameStats game={game} filters={state.filters} /> : null}
      </div>
      <TimeLine all={all} plays={plays} selected={selected} window={state.window} onPick={pick} />
      {isMaking ? (
        <ClipPlaysDialog
          playIds={marks.marks.size > 0 ? marks.chosen() : shownIds}
          keeping={keeping}
          onClose={() => setIsMaking(false)}
        />
      ) : null}
    </div>
  );
}

/** Which game it is, and how it ended. */
function GameHead({ game }: { game: GameWithRostersJson }) {
  const t = useTranslations('games');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const { team_code: team, opponent_code: opponent, score } = game;
  const facts = [
    game.game_date ? formatGameDate(format, game.game_date) : null,
    t('game', { season: game.season, game: game.game_id }),
  ];
  return (
    <header className="game-head">
      <Button asChild variant="ghost" size="sm">
        <Link href="/games">
          <ArrowLeft aria-hidden />
          {t('back')}
        </Link>
      </Button>
      <h1 className="truncate font-semibold">{opponent ? hockey('game', { team, opponent }) : team}</h1>
      {score ? <p className="font-semibold tabular-nums">{`${score.own}–${score.opponent}`}</p> : null}
      <p className="min-w-0 flex-1 truncate text-xs text-muted">{facts.filter(Boolean).join(' · ')}</p>
      <ImportPlaysButton />
    </header>
  );
}
