'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl';
import { playFacetsOptions } from '#app/_client/play-queries.ts';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import type { GameSync } from '#app/(portal)/_games/use-game-sync.ts';
import type { Notes } from '#app/(portal)/_notes/use-notes.ts';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { GameWithRostersJson } from '#lib/plays/game-schemas.ts';
import type { GameRights } from './game-rights.ts';
import { PlayPanel } from './play-panel-client.tsx';
import { PlayToolbar } from './play-toolbar-client.tsx';
import type { GameFilm } from './seen-in.ts';
import type { GameDesk } from './use-game-desk.ts';
import type { GameTabs } from './use-game-tabs.ts';

/** Each comes with its tab. */
const SyncPanel = dynamic(() => import('#app/(portal)/_games/sync-panel-client.tsx').then((all) => all.SyncPanel));
const NotesPanel = dynamic(() => import('#app/(portal)/_notes/notes-panel-client.tsx').then((all) => all.NotesPanel));
const GameRink = dynamic(() => import('./game-rink-client.tsx').then((all) => all.GameRink));
const GameStats = dynamic(() => import('./game-stats-client.tsx').then((all) => all.GameStats));

interface GameSideProps {
  game: GameWithRostersJson;
  films: readonly GameFilm[];
  can: GameRights;
  desk: GameDesk;
  sync: GameSync;
  tabs: GameTabs;
  pageKeys: readonly PageKey[];
  notes: Notes;
  /** Offers to make clips of all that is shown, or marked. */
  onMake: (() => void) | null;
}

/** Beside the picture: what narrows the plays, and then the plays, the rink, the statistics or the clocks. */
export function GameSide({
  game,
  films,
  can,
  desk,
  sync,
  tabs: { tabs, tab, clocksRef },
  pageKeys,
  notes,
  onMake,
}: GameSideProps) {
  const t = useTranslations('games');
  const { searchRef, state, query, all, plays, isWaiting, picture, choice, marks, pick } = desk;
  const facets = useQuery(playFacetsOptions(game, state.filters));
  return (
    <div className="game-side">
      <ToggleGroup
        label={t('tabs.label')}
        value={tab}
        options={tabs.map((each) => ({ value: each, label: t(`tabs.${each}`) }))}
        onChange={(next) => state.setHere({ tab: tabs.find((each) => each === next) ?? 'plays' })}
        className="max-w-full flex-wrap self-start"
      />
      {tab === 'clocks' ? (
        <SyncPanel ref={clocksRef} sync={sync} films={films} onFilm={picture.open} onPlay={choice.choose} />
      ) : null}
      <PlayToolbar
        game={game}
        state={state}
        facets={facets.data}
        searchRef={searchRef}
        pageKeys={pageKeys}
        count={isWaiting ? undefined : plays.length}
        marked={marks.marks.size}
        onMake={onMake}
        into={can.canEditClips ? desk.into : null}
        onClearMarks={marks.clear}
      />
      {tab === 'plays' || tab === 'clocks' ? (
        <PlayPanel
          query={query}
          plays={plays}
          index={choice.index}
          marks={can.canEditClips ? marks.marks : null}
          isFilmed={all.some(({ video }) => video !== null)}
          hasPlays={game.plays > 0}
          can={can}
          onPick={pick}
          onMark={marks.toggle}
          onClear={state.clearFilters}
        />
      ) : null}
      {tab === 'notes' ? <NotesPanel notes={notes} /> : null}
      {tab === 'rink' ? <GameRink game={game} state={state} choice={choice} /> : null}
      {tab === 'stats' ? <GameStats game={game} filters={state.filters} /> : null}
    </div>
  );
}
