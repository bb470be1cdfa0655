import { useTranslations } from 'use-intl';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { PlayWindow } from './play-window.ts';
import type { PlayChoice } from './use-play-choice.ts';
import type { PlayMarks } from './use-play-marks.ts';

/** Plays that PgUp and PgDn go by. */
const PAGE = 12;

interface GameKeysOptions {
  choice: PlayChoice;
  marks: PlayMarks;
  window: PlayWindow;
  playSelected: (() => void) | null;
  find: () => void;
  /** Keeps the marked plays, or the one that is looked at; `null` for those who make no clips. */
  keep: (() => void) | null;
}

/** The keys of the page, beside those of the player. */
export function useGameKeys({ choice, marks, window, playSelected, find, keep }: GameKeysOptions): PageKey[] {
  const t = useTranslations('games.keys');
  const { selected, move } = choice;
  const moving = (key: string, cap: string, text: string, by: number): PageKey => ({
    ...{ key, cap, text, repeats: true },
    act: () => {
      marks.endRange();
      move(by);
    },
  });
  const extending = (key: string, cap: string, text: string, by: 1 | -1): PageKey => ({
    ...{ key, cap, text, with: 'Shift', repeats: true },
    act: () => marks.extend(by),
  });
  const marking: PageKey[] = keep
    ? [
        { key: 'x', cap: 'X', text: t('mark'), act: () => selected && marks.toggle(selected) },
        extending('ArrowUp', 'Shift ↑', t('markUp'), -1),
        extending('ArrowDown', 'Shift ↓', t('markDown'), 1),
        { key: 'c', cap: 'C', text: t('keep'), act: keep },
        { key: 'Escape', cap: 'Esc', text: t('clear'), act: marks.clear },
      ]
    : [];
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
      act: () => playSelected?.(),
    },
    { key: '/', cap: '/', text: t('find'), act: find },
    ...marking,
  ];
}
