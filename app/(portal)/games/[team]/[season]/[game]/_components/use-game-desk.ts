import { type RefObject, useRef } from 'react';
import { useIntoReel } from '#app/(portal)/_open-reel/use-into-reel.tsx';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import type { GameWithRostersJson } from '#lib/plays/game-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import type { GameRights } from './game-rights.ts';
import { windowOf } from './play-window.ts';
import type { GameFilm } from './seen-in.ts';
import { useClipKeeping } from './use-clip-keeping.tsx';
import { useGameCodes } from './use-game-codes.tsx';
import { useGameKeys } from './use-game-keys.ts';
import { useGamePicture } from './use-game-picture.ts';
import { useGamePlays } from './use-game-plays.ts';
import { useGameUrlState } from './use-game-url-state.ts';
import { usePlayChoice } from './use-play-choice.ts';
import { usePlayMarks } from './use-play-marks.ts';

interface GameDeskOptions {
  game: GameWithRostersJson;
  films: readonly GameFilm[];
  codeWindows: CodeWindowJson[];
  servedAtMs: number;
  can: GameRights;
  playerRef: RefObject<PlayerHandle | null>;
}

/** What one works with on the page of a game: the play that is looked at, its picture, marks, clips, and the keys for all. */
export function useGameDesk({ game, films, codeWindows, servedAtMs, can, playerRef }: GameDeskOptions) {
  const searchRef = useRef<HTMLInputElement>(null);
  const url = useGameUrlState();
  const listed = useGamePlays(game, url.filters, url.words);
  const { plays } = listed;
  const picture = useGamePicture({ films, servedAtMs, playerRef });
  const choice = usePlayChoice({
    plays,
    playId: url.playId,
    onChoose: (play) => {
      url.setHere({ play: play.id });
      picture.show(play, null);
    },
    onFound: (play) => picture.show(play, null),
    onNews: picture.catchUp,
    onNear: picture.warm,
  });
  const { selected } = choice;
  const state = { ...url, window: windowOf(selected, url.asked) };
  const marks = usePlayMarks({ plays, index: choice.index, move: choice.move });
  const keeping = useClipKeeping(game, url.asked);
  const codes = useGameCodes({ game, picture, playerRef, served: codeWindows, servedAtMs, can });
  const pick = (play: PlayJson) => {
    marks.endRange();
    // Rows and the time line take no focus: the keys are the page's again, not a field's.
    const { activeElement: field } = document;
    if (field instanceof HTMLElement && field.localName === 'input') field.blur();
    // Again: all of its window.
    if (play.id === selected?.id) picture.show(play, state.window);
    else choice.choose(play);
  };
  const playSelected = selected ? () => picture.show(selected, state.window) : null;
  const gameKeys = useGameKeys({
    ...{ choice, marks, window: state.window, playSelected },
    find: () => {
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    keep: can.canEditClips ? () => keeping.keep(marks.chosen()) : null,
  });
  const into = useIntoReel([game.team_code], () => keeping.clipsOf(marks.chosen()));
  const pageKeys = [...gameKeys, ...(can.canEditClips ? [into.pageKey] : []), ...codes.pageKeys];
  return { into, searchRef, state, ...listed, picture, choice, marks, keeping, codes, pick, playSelected, pageKeys };
}
export type GameDesk = ReturnType<typeof useGameDesk>;
