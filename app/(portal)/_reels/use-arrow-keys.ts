import { useEffect, useEffectEvent } from 'react';
import { isTaken } from '#app/(portal)/watch/_components/use-player-keys.ts';

/** The arrows to the sides go from item to item, before the player takes them for seconds. */
export function useArrowKeys(onStep: (by: 1 | -1) => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (by === null || event.defaultPrevented || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (isTaken(event)) return;
    event.preventDefault();
    onStep(by);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}
