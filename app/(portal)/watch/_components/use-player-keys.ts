import { useEffect, useEffectEvent } from 'react';
import { actionOfKey, type ElementFacts, isKeyTaken, type PlayerAction } from './player-keys.ts';

const factsOf = (element: Element): ElementFacts => ({
  tag: element.localName,
  role: element.getAttribute('role'),
  type: element.getAttribute('type'),
  isContentEditable: element instanceof HTMLElement && element.isContentEditable,
});

const hasModifier = (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;

/**
 * Hears the player's keys wherever the focus is on the page, unless something there wants them for itself.
 * `more` adds plain letters (lower case) of a page's own.
 */
export function usePlayerKeys(
  perform: (action: PlayerAction) => void,
  more: Readonly<Record<string, () => void>> = {},
): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionOfKey({
      key: event.key,
      shiftKey: event.shiftKey,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      altGraph: event.getModifierState('AltGraph'),
      repeat: event.repeat,
    });
    const own = hasModifier(event) ? undefined : more[event.key.toLowerCase()];
    if (!action && !own) return;
    const path = event.composedPath().filter((target) => target instanceof Element);
    if (isKeyTaken(path.map(factsOf), event.key)) return;
    event.preventDefault();
    if (action) perform(action);
    else if (!event.repeat) own?.();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
