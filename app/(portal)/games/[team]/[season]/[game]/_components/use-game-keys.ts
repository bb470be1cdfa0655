import { useTranslations } from 'use-intl';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { GamePicture } from './use-game-picture.ts';
import type { PlayChoice } from './use-play-choice.ts';

/** Plays that PgUp and PgDn go by. */
const PAGE = 12;

interface GameKeysOptions {
  choice: PlayChoice;
  picture: GamePicture;
  window: { leadS: number; lagS: number };
}

/** The keys of the page, beside those of the player. */
export function useGameKeys({ choice, picture, window }: GameKeysOptions): PageKey[] {
  const t = useTranslations('games.keys');
  const { selected, move } = choice;
  const moving = (key: string, cap: string, text: string, by: number): PageKey => ({
    ...{ key, cap, text, repeats: true },
    act: () => move(by),
  });
  return [
    moving('ArrowUp', '↑', t('up'), -1),
    moving('ArrowDown', '↓', t('down'), 1),
    moving('PageUp', 'PgUp', t('pageUp'), -PAGE),
    moving('PageDown', 'PgDn', t('pageDown'), PAGE),
    moving('Home', 'Home', t('first'), Number.NEGATIVE_INFINITY),
    moving('End', 'End', t('last'), Number.POSITIVE_INFINITY),
    {
      ...{ key: 'Enter', cap: 'Enter' },
      text: t('play', { lead: String(window.leadS), lag: String(window.lagS) }),
      act: () => selected && picture.playWindow(selected, window),
    },
  ];
}
