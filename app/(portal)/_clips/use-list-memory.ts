'use client';

import { useEffect, useLayoutEffect } from 'react';

/** Where each list of this visit was left, by its address. */
const positions = new Map<string, number>();

/** The address that each list was last shown under, by its query: with its view, which the query leaves out. */
const addresses = new Map<string, string>();

const here = () => `${window.location.pathname}${window.location.search}`;

/** The address that one goes back to, by Back, Forward or a link, until a list has taken note of it. */
let returningTo: string | null = null;
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    returningTo = here();
  });
}

/** The address that a list was left under in this visit; `null` for one that was not shown. */
export const listLeft = (queryText: string): string | null => addresses.get(queryText) ?? null;

/** Called when a link leads back to a list: it is shown where it was left. */
export const leaveForList = (address: string): void => {
  returningTo = address;
};

/** The clip that was last shown by itself. */
let watched: string | null = null;

/** Called by whatever shows one clip: the list gives its card the focus when one comes back. */
export const rememberWatched = (clipId: string): void => {
  watched = clipId;
};

const linkOf = (clipId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-clip="${CSS.escape(clipId)}"]`);

const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/**
 * Puts the reader back where they were when they go back to a list, with the focus on the clip that they have seen last.
 * The loaded pages come from the query cache, so the place is there before the first paint. Another query or another view
 * is another place.
 */
export const useListMemory = (queryText: string, view: string): void => {
  useBrowserLayoutEffect(() => {
    void view;
    addresses.set(queryText, here());
    const isReturn = returningTo === here();
    returningTo = null;
    if (!isReturn) return;
    const position = positions.get(here());
    if (position !== undefined) window.scrollTo({ top: position, behavior: 'instant' });
    if (watched !== null) linkOf(watched)?.focus({ preventScroll: true });
  }, [queryText, view]);

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
