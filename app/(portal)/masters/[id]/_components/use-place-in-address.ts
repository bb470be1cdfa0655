import { useEffect, useEffectEvent } from 'react';

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
    const url = new URL(window.location.href);
    const text = String(Math.floor(atS * 10) / 10);
    if (url.searchParams.get('t') === text) return;
    url.searchParams.set('t', text);
    window.history.replaceState(window.history.state, '', url);
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
