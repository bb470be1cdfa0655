import Link from 'next/link';
import { type RefObject, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { frameRateOf } from '#app/_client/timecode.ts';
import { toast } from '#app/_ui/toast.ts';
import { useCodeWindow } from '#app/(portal)/_codes/use-code-window.ts';
import { focusFacts } from '#app/(portal)/masters/[id]/_components/focus-facts.ts';
import { useMarking } from '#app/(portal)/masters/[id]/_components/use-marking.ts';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import type { GameJson } from '#lib/plays/game-schemas.ts';
import type { GameRights } from './game-rights.ts';
import type { GamePicture } from './use-game-picture.ts';

interface GameCodesOptions {
  game: GameJson;
  picture: Pick<GamePicture, 'master' | 'playback' | 'clip'>;
  playerRef: RefObject<PlayerHandle | null>;
  served: CodeWindowJson[];
  servedAtMs: number;
  can: GameRights;
}

/** The code window of a game: for those who make clips, while a film of it is on screen. */
export function useGameCodes({ game, picture, playerRef, served, servedAtMs, can }: GameCodesOptions) {
  const t = useTranslations('games.keep');
  const keys = useTranslations('film.keys');
  const formRef = useRef<HTMLFormElement>(null);
  const { team_code: team } = game;
  const { master: film, playback, clip } = picture;
  const isOffered = can.canEditClips && film !== null && playback !== null;
  const tell = ({ clip_id: clipId }: ClipJson) =>
    toast.success(t('made', { count: 1 }), {
      description: <Link href={`/clips/${encodeURIComponent(clipId)}`}>{t('show', { count: 1 })}</Link>,
    });
  const marking = useMarking({
    ...{ team, film, rate: film?.frame_rate ? frameRateOf(film.frame_rate) : null },
    shownS: () => (playerRef.current?.hasPicture() ? playerRef.current.moment().atS : null),
    isInClip: clip !== null,
    asksFirst: false,
    onMade: tell,
    onUndone: () => {},
    askForFacts: () => requestAnimationFrame(() => focusFacts(formRef.current)),
  });
  const codes = useCodeWindow({ team, marking, served, servedAtMs, isOffered, fold: 'game-code-fold' });
  const undo: PageKey = { key: 'u', cap: 'U', text: keys('undo'), act: marking.takeBack };
  return {
    ...{ team, isOffered, marking, codes, formRef, canManage: can.canManageMasters },
    pageKeys: isOffered && !codes.isFolded ? [...codes.pageKeys, undo] : [],
  };
}
export type GameCodesState = ReturnType<typeof useGameCodes>;
