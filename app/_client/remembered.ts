'use client';

import { useSyncExternalStore } from 'react';

/** What this browser remembers of how its reader likes to watch. */
export type Habit =
  | 'play-on'
  | 'speed'
  | 'mark-ask'
  | 'mark-stop'
  | 'mark-facts'
  | 'code-window'
  | 'code-fold'
  | 'game-code-fold'
  | 'open-reel';

const nameOf = (habit: Habit) => `heartbeat-${habit}`;
const CHANGED = 'heartbeat-habit';

/** The remembered text, or `null`: nothing was chosen yet, or the browser keeps nothing. */
export function recall(habit: Habit): string | null {
  try {
    return window.localStorage.getItem(nameOf(habit));
  } catch {
    return null;
  }
}

/** Remembers a choice for later visits. Storage that is full or forbidden only costs that comfort. */
export function remember(habit: Habit, value: string): void {
  try {
    window.localStorage.setItem(nameOf(habit), value);
  } catch {
    return;
  }
  window.dispatchEvent(new Event(CHANGED));
}

function listen(onChange: () => void): () => void {
  // `storage` tells of other tabs alone.
  for (const name of [CHANGED, 'storage']) window.addEventListener(name, onChange);
  return () => {
    for (const name of [CHANGED, 'storage']) window.removeEventListener(name, onChange);
  };
}

/** The remembered text, rendered anew when it changes, here or in another tab; `null` on the server. */
export const useRemembered = (habit: Habit): string | null =>
  useSyncExternalStore(
    listen,
    () => recall(habit),
    () => null,
  );

/** Whether the next clip of the list follows at a clip's end: unless somebody has said no. */
export const usePlayOn = (): boolean => useRemembered('play-on') !== 'off';
