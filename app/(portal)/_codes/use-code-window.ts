import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { codeWindowsOptions } from '#app/_client/code-window-queries.ts';
import { recall, remember, useRemembered } from '#app/_client/remembered.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import type { ButtonMark } from '#app/(portal)/_masters/new-clip.ts';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { CodeButton, CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import { capOfKey, factsOfButton } from './button-draft.ts';
import { defaultButtons } from './default-buttons.ts';

/** What marks clips for a code window: `useMarking` is one. */
interface Marker {
  press: (by: ButtonMark) => void;
  madeBy: (id: string) => number;
}

interface CodeWindowOptions {
  /** Whose windows are on offer. */
  team: string;
  marking: Marker;
  served: CodeWindowJson[];
  servedAtMs: number;
  /** Whether the reader has a window here; others are not asked about. */
  isOffered?: boolean;
  /** Where it is remembered whether the window is folded away: it is open at first on the page of a film alone. */
  fold?: 'code-fold' | 'game-code-fold';
}

/** A window on screen: a saved one, or the one for who has none yet. */
export interface ShownWindow {
  id: string;
  name: string;
  buttons: readonly CodeButton[];
  saved: CodeWindowJson | null;
}

/** So many choices are remembered, the last one first: one for each team, and some more. */
const MAX_REMEMBERED = 20;

const chosenIds = (text: string | null): string[] => text?.split(' ').filter(Boolean) ?? [];

function choose(id: string): void {
  const others = chosenIds(recall('code-window')).filter((known) => known !== id);
  remember('code-window', [id, ...others].slice(0, MAX_REMEMBERED).join(' '));
}

/** The window that is on screen, of those on offer: the one that was chosen last, or the first, or the default one. */
function useShownWindow({ team, served, servedAtMs, isOffered = true }: CodeWindowOptions) {
  const t = useTranslations('codes');
  const hockey = useTranslations('hockey');
  const { data: windows } = useQuery({
    ...codeWindowsOptions(team),
    enabled: isOffered,
    initialData: served,
    initialDataUpdatedAt: servedAtMs,
  });
  const buttons = defaultButtons((event) => eventName(hockey, event));
  const preset: ShownWindow = { id: `default:${team}`, name: t('defaultName'), buttons, saved: null };
  const offered: ShownWindow[] = [...windows.map((saved) => ({ ...saved, saved })), preset];
  const byId = new Map(offered.map((window) => [window.id, window]));
  const chosen = chosenIds(useRemembered('code-window')).find((id) => byId.has(id));
  return { offered, shown: (chosen ? byId.get(chosen) : offered[0]) ?? preset };
}

/**
 * The code window of a page on which clips are marked: its buttons, and its keys for the page's player. While it is folded
 * away its keys do nothing.
 */
export function useCodeWindow(options: CodeWindowOptions) {
  const { marking, fold = 'code-fold' } = options;
  const { offered, shown } = useShownWindow(options);
  const folded = useRemembered(fold);
  const isFolded = fold === 'code-fold' ? folded === 'folded' : folded !== 'open';
  const [pressed, setPressed] = useState({ id: '', times: 0 });
  const idOf = ({ label }: CodeButton) => `${shown.id} ${label}`;
  const press = (button: CodeButton) => {
    const { lead_s: leadS, lag_s: lagS, tags } = button;
    const id = idOf(button);
    setPressed(({ times }) => ({ id, times: times + 1 }));
    marking.press({ id, leadS, lagS, tags, facts: factsOfButton(button) });
  };
  const keysOf = (button: CodeButton): PageKey[] => {
    const { key, label: text } = button;
    if (!key) return [];
    const act = () => press(button);
    return [
      {
        key: key.replace('Shift+', ''),
        ...(key.startsWith('Shift+') ? { with: 'Shift' as const } : {}),
        cap: capOfKey(key),
        text,
        act,
      },
    ];
  };
  return {
    ...{ offered, shown, isFolded, press, choose },
    fold: (folds: boolean) => remember(fold, folds ? 'folded' : 'open'),
    pageKeys: isFolded ? [] : shown.buttons.flatMap(keysOf),
    madeBy: (button: CodeButton) => marking.madeBy(idOf(button)),
    /** How many presses there were when this button was pressed last; `null` for those that were not the last. */
    flashOf: (button: CodeButton) => (pressed.id === idOf(button) ? pressed.times : null),
  };
}
export type CodeWindowState = ReturnType<typeof useCodeWindow>;
