'use client';

import { useEffect, useLayoutEffect } from 'react';

/** Where each list of this visit was left, by its address. */
const positions = new Map<string, number>();

const here = () => `${window.location.pathname}${window.location.search}`;

/** The address that the browser's Back or Forward last led to, until a list has taken note of it. */
let poppedTo: string | null = null;
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    poppedTo = here();
  });
}

const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/**
 * Puts the reader back where they were when Back or Forward leads to a list again. The loaded pages come from the
 * query cache, so the place is there before the first paint. `list` changes whenever another list is shown.
 */
export const useScrollMemory = (list: string): void => {
  useBrowserLayoutEffect(() => {
    // Named here because another list under the same component is another place.
    void list;
    const position = poppedTo === here() ? positions.get(here()) : undefined;
    poppedTo = null;
    if (position !== undefined) window.scrollTo({ top: position, behavior: 'instant' });
  }, [list]);

  useEffect(() => {
    const path = window.location.pathname;
    const remember = () => {
      // A navigation scrolls to the top of the next page; that is not this list's place.
      if (window.location.pathname === path) positions.set(here(), window.scrollY);
    };
    window.addEventListener('scroll', remember, { passive: true });
    return () => window.removeEventListener('scroll', remember);
  }, []);
};
