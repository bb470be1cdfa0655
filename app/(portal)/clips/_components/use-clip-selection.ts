'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Ticks } from './clip-card-client.tsx';
import { extendTo, NOTHING_SELECTED, type Selection, toggleClip, toggleLoaded } from './clip-selection.ts';

export interface ClipSelection {
  state: Selection;
  /** Whether one has said that one selects now; without a mouse there is no other way to begin. */
  isMode: boolean;
  ticks: Ticks;
  onMode: (isMode: boolean) => void;
  isSelected: (clipId: string) => boolean;
  /** `range`: from the clip that was ticked last to this one. */
  onSelect: (clipId: string, range: boolean) => void;
  onSelectLoaded: () => void;
  onSelectEverything: () => void;
  onClear: () => void;
}

/** What is ticked in one list; another list (`listText`) starts with nothing. */
export function useClipSelection(listText: string, loaded: readonly string[]): ClipSelection {
  const [held, setHeld] = useState({ listText, selection: NOTHING_SELECTED });
  const state = held.listText === listText ? held.selection : NOTHING_SELECTED;
  const latest = useRef({ listText, loaded });
  useEffect(() => {
    latest.current = { listText, loaded };
  }, [listText, loaded]);

  const [isMode, setMode] = useState(false);

  const change = useCallback((next: (old: Selection, loaded: readonly string[]) => Selection) => {
    setHeld((old) => {
      const { listText: text, loaded: rows } = latest.current;
      return { listText: text, selection: next(old.listText === text ? old.selection : NOTHING_SELECTED, rows) };
    });
  }, []);
  const onSelect = useCallback(
    (clipId: string, range: boolean) =>
      change((old, rows) => (range ? extendTo(old, rows, clipId) : toggleClip(old, rows, clipId))),
    [change],
  );
  return useMemo(
    () => ({
      state,
      isMode,
      ticks: isMode
        ? ('whole' as const)
        : state.everything || state.ids.size > 0
          ? ('shown' as const)
          : ('hover' as const),
      onMode: (next: boolean) => {
        setMode(next);
        if (!next) change(() => NOTHING_SELECTED);
      },
      isSelected: (clipId: string) => state.everything || state.ids.has(clipId),
      onSelect,
      onSelectLoaded: () => change(toggleLoaded),
      onSelectEverything: () => change(() => ({ ...NOTHING_SELECTED, everything: true })),
      onClear: () => {
        setMode(false);
        change(() => NOTHING_SELECTED);
      },
    }),
    [state, isMode, onSelect, change],
  );
}
