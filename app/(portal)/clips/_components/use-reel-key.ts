import { useEffect, useEffectEvent } from 'react';
import { isTaken } from '#app/(portal)/watch/_components/use-player-keys.ts';

/** Hears R where no player does. */
export function useReelKey(put: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isWith = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (event.key.toLowerCase() !== 'r' || isWith || event.repeat || event.defaultPrevented || isTaken(event)) return;
    event.preventDefault();
    put();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
