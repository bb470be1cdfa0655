'use client';

import './game-page.css';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { gameOptions } from '#app/_client/game-queries.ts';
import type { NotesOf } from '#app/_client/note-queries.ts';
import { formatGameDate } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import { ImportPlaysButton } from '#app/(portal)/_games/game-import-client.tsx';
import { GameSync } from '#app/(portal)/_games/game-sync-client.tsx';
import { useGameSync } from '#app/(portal)/_games/use-game-sync.ts';
import { NoteComposer } from '#app/(portal)/_notes/late-note-composer-client.tsx';
import { useNoteKeys } from '#app/(portal)/_notes/use-note-keys.ts';
import { useNotes } from '#app/(portal)/_notes/use-notes.ts';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import type { GameWithRostersJson } from '#lib/plays/game-schemas.ts';
import { GamePicture } from './game-picture-client.tsx';
import type { GameRights } from './game-rights.ts';
import { GameSide } from './game-side-client.tsx';
import type { GameFilm } from './seen-in.ts';
import { TimeLine } from './time-line-client.tsx';
import { useGameDesk } from './use-game-desk.ts';
import type { GamePicture as GamePicturing } from './use-game-picture.ts';
import { useGameTabs } from './use-game-tabs.ts';
import { WindowFields } from './window-fields-client.tsx';

/** What nobody needs before the plays are there. */
const ClipPlaysDialog = dynamic(() => import('./clip-plays-dialog-client.tsx').then((all) => all.ClipPlaysDialog));
const GameCodes = dynamic(() => import('./game-codes-client.tsx').then((all) => all.GameCodes), {
  ssr: false,
  loading: () => <div aria-hidden className="min-h-9 flex-1 basis-64" />,
});

interface GamePageProps {
  game: GameWithRostersJson;
  films: readonly GameFilm[];
  codeWindows: CodeWindowJson[];
  servedAtMs: number;
  can: GameRights;
}

/** A game: the picture left, its plays right, one time line under both. */
export function GamePage(props: GamePageProps) {
  const { game: served, films, servedAtMs, can } = props;
  // By the API, and not by the page made anew: that may come behind a step in the address, and then loads all of it again.
  const known = { initialData: served, initialDataUpdatedAt: servedAtMs };
  const { data: game } = useQuery({ ...gameOptions(served), ...known });
  const playerRef = useRef<PlayerHandle>(null);
  const [isMaking, setIsMaking] = useState(false);
  const desk = useGameDesk({ ...props, game, playerRef });
  const { state, all, plays, picture, choice, marks, playSelected } = desk;
  const { selected } = choice;
  const sync = useGameSync({ game, picture, playerRef, selected, canTie: can.canWritePlays });
  const tabs = useGameTabs(state, can.canWritePlays && films.length > 0);
  const notes = useNotes({ of: notedOf(picture), playerRef, canWrite: can.canWatchMasters });
  const noteKeys = useNoteKeys(notes);
  const pageKeys = [...desk.pageKeys, ...sync.pageKeys, ...noteKeys];

  return (
    <div className="game-page">
      <GameHead game={game} />
      <div className="game-picture">
        <GamePicture
          playerRef={playerRef}
          arePlaysThere={!desk.isWaiting}
          hasClips={all.some(({ clip_id }) => clip_id !== null)}
          picture={picture}
          missing={picture.missingOf(selected)}
          servedAtMs={servedAtMs}
          pageKeys={pageKeys}
          can={can}
          notes={notes}
          onNeighbour={(which) => choice.move(which === 'next' ? 1 : -1)}
        />
        <NoteComposer notes={notes} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <WindowFields state={state} onPlay={playSelected} />
          <GameCodes codes={desk.codes} />
        </div>
        <GameSync sync={sync} onAdjust={tabs.openClocks} />
      </div>
      <GameSide
        {...{ game, films, can, desk, sync, tabs, pageKeys, notes }}
        onMake={can.canEditClips ? () => setIsMaking(true) : null}
      />
      <TimeLine {...{ all, plays, selected }} isWhole={can.canWatchMasters} window={state.window} onPick={desk.pick} />
      {isMaking ? (
        <ClipPlaysDialog
          playIds={marks.marks.size > 0 ? marks.chosen() : plays.map(({ id }) => id)}
          keeping={desk.keeping}
          onClose={() => setIsMaking(false)}
        />
      ) : null}
    </div>
  );
}

/** What has the notes that are seen: the film, or the clip of a play of which there is no film to watch. */
const notedOf = ({ master, clip }: GamePicturing): NotesOf | null =>
  clip ? { kind: 'clips', id: clip.clip_id } : master && { kind: 'masters', id: master.id };

/** Which game it is, and how it ended. */
function GameHead({ game }: { game: GameWithRostersJson }) {
  const t = useTranslations('games');
  const format = useFormatter();
  const { team_code: team, opponent_code: opponent, score } = game;
  const facts = [
    game.game_date ? formatGameDate(format, game.game_date) : null,
    t('game', { season: game.season, game: game.game_id }),
  ];
  return (
    <header className="game-head">
      <Button asChild variant="ghost" size="sm" className="pointer-coarse:min-w-11">
        <Link href="/games">
          <ArrowLeft aria-hidden />
          <span className="max-sm:sr-only">{t('back')}</span>
        </Link>
      </Button>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-3 text-lg leading-tight font-semibold">
          <h1 className="min-w-0 tracking-tight">
            <GameTeams team={team} opponent={opponent} />
          </h1>
          {score ? <p className="tabular-nums">{`${score.own}–${score.opponent}`}</p> : null}
        </div>
        <p className="truncate text-xs text-muted">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <ImportPlaysButton />
    </header>
  );
}
