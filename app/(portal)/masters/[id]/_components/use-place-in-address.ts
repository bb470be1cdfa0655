import { useEffect, useEffectEvent } from 'react';
import { momentText, NO_MOMENT } from '#app/(portal)/watch/_components/clip-moment.ts';

/** How often the address is looked after: rarely enough for every browser, and no reload loses more. */
const EVERY_MS = 1000;

/**
 * Keeps the place in the address, so that a reload, Back and a copied link lead to it. Past the router: nothing is to be
 * rendered for it.
 * @param placeS in seconds; `null` to leave the address as it is.
 */
export function usePlaceInAddress(placeS: () => number | null): void {
  const write = useEffectEvent((path: string) => {
    const atS = placeS();
    if (atS === null || window.location.pathname !== path) return;
    const search = `?${momentText({ ...NO_MOMENT, atS })}`;
    if (window.location.search !== search) window.history.replaceState(window.history.state, '', `${path}${search}`);
  });
  useEffect(() => {
    const path = window.location.pathname;
    const onHide = () => write(path);
    const writing = setInterval(() => write(path), EVERY_MS);
    window.addEventListener('pagehide', onHide);
    return () => {
      clearInterval(writing);
      window.removeEventListener('pagehide', onHide);
    };
  }, []);
}
