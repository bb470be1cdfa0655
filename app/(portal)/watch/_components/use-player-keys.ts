import { useEffect, useEffectEvent } from 'react';
import { actionOfKey, type ElementFacts, isKeyTaken, type PlayerAction } from './player-keys.ts';

const factsOf = (element: Element): ElementFacts => ({
  tag: element.localName,
  role: element.getAttribute('role'),
  type: element.getAttribute('type'),
  isContentEditable: element instanceof HTMLElement && element.isContentEditable,
});

/** A key of a page's own, as its table and its handler read it. */
export interface PageKey {
  /** As `KeyboardEvent` names it; letters lower case. */
  key: string;
  /** The one modifier that it is pressed with; none, unless told. */
  with?: 'Alt' | 'Shift';
  /** Where it lies, for one whose sign is another with Alt: on a Mac those are `≤` and `≥`. */
  code?: string;
  /** Whether a held key acts again and again. */
  repeats?: boolean;
  /** What is printed on it. */
  cap: string;
  /** What it does, in the reader's words. */
  text: string;
  act: () => void;
}

const isPageKey = (event: KeyboardEvent, { key, code, with: modifier }: PageKey): boolean => {
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isWith = event.altKey === (modifier === 'Alt') && event.shiftKey === (modifier === 'Shift');
  return (key === pressed || (code !== undefined && code === event.code)) && isWith && !event.ctrlKey && !event.metaKey;
};

const actionOf = (event: KeyboardEvent): PlayerAction | null =>
  actionOfKey({
    key: event.key,
    shiftKey: event.shiftKey,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    altKey: event.altKey,
    altGraph: event.getModifierState('AltGraph'),
    repeat: event.repeat,
  });

/** Whether the player or its page do something on a key. */
export const hasMeaning = (event: KeyboardEvent, pageKeys: readonly PageKey[]): boolean =>
  actionOf(event) !== null || pageKeys.some((pageKey) => isPageKey(event, pageKey));

/** Whether something that has the focus wants a key for itself. */
export const isTaken = (event: KeyboardEvent): boolean =>
  isKeyTaken(
    event
      .composedPath()
      .filter((target) => target instanceof Element)
      .map(factsOf),
    event.key,
  );

/** Hears the player's keys wherever the focus is on the page, unless something there wants them for itself. */
export function usePlayerKeys(perform: (action: PlayerAction) => void, pageKeys: readonly PageKey[] = []): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionOf(event);
    const own = pageKeys.find((pageKey) => isPageKey(event, pageKey));
    if (!action && !own) return;
    if (isTaken(event)) return;
    event.preventDefault();
    // A page's own come first: what one of them means there, the player's does not.
    if (own) {
      if (!event.repeat || own.repeats) own.act();
    } else if (action) perform(action);
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
